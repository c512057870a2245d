//! The pre-test: what it asks, when it ends, what it concludes.

mod support;

use curriculum::SkillId;
use engine::{
    CourseFacts, Parameters,
    placement::{Outcome, Placement, PlacementResult, Prior, Step, Stopped, Terrain, TerrainSkill},
    record::{Author, Body, PlacementStarted, Purpose},
};
use expect_test::expect;
use std::collections::BTreeSet;

/// Twelve strands of ten skills; each needs the one before it.
fn chains() -> Vec<TerrainSkill> {
    let skill = |strand: usize, nth: usize| TerrainSkill {
        id: format!("c{strand:02}-{nth:02}"),
        topic: format!("topic-{strand}"),
        area: format!("area-{}", strand % 3),
        needs: if nth == 0 { vec![] } else { vec![format!("c{strand:02}-{:02}", nth - 1)] },
    };
    (0..12).flat_map(|strand| (0..10).map(move |nth| skill(strand, nth))).collect()
}

fn prior() -> Prior {
    Prior::new(Terrain::new(&chains()), &parameters())
}

fn parameters() -> Parameters {
    Parameters { particles: 1000, ..Parameters::default() }
}

/// Plays a student who knows the first `place` skills of each strand and answers by `answer`.
fn play(prior: &Prior, answer: impl Fn(&SkillId, usize) -> Outcome) -> (Vec<(SkillId, Outcome, u16)>, PlacementResult) {
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    let mut answers = Vec::new();
    let mut run = Placement::resume(prior, &parameters(), None, 7, &[]);
    loop {
        match run.next(&askable) {
            Step::Done(result) => return (answers, result),
            Step::Ask(skill) => {
                let outcome = answer(&skill, answers.len());
                run.answer(&skill, outcome, 0);
                answers.push((skill, outcome, 0));
            }
        }
    }
}

fn nth(skill: &SkillId) -> usize {
    skill.as_str()[4..].parse().expect("a number")
}

fn up_to(place: usize) -> impl Fn(&SkillId, usize) -> Outcome {
    move |skill, _| if nth(skill) < place { Outcome::Right } else { Outcome::Wrong }
}

#[test]
fn it_finds_where_a_student_stands() {
    let prior = prior();
    for place in [2, 5, 8] {
        let (answers, result) = play(&prior, up_to(place));
        let right = result.p0.iter().filter(|(skill, p)| (**p >= 0.5) == (nth(skill) < place)).count();
        assert!(right * 100 >= 88 * result.p0.len(), "place {place}: {right} of {}", result.p0.len());
        assert!(result.known.iter().all(|skill| nth(skill) < place + 1), "{:?}", result.known);
        assert!((8..=25).contains(&answers.len()));
    }
}

#[test]
fn it_asks_no_skill_twice_and_is_resumed_anywhere_alike() {
    let prior = prior();
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    let (answers, result) = play(&prior, |skill, _| if nth(skill) < 4 { Outcome::Right } else { Outcome::DontKnow });
    let distinct: BTreeSet<&SkillId> = answers.iter().map(|(skill, ..)| skill).collect();
    assert_eq!(distinct.len(), answers.len());
    for count in 0..answers.len() {
        let run = Placement::resume(&prior, &parameters(), None, 7, &answers[..count]);
        assert_eq!(run.next(&askable), Step::Ask(answers[count].0.clone()));
    }
    let run = Placement::resume(&prior, &parameters(), None, 7, &answers);
    assert_eq!(run.next(&askable), Step::Done(result));
}

#[test]
fn it_leaves_a_topic_that_was_missed_twice() {
    let (answers, _) = play(&prior(), |_, _| Outcome::Wrong);
    let topics: Vec<&str> = answers.iter().map(|(skill, ..)| &skill.as_str()[..3]).collect();
    assert!(topics.windows(3).all(|three| !(three[0] == three[1] && three[1] == three[2])), "{topics:?}");
}

#[test]
fn it_ends_on_a_question_that_is_likely_to_be_right() {
    let prior = prior();
    let (answers, result) = play(&prior, up_to(5));
    let (last, outcome, _) = answers.last().expect("there were questions");
    assert!(*outcome == Outcome::Right, "{last} of {answers:?}");
    assert!(result.asked <= 25);
}

