//! What is offered, and which question comes next.

mod support;

use curriculum::{ItemId, SkillId};
use engine::{
    CourseFacts, Parameters, Versions,
    next_activity::{DoneForToday, Reason, Situation, Work, next_item, offers, placement_item},
    record::{Assigned, Author, Body, Placed},
};
use expect_test::{Expect, expect};
use support::{History, facts, id};

/// Offers after a history, two days later, with their reasons; probabilities rounded.
fn check(facts: &CourseFacts, history: &mut History, expected: Expect) {
    history.sentence("day");
    let lines = describe(facts, history);
    expected.assert_eq(&lines);
}

fn describe(facts: &CourseFacts, history: &History) -> String {
    with(facts, history, |situation| {
        let offered = offers(situation);
        let mut lines = String::new();
        for offer in &offered.offers {
            let work = match &offer.work {
                Work::Review { skills, .. } => {
                    format!("review {}", skills.iter().map(SkillId::as_str).collect::<Vec<_>>().join(" "))
                }
                work => serde_json::to_string(work).expect("plain data"),
            };
            let reason = serde_json::to_string(&offer.reason).expect("plain data");
            lines.push_str(&format!("{work} because {reason} ({:.2})\n", offer.probability));
        }
        if let Some(done) = offered.done_for_today {
            lines.push_str(&format!("{done:?}\n"));
        }
        lines
    })
}