#[test]
fn i_have_not_learned_this_says_more_than_a_wrong_answer() {
    let prior = prior();
    let skill = prior.terrain.skills[5].clone();
    let chance = |outcome| {
        let run = Placement::resume(&prior, &parameters(), None, 7, &[(skill.clone(), outcome, 4)]);
        run.chances().find(|(other, _)| **other == skill).expect("it is there").1
    };
    assert!(chance(Outcome::DontKnow) < chance(Outcome::Wrong));
    assert!(chance(Outcome::Wrong) < chance(Outcome::Right));
}

#[test]
fn nothing_to_ask_ends_it_at_once() {
    let prior = prior();
    let run = Placement::resume(&prior, &parameters(), None, 7, &[]);
    assert!(matches!(
        run.next(&BTreeSet::new()),
        Step::Done(PlacementResult { stopped: Stopped::Limit, asked: 0, .. })
    ));
    let empty = Prior::new(Terrain::new(&[]), &parameters());
    let run = Placement::resume(&empty, &parameters(), Some(6), 7, &[]);
    assert!(matches!(run.next(&BTreeSet::new()), Step::Done(_)));
}

#[test]
fn edges_that_close_a_cycle_are_dropped() {
    let skill = |id: &str, needs: &[&str]| TerrainSkill {
        id: id.into(),
        needs: needs.iter().map(|need| (*need).into()).collect(),
        ..TerrainSkill::default()
    };
    let terrain = Terrain::new(&[skill("a", &["c", "a", "x"]), skill("b", &["a", "a"]), skill("c", &["b"])]);
    let edges: usize = terrain.needs.iter().map(Vec::len).sum();
    assert_eq!((edges, terrain.order.len()), (2, 3), "{:?}", terrain.needs);
    // Depth first: a's way leads over c and b back to a; then a names itself.
    assert_eq!(terrain.dropped, [(1, 0), (0, 0)]);
    for (nth, place) in terrain.order.iter().enumerate() {
        assert!(terrain.needs[*place].iter().all(|below| terrain.order[..nth].contains(below)), "{:?}", terrain.order);
    }
}

/// Chance of every skill after these answers.
fn chances(prior: &Prior, answers: &[(&str, Outcome)]) -> Vec<f64> {
    let answers: Vec<_> = answers.iter().map(|(skill, outcome)| (SkillId((*skill).into()), *outcome, 0)).collect();
    Placement::resume(prior, &parameters(), None, 7, &answers).chances().map(|(_, p)| p).collect()
}

#[test]
fn more_right_evidence_never_lowers_the_skill_asked() {
    let prior = prior();
    let mut answers = Vec::new();
    for skill in ["c00-04", "c03-07", "c05-02", "c08-09", "c11-00"] {
        let place = prior.terrain.place(&SkillId(skill.into())).expect("it is there");
        let before = chances(&prior, &answers)[place];
        answers.push((skill, Outcome::Right));
        let after = chances(&prior, &answers)[place];
        assert!(after > before, "{skill}: {before} {after}");
    }
}

#[test]
fn a_right_answer_speaks_for_what_the_skill_needs() {
    let prior = prior();
    let (before, after) = (chances(&prior, &[]), chances(&prior, &[("c04-06", Outcome::Right)]));
    for nth in 0..7 {
        let place = prior.terrain.place(&SkillId(format!("c04-{nth:02}"))).expect("it is there");
        assert!(after[place] > before[place], "{nth}: {} {}", before[place], after[place]);
    }
}

#[test]
fn a_skill_that_was_never_asked_is_believed_less_than_one_that_was() {
    let prior = prior();
    let answers = [("c00-04", Outcome::Right), ("c01-04", Outcome::Right), ("c02-04", Outcome::Right)];
    let p = chances(&prior, &answers);
    let of = |skill: &str| p[prior.terrain.place(&SkillId(skill.into())).expect("it is there")];
    assert!(of("c01-04") > of("c07-04") + 0.03, "{} {}", of("c01-04"), of("c07-04"));
}

#[test]
fn a_spiky_profile_is_told_as_spiky() {
    let prior = prior();
    let strong = |skill: &SkillId| skill.as_str()[1..3].parse::<usize>().expect("a number") < 6;
    let (_, result) = play(&prior, |skill, _| if strong(skill) { Outcome::Right } else { Outcome::DontKnow });
    let right = result.p0.iter().filter(|(skill, p)| (**p >= 0.5) == strong(skill)).count();
    assert!(right * 100 >= 80 * result.p0.len(), "{right} of {}", result.p0.len());
    assert!(result.known.iter().all(strong), "{:?}", result.known);
}

/// Skills side by side in lessons, with no edge among them: what a student of holes everywhere shows.
#[test]
fn a_patchy_student_is_placed_only_where_asked() {
    let skill = |nth: usize| TerrainSkill {
        id: format!("s{nth:03}"),
        topic: format!("topic-{}", nth / 10),
        ..TerrainSkill::default()
    };
    let prior = Prior::new(Terrain::new(&(0..100).map(skill).collect::<Vec<_>>()), &parameters());
    // Every other answer is right, wherever it is asked.
    let (answers, result) = play(&prior, |_, nth| if nth % 2 == 0 { Outcome::Right } else { Outcome::Wrong });
    let asked: BTreeSet<&SkillId> = answers.iter().map(|(skill, ..)| skill).collect();
    assert!(result.known.iter().all(|skill| asked.contains(skill)), "{:?}", result.known);
}

#[test]
fn all_right_all_wrong_and_two_thousand_skills_end_with_chances() {
    let skill = |nth: usize| TerrainSkill {
        id: format!("s{nth:04}"),
        topic: format!("topic-{}", nth / 40),
        area: format!("area-{}", nth / 400),
        needs: if nth.is_multiple_of(40) { vec![] } else { vec![format!("s{:04}", nth - 1)] },
    };
    let small = Parameters { particles: 300, ..Parameters::default() };
    let large = Prior::new(Terrain::new(&(0..2000).map(skill).collect::<Vec<_>>()), &small);
    let shares = [Outcome::Right, Outcome::Wrong, Outcome::DontKnow].map(|outcome| {
        let (answers, result) = play(&large, |_, _| outcome);
        assert!((8..=25).contains(&answers.len()));
        assert!(result.p0.values().all(|p| (0.0..=1.0).contains(p)));
        result.p0.values().sum::<f64>() / 2000.0
    });
    assert!(shares[0] > 0.85 && shares[1] < 0.15 && shares[2] < 0.15, "{shares:?}");
}

#[test]
fn one_skill_alone_is_asked_once() {
    let skill = TerrainSkill { id: "a".into(), ..TerrainSkill::default() };
    let prior = Prior::new(Terrain::new(&[skill]), &parameters());
    let (answers, result) = play(&prior, |_, _| Outcome::Right);
    assert_eq!((answers.len(), result.stopped), (1, Stopped::Limit));
}

/// Four strands more, of which nothing is asked, tell nothing of the others.
#[test]
fn skills_that_have_nothing_to_do_with_it_do_not_matter() {
    let few: Vec<TerrainSkill> = chains().into_iter().filter(|skill| skill.id.as_str() < "c08").collect();
    let (few, many) = (Prior::new(Terrain::new(&few), &parameters()), prior());
    for (nth, place) in [2, 4, 5, 7].into_iter().enumerate() {
        let asked = ["c00-01", "c02-04", "c03-06", "c05-03", "c06-08", "c07-05"];
        let given = asked.map(|id| (id, if nth_of(id) < place { Outcome::Right } else { Outcome::Wrong }));
        let (few_say, many_say) = (chances(&few, &given), chances(&many, &given));
        let differences: Vec<f64> = few_say.iter().zip(&many_say).map(|(few, many)| (few - many).abs()).collect();
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        let most = differences.iter().copied().fold(0.0, f64::max);
        assert!(mean < 0.04 && most < 0.15, "{nth}: {mean} {most}");
    }
}

fn nth_of(id: &str) -> usize {
    nth(&SkillId(id.into()))
}