fn with<T>(facts: &CourseFacts, history: &History, look: impl Fn(&Situation<'_>) -> T) -> T {
    with_solved(facts, history, &[], look)
}

fn with_solved<T>(facts: &CourseFacts, history: &History, solved: &[&str], look: impl Fn(&Situation<'_>) -> T) -> T {
    let loaded = history.fold(facts).loaded;
    let skills = loaded.of_course(&facts.id);
    let day = format!("2026-11-{:02}", history.day);
    look(&Situation {
        facts,
        parameters: &Parameters::default(),
        head: &loaded.head,
        skills: &skills,
        now: history.now,
        school_day: &day,
        seed: 1,
        solved: &solved.iter().map(|item| ItemId::from(*item)).collect(),
        placement_first: false,
    })
}

#[test]
fn a_pre_test_asks_one_answer_a_question_where_it_can() {
    let mut facts = facts("a:3");
    let asked = |facts: &CourseFacts| {
        with(facts, &History::read(""), |situation| placement_item(situation, &"a".into()).map(|choice| choice.item.0))
    };
    assert_eq!(asked(&facts).as_deref(), Some("a1"));
    let parts = |facts: &mut CourseFacts, item: &str, parts| {
        facts.items.get_mut(&ItemId::from(item)).expect("it is there").parts = parts;
    };
    parts(&mut facts, "a1", 5);
    assert_eq!(asked(&facts).as_deref(), Some("a2"));
    // Where all have several parts, the one with the fewest.
    parts(&mut facts, "a2", 3);
    parts(&mut facts, "a3", 2);
    assert_eq!(asked(&facts).as_deref(), Some("a3"));
}

#[test]
fn of_what_is_rather_known_the_question_with_the_fewest_parts_is_taken() {
    let mut facts = facts("a:3 b:8");
    for (item, parts) in [("a1", 5), ("a2", 3), ("a3", 1)] {
        facts.items.get_mut(&ItemId::from(item)).expect("it is there").parts = parts;
    }
    let next = |p0: f64| {
        let mut history = History::default();
        let placed = Placed {
            course: "course".into(),
            cause: id(4),
            p0: [("a".into(), p0)].into(),
            known: vec![],
            frontier: vec![],
            uncertain: vec![],
            versions: Versions::default(),
        };
        history.push(Author::PreTest, Body::Placed(placed));
        let work = Work::Practise { skill: "a".into() };
        with(&facts, &history, |situation| next_item(situation, &work).map(|choice| choice.item.0))
    };
    assert_eq!(next(0.4).as_deref(), Some("a1"), "several parts teach");
    assert_eq!(next(0.6).as_deref(), Some("a3"), "one answer tells enough");
}

#[test]
fn a_new_student_begins_where_nothing_is_needed() {
    check(
        &facts("a:8 b:8(a) c:8 d:8(c)"),
        &mut History::default(),
        expect![[r#"
            {"type":"lesson","lesson":"lesson-0"} because {"why":"frontier_of","skill":"a"} (0.70)
            {"type":"lesson","lesson":"lesson-2"} because {"why":"frontier_of","skill":"c"} (1.00)
        "#]],
    );
}

#[test]
fn what_is_ready_opens_what_rests_on_it() {
    check(
        &facts("a:8 b:8(a) c:8 d:8(c)"),
        &mut History::read("right a1, right a2, right a3"),
        expect![[r#"
            {"type":"lesson","lesson":"lesson-1"} because {"why":"frontier_of","skill":"b"} (0.61)
            {"type":"lesson","lesson":"lesson-2"} because {"why":"frontier_of","skill":"c"} (1.00)
        "#]],
    );
}

/// Lessons and singles offered after a history, on the next day.
fn offered_after(facts: &CourseFacts, words: &str) -> Vec<Work> {
    with(facts, &History::read(&format!("{words}, day")), |situation| {
        offers(situation).offers.into_iter().map(|offer| offer.work).collect()
    })
}

#[test]
fn what_was_right_once_makes_room_for_what_is_new() {
    let facts = facts("a:8 b:8 c:8 d:8");
    let lesson = |nth: usize| Work::Lesson { lesson: format!("lesson-{nth}").as_str().into() };
    let after_right = offered_after(&facts, "right a1");
    assert!(!after_right.contains(&lesson(0)) && after_right.contains(&lesson(1)), "{after_right:?}");
    let after_wrong = offered_after(&facts, "wrong a1");
    assert!(after_wrong.contains(&lesson(0)), "{after_wrong:?}");
    let fallen = offered_after(&facts, "right a1, day, wrong a2, wrong a3");
    assert!(fallen.contains(&lesson(0)), "missed again and again it comes back: {fallen:?}");
}

#[test]
fn what_something_else_needs_is_practised_until_it_is_ready() {
    let facts = facts("a:8 b:8(a) c:8 d:8 e:8");
    let lesson = Work::Lesson { lesson: "lesson-0".into() };
    assert!(offered_after(&facts, "right a1").contains(&lesson));
}

#[test]
fn a_sitting_opens_with_three_questions_on_what_was_right_before() {
    let facts = facts("a:8 b:8 c:8 d:8 e:8 f:8 g:8 h:8");
    let first = |words: &str| offered_after(&facts, words).into_iter().next();
    let opening = first("right a1, right b1, right c1, right d1, wrong e1");
    let Some(Work::Review { skills, .. }) = opening else { panic!("{opening:?}") };
    assert_eq!(skills.iter().map(SkillId::as_str).collect::<Vec<_>>(), ["a", "b", "c"], "the oldest first");
    let again = "right a1, right b1, right c1, right d1, day, mixed right a2, mixed right b2, mixed right c2";
    let next = first(again);
    assert!(matches!(next, Some(Work::Lesson { .. })), "not two sets within so few questions: {next:?}");
    let two = first("right a1, right b1");
    assert!(matches!(two, Some(Work::Lesson { .. })), "two are no set: {two:?}");
}

#[test]
fn a_set_comes_first_again_after_forty_eight_questions_and_asks_what_one_answer_makes_lasting() {
    let facts = facts("a:8 b:8 c:8 d:60 e:8 f:8 g:8 h:8");
    let ready = |skill: &str| format!("right {skill}1, right {skill}2, right {skill}3");
    let set = "day, mixed wrong e1, mixed wrong f1, mixed wrong g1";
    let first = |questions: usize| {
        let between: Vec<String> = (1..=questions).map(|nth| format!("wrong d{nth}")).collect();
        let before = "right e2, right f2, right g2";
        let done = ["a", "b", "c"].map(ready).join(", ");
        let words = format!("{before}, {set}, {done}, {}", between.join(", "));
        offered_after(&facts, &words).into_iter().next()
    };
    let few = first(38);
    assert!(matches!(few, Some(Work::Lesson { .. })), "nine and 38: {few:?}");
    let Some(Work::Review { skills, .. }) = first(39) else { panic!("nine and 39 are 48") };
    assert_eq!(skills, ["a", "b", "c"].map(SkillId::from), "ready since another day");
}

#[test]
fn a_lesson_does_not_go_on_with_what_was_passed_on_the_same_day() {
    let facts = facts("a:8 b:8");
    let work = Work::Lesson { lesson: "lesson-0".into() };
    let next = |words: &str| {
        with(&facts, &History::read(words), |situation| next_item(situation, &work).map(|choice| choice.item.0))
    };
    assert_eq!(next("wrong a1").as_deref(), Some("a2"));
    assert_eq!(next("wrong a1, right a2"), None, "another day, or a mixed set");
    assert_eq!(next("wrong a1, right a2, day").as_deref(), Some("a3"), "chosen on another day it is asked again");
}

#[test]
fn what_was_right_at_once_goes_on_to_ready_until_the_day_has_brought_something_to_its_end() {
    let facts = facts("a:8 b:8 c:8 d:8 e:8");
    let next = |words: &str, lesson: &str| {
        let work = Work::Lesson { lesson: lesson.into() };
        with(&facts, &History::read(words), |situation| next_item(situation, &work).map(|choice| choice.item.0))
    };
    assert_eq!(next("right a1", "lesson-0").as_deref(), Some("a2"));
    assert_eq!(next("right a1, right a2", "lesson-0").as_deref(), Some("a3"));
    assert_eq!(next("right a1, right a2, right a3, right b1", "lesson-1"), None, "one is ready today");
    assert_eq!(next("right a1, right a2, right a3, day, right b1", "lesson-1").as_deref(), Some("b2"), "another day");
    let by_lessons = offered_after(&facts, "right a1, right a2");
    assert!(
        !by_lessons.contains(&Work::Lesson { lesson: "lesson-0".into() }),
        "not on from another day: {by_lessons:?}"
    );
}

#[test]
fn what_the_pre_test_alone_thought_likely_is_new_once_nothing_else_is() {
    let facts = facts("a:8 b:8 c:8 d:8 e:8");
    let placed = |words: &str| {
        let mut history = History::default();
        let p0 = ["a", "b", "c", "d", "e"].map(|skill| (skill.into(), if skill == "b" { 0.8 } else { 0.3 })).into();
        let placed = Placed {
            course: "course".into(),
            cause: id(4),
            p0,
            known: Vec::new(),
            frontier: vec!["a".into()],
            uncertain: Vec::new(),
            versions: Versions::default(),
        };
        history.push(Author::PreTest, Body::Placed(placed));
        words.split(", ").filter(|word| !word.is_empty()).for_each(|word| history.sentence(word));
        with(&facts, &history, |situation| {
            offers(situation).offers.into_iter().map(|offer| offer.work).collect::<Vec<_>>()
        })
    };
    let likely = Work::Lesson { lesson: "lesson-1".into() };
    assert!(!placed("").contains(&likely), "{:?}", placed(""));
    let all_else = "wrong a1, right a2, wrong c1, right c2, wrong d1, right d2, wrong e1, right e2";
    assert!(placed(all_else).contains(&likely), "{:?}", placed(all_else));
}

/// Minutes of the offer of a lesson.
fn minutes_of(facts: &CourseFacts, history: &History, lesson: &str) -> Option<u16> {
    let work = Work::Lesson { lesson: lesson.into() };
    with(facts, history, |situation| {
        let found = offers(situation);
        found.offers.into_iter().chain(found.something_else).find(|offer| offer.work == work).map(|offer| offer.minutes)
    })
}

#[test]
fn an_offer_takes_as_long_as_what_is_left_of_it_for_this_student() {
    let all = support::skills("a:8 b:8 c:8 d:8 e:1");
    let lessons = [vec!["a".into(), "b".into()], vec!["c".into()], vec!["d".into()], vec!["e".into()]];
    let facts = CourseFacts::new(&support::course(&all, &lessons));
    let minutes = |words: &str, lesson: &str| minutes_of(&facts, &History::read(words), lesson);
    assert_eq!(minutes("wrong c1", "lesson-0"), Some(5), "five questions, a minute each");
    assert_eq!(minutes("right d1, day, right c1, right d2", "lesson-3"), Some(2), "there is one question in it");
    let mut slow = History::read("wrong c1, wrong c2, wrong c3, wrong c4, wrong c5, day");
    for event in &mut slow.events {
        if let Body::Answered(answered) = &mut event.body {
            answered.elapsed_ms = 100_000;
        }
    }
    assert_eq!(minutes_of(&facts, &slow, "lesson-0"), Some(10), "their questions take longer");
    assert_eq!(minutes("right a1, wrong b1, day", "lesson-0"), Some(3), "one skill is left of two");
}

#[test]
fn a_teachers_word_stands_first() {
    let mut history = History::read("right a1, right a2");
    let assigned = Assigned { assignment: id(3), course: "course".into(), lesson: "lesson-2".into(), due_at: None };
    history.push(Author::Teacher(id(9)), Body::Assigned(assigned));
    check(
        &facts("a:8 b:8 c:8 d:8"),
        &mut history,
        expect![[r#"
            {"type":"lesson","lesson":"lesson-2"} because {"why":"assigned","assignment":"00000000-0000-0000-0000-000000000003"} (1.00)
            {"type":"lesson","lesson":"lesson-1"} because {"why":"frontier_of","skill":"b"} (0.84)
            {"type":"lesson","lesson":"lesson-3"} because {"why":"frontier_of","skill":"d"} (1.00)
        "#]],
    );
}

#[test]
fn an_assigned_lesson_that_lacks_something_waits_for_it() {
    let mut history = History::read("right a1");
    let assigned = Assigned { assignment: id(3), course: "course".into(), lesson: "lesson-1".into(), due_at: None };
    history.push(Author::Teacher(id(9)), Body::Assigned(assigned));
    check(
        &facts("a:8 b:8(a) c:8"),
        &mut history,
        expect![[r#"
            {"type":"lesson","lesson":"lesson-0"} because {"why":"unlocks","count":1,"skill":"b"} (1.00)
            {"type":"lesson","lesson":"lesson-2"} because {"why":"frontier_of","skill":"c"} (1.00)
        "#]],
    );
}

#[test]
fn after_misses_there_is_something_beneath() {
    check(
        &facts("a:8 b:8[a] c:8"),
        &mut History::read("wrong b1, wrong b2, wrong b3"),
        expect![[r#"
            {"type":"lesson","lesson":"lesson-0"} because {"why":"frontier_of","skill":"a"} (0.67)
            {"type":"practise","skill":"a"} because {"why":"after_misses","skill":"b"} (0.93)
            {"type":"lesson","lesson":"lesson-1"} because {"why":"begun","skill":"b"} (0.62)
        "#]],
    );
}

#[test]
fn a_course_that_is_done_says_so() {
    let facts = facts("a:8");
    let mut history = History::read("right a1, right a2, right a3");
    check(
        &facts,
        &mut history,
        expect![[r#"
        CourseDone
    "#]],
    );
    let done = with(&facts, &history, |situation| offers(situation).done_for_today);
    assert_eq!(done, Some(DoneForToday::CourseDone));
}

#[test]
fn a_skill_with_one_item_neither_starves_nor_repeats() {
    let facts = facts("one:1");
    let work = Work::Practise { skill: "one".into() };
    let next = |history: &History| {
        with(&facts, history, |situation| next_item(situation, &work).map(|choice| (choice.item.0, choice.nth)))
    };
    assert_eq!(next(&History::default()), Some(("one1".into(), 0)));
    assert_eq!(next(&History::read("wrong one1")), None, "not twice running");
    assert_eq!(next(&History::read("wrong one1, right x1")), Some(("one1".into(), 1)));
    assert_eq!(next(&History::read("right one1, right x1")), None, "right today: it rests");
    assert_eq!(next(&History::read("right one1, right x1, day")), Some(("one1".into(), 1)));
    assert_eq!(next(&History::read("wrong one1, right x1, wrong one1, right x2")), None, "twice in ten");
}

#[test]
fn unseen_items_come_first_and_checks_keep_their_own() {
    let facts = facts("a:8");
    let work = Work::Practise { skill: "a".into() };
    let next = |words: &str| {
        with(&facts, &History::read(words), |situation| next_item(situation, &work).map(|choice| choice.item.0))
    };
    assert_eq!(next("wrong a1, wrong a2").as_deref(), Some("a3"));
    let all = "wrong a1, wrong a2, wrong a3, wrong a4, wrong a5, wrong a7, wrong a8";
    assert_eq!(next(all).as_deref(), Some("a1"), "a6 is held back for checks");
}

#[test]
fn an_item_just_shown_as_an_example_is_not_asked_next() {
    let facts = facts("a:8");
    let work = Work::Practise { skill: "a".into() };
    let history = History::read("wrong a1");
    let next = |solved: &[&str]| {
        with_solved(&facts, &history, solved, |situation| next_item(situation, &work).map(|choice| choice.item.0))
    };
    assert_eq!(next(&[]).as_deref(), Some("a2"));
    assert_eq!(next(&["a2"]).as_deref(), Some("a3"));
}

/// After a pre-test that knew most of the course and left two skills unclear.
fn strong() -> (CourseFacts, History) {
    let facts = facts("a:8 b:8 c:8 d:8 e:8 f:8 k:8 g:8 h:8(g) i:8 j:8");
    let mut history = History::default();
    let known = ["a", "d", "e", "f", "k", "j"].map(SkillId::from);
    let unclear = ["b", "c"].map(SkillId::from);
    let p = |skill: &SkillId| {
        if known.contains(skill) {
            0.97
        } else if unclear.contains(skill) {
            0.6
        } else {
            0.1
        }
    };
    let p0 = facts.skills.iter().map(|skill| (skill.id.clone(), p(&skill.id))).collect();
    let placed = Placed {
        course: "course".into(),
        cause: id(4),
        p0,
        known: known.into(),
        frontier: vec!["g".into()],
        uncertain: unclear.into(),
        versions: Versions::default(),
    };
    history.push(Author::PreTest, Body::Placed(placed));
    (facts, history)
}

#[test]
fn a_strong_student_is_offered_the_frontier_first_and_one_unclear_lesson_at_most() {
    let (facts, mut history) = strong();
    check(
        &facts,
        &mut history,
        expect![[r#"
            {"type":"lesson","lesson":"lesson-7"} because {"why":"frontier_of","skill":"g"} (0.77)
            {"type":"lesson","lesson":"lesson-9"} because {"why":"challenge","skill":"i"} (0.99)
            {"type":"lesson","lesson":"lesson-2"} because {"why":"placed_uncertain","skill":"c"} (0.50)
        "#]],
    );
}

#[test]
fn beyond_what_a_day_asks_for_a_set_is_there_only_for_who_wants_more_and_only_when_nothing_is_new() {
    let mut parameters = Parameters { reviews_per_day_max: 3, ..Parameters::default() };
    let sets = |facts: &CourseFacts, parameters: &Parameters| {
        let today = "right a1, right b1, right c1, right d1, day, mixed right a2, mixed right b2, mixed right c2";
        with(facts, &History::read(today), |situation| {
            let offered = offers(&Situation { parameters, ..*situation });
            let all = offered.offers.into_iter().chain(offered.something_else);
            all.filter(|offer| matches!(offer.work, Work::Review { .. })).map(|offer| offer.reason).collect::<Vec<_>>()
        })
    };
    let (nothing_new, something_new) = (facts("a:8 b:8 c:8 d:8"), facts("a:8 b:8 c:8 d:8 e:8"));
    assert_eq!(sets(&nothing_new, &parameters), [Reason::KeepFresh {}]);
    assert!(sets(&something_new, &parameters).is_empty());
    parameters.reviews_per_day_max = 15;
    assert_eq!(sets(&nothing_new, &parameters), [Reason::DueReview { count: 1 }]);
}

#[test]
fn a_mixed_set_asks_each_skill_once() {
    let facts = facts("a:8 b:8 c:8");
    let work = Work::Review { set: id(77), skills: vec!["a".into(), "b".into(), "c".into()] };
    let next = |words: &str| with(&facts, &History::read(words), |situation| next_item(situation, &work));
    let first = next("").expect("a question");
    assert_eq!((first.skill.as_str(), first.mixed_set), ("a", Some(id(77))));
    assert_eq!(next("mixed right a1, mixed wrong b1").map(|choice| choice.skill.0).as_deref(), Some("c"));
    assert_eq!(next("mixed right a1, mixed wrong b1, mixed right c1"), None);
}