/// One unit: five to eight questions over a dozen skills in a row.
#[test]
fn a_unit_pre_test_finds_the_place_in_few_questions() {
    let skill = |nth: usize| TerrainSkill {
        id: format!("u00-{nth:02}"),
        topic: "unit".into(),
        needs: if nth == 0 { vec![] } else { vec![format!("u00-{:02}", nth - 1)] },
        ..TerrainSkill::default()
    };
    let of_unit = Parameters { placement_questions: (5, 8), ..parameters() };
    let prior = Prior::new(Terrain::new(&(0..12).map(skill).collect::<Vec<_>>()), &of_unit);
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    for place in [0, 3, 6, 9, 12] {
        let mut run = Placement::resume(&prior, &of_unit, None, 7, &[]);
        let result = loop {
            match run.next(&askable) {
                Step::Done(result) => break result,
                Step::Ask(skill) => {
                    run.answer(&skill, if nth(&skill) < place { Outcome::Right } else { Outcome::DontKnow }, 0);
                }
            }
        };
        let right = result.p0.iter().filter(|(skill, p)| (**p >= 0.5) == (nth(skill) < place)).count();
        assert!((5..=8).contains(&result.asked) && right >= 11, "{place}: {} asked, {right} right", result.asked);
    }
}

/// One pre-test from end to end: whatever changes a question or a belief shows here.
#[test]
fn one_pre_test_as_it_was() {
    let (answers, result) = play(&prior(), up_to(5));
    let asked = answers.iter().map(|(skill, outcome, _)| match outcome {
        Outcome::Right => format!("{skill}+"),
        _ => format!("{skill}-"),
    });
    let first = result.p0.iter().take(10).map(|(_, p)| format!("{p:.2}"));
    let told = format!(
        "{}\n{:?}, {} known\n{}\n",
        asked.collect::<Vec<_>>().join(" "),
        result.stopped,
        result.known.len(),
        first.collect::<Vec<_>>().join(" ")
    );
    expect![[r#"
        c04-04+ c05-06- c03-05- c08-03+ c07-05- c00-04+ c02-04+ c06-05- c00-06- c01-04+ c11-05- c03-03+ c09-04+ c02-05- c09-05- c04-05- c05-03+ c06-04+ c05-05- c10-04+ c11-04+ c07-04+ c01-05- c07-00+
        Confident, 57 known
        0.96 0.96 0.96 0.95 0.95 0.24 0.01 0.03 0.02 0.02
    "#]].assert_eq(&told);
}

#[test]
fn its_time_over_it_ends_on_a_likely_success_but_not_before_the_least_number_of_questions() {
    let prior = prior();
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    let questions = |over_after: Option<u16>| {
        let mut answers = Vec::new();
        loop {
            let mut run = Placement::resume(&prior, &parameters(), None, 7, &answers);
            run.time_over(over_after.filter(|after| answers.len() >= usize::from(*after)));
            match run.next(&askable) {
                Step::Done(result) => return (answers.len(), result.stopped),
                Step::Ask(skill) => {
                    let outcome = if nth(&skill) < 5 { Outcome::Right } else { Outcome::Wrong };
                    answers.push((skill, outcome, 0));
                }
            }
        }
    };
    assert!(questions(None).0 > 20);
    assert!((8..=9).contains(&questions(Some(3)).0), "at least eight");
    for after in 9..20 {
        let (asked, stopped) = questions(Some(after));
        assert!((after.into()..=usize::from(after) + 1).contains(&asked), "{asked} after {after}");
        assert_eq!(stopped, Stopped::Limit);
    }
}

#[test]
fn ten_minutes_of_work_are_the_time_of_a_pre_test_and_an_errand_counts_three_at_most() {
    let over_after = |times_ms: &[i64]| {
        let mut history = support::History::default();
        let course = support::COURSE.into();
        history.push(Author::PreTest, Body::PlacementStarted(PlacementStarted { course, seed: 7, grade: None }));
        for (nth, elapsed_ms) in times_ms.iter().enumerate() {
            history.sentence(&format!("wrong a{}", nth + 1));
            let Some(Body::Answered(answered)) = history.events.last_mut().map(|event| &mut event.body) else {
                panic!()
            };
            (answered.purpose, answered.elapsed_ms) = (Purpose::Placement, *elapsed_ms);
        }
        let head = history.fold(&support::facts("a:12")).loaded.head;
        head.placements[&support::COURSE.into()].over_after
    };
    assert_eq!(over_after(&[60_000; 9]), None);
    assert_eq!(over_after(&[60_000; 12]), Some(10));
    assert_eq!(over_after(&[3_600_000, 60_000, 60_000]), None);
    assert_eq!(over_after(&[-5, 180_000, 180_000, 180_000, 60_000]), Some(5));
}

/// Asks on, with these answers so far, and tells how likely the skill asked next is known.
fn next_after(prior: &Prior, answers: &[(SkillId, Outcome, u16)]) -> Option<f64> {
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    let run = Placement::resume(prior, &parameters(), None, 7, answers);
    let Step::Ask(skill) = run.next(&askable) else { return None };
    run.chances().find(|(other, _)| **other == skill).map(|(_, p)| p)
}

#[test]
fn after_three_misses_in_a_row_something_is_asked_that_is_likely_to_go_well() {
    let prior = prior();
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    // Two right answers, then nothing but "not learned": there is something left that goes well.
    let mut answers = Vec::new();
    for nth in 0..5 {
        let run = Placement::resume(&prior, &parameters(), None, 7, &answers);
        let Step::Ask(skill) = run.next(&askable) else { panic!("it goes on") };
        answers.push((skill, if nth < 2 { Outcome::Right } else { Outcome::DontKnow }, 0));
    }
    let p = next_after(&prior, &answers).expect("it goes on");
    assert!(p * 0.9 + (1.0 - p) * 0.12 >= 0.6, "{p}");
}

#[test]
fn eight_misses_in_a_row_end_it() {
    let prior = prior();
    for outcome in [Outcome::DontKnow, Outcome::Wrong] {
        let (answers, result) = play(&prior, |_, _| outcome);
        assert_eq!((answers.len(), result.stopped), (8, Stopped::Plan));
        assert!(result.known.is_empty());
        // It begins where every strand begins.
        assert!(result.frontier.iter().all(|skill| nth(skill) == 0), "{:?}", result.frontier);
    }
}

#[test]
fn nothing_is_asked_that_is_far_above_the_student() {
    let prior = prior();
    let (answers, _) = play(&prior, |skill, _| if nth(skill) < 2 { Outcome::Right } else { Outcome::DontKnow });
    for count in 1..answers.len() {
        if let Some(p) = next_after(&prior, &answers[..count]) {
            assert!(p >= 0.2, "question {count}: {p}");
        }
    }
}

/// A course of thirty skills in ten lessons with helping edges only, as imported ones have.
#[test]
fn in_a_course_of_helping_edges_it_begins_where_the_course_goes_on() {
    let words = (0..30).map(|nth| if nth == 0 { "s00:2".into() } else { format!("s{nth:02}:2[s{:02}]", nth - 1) });
    let skills = support::skills(&words.collect::<Vec<String>>().join(" "));
    let lessons: Vec<Vec<String>> =
        skills.chunks(3).map(|three| three.iter().map(|skill| skill.id.clone()).collect()).collect();
    let facts = CourseFacts::new(&support::course(&skills, &lessons));
    let prior = Prior::new(Terrain::of(&facts), &parameters());
    let place = |skill: &SkillId| prior.terrain.place(skill).expect("it is there");
    let (_, result) = play(&prior, |skill, _| if place(skill) < 12 { Outcome::Right } else { Outcome::DontKnow });
    let frontier: Vec<usize> = result.frontier.iter().map(place).collect();
    assert!((1..=8).contains(&frontier.len()), "{frontier:?}");
    assert!(frontier.iter().all(|at| (9..18).contains(at)), "{frontier:?}");
    let (_, lost) = play(&prior, |_, _| Outcome::DontKnow);
    assert_eq!(lost.frontier.first().map(place), Some(0), "{:?}", lost.frontier);
}
