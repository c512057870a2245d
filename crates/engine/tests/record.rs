//! Properties of the fold, over random histories.

mod support;

use curriculum::SkillId;
use engine::{
    CourseFacts, Parameters,
    grading::Verdict,
    mastery::{believe, bounded, guess_slip, learn, success_next},
    parameters::SkillParameters,
    record::{
        Author, Body, Context, Event, Excused, Folded, ItemWithdrawn, MasteryOverridden, Rejudged, SittingVoided,
        SkillState, Undone, fold, needs_refold, observe,
    },
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::{COURSE, DAY_MS, History, facts, fold_all, id, judged, step_all};

const SKILLS: &str = "a:8 b:3(a) c:1[a]";

/// A random history in the words of [`History::read`].
fn histories(length: usize) -> impl Strategy<Value = Vec<String>> {
    let verb =
        prop::sample::select(vec!["right", "right", "wrong", "dontknow", "unreadable", "hint", "bottom", "solution"]);
    let item = prop::sample::select(vec!["a1", "a2", "a3", "a4", "b1", "b2", "c1", ""]);
    let flag = prop::sample::select(vec!["", "", "", "mixed", "quick", "bad-idea"]);
    let sentence = (verb, item, flag, 0..12u8).prop_map(|(verb, item, flag, day)| match (day, verb) {
        (0, _) => "day".to_owned(),
        (_, "hint" | "bottom" | "solution") => format!("{verb} {item}"),
        _ => format!("{flag} {verb} {item}"),
    });
    prop::collection::vec(sentence, 1..length)
}

fn history(sentences: &[String]) -> History {
    let mut history = History::default();
    history.sentence("right a1");
    for sentence in sentences {
        if sentence == "day" && history.day >= 28 {
            continue;
        }
        history.sentence(sentence);
    }
    history
}

fn correct(history: &mut History, body: Body) -> uuid::Uuid {
    history.push(Author::Teacher(id(9)), body)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_step_over_a_stream_is_its_fold_bit_for_bit(sentences in histories(60)) {
        let history = history(&sentences);
        let facts = facts(SKILLS);
        let (loaded, derived) = step_all(&facts, &history.events);
        let folded = history.fold(&facts);
        prop_assert_eq!(loaded, folded.loaded);
        prop_assert_eq!(derived, folded.derived);
    }

    #[test]
    fn a_stored_conclusion_is_read_and_never_made_again(sentences in histories(60)) {
        let mut history = history(&sentences);
        let facts = facts(SKILLS);
        let before = history.fold(&facts);
        let student = id(1);
        for derived in &before.derived {
            let cause = history.events.iter().position(|event| event.id == derived.cause).expect("the cause is there");
            let cause_event = history.events[cause].clone();
            history.events.insert(
                cause + 1,
                Event { id: derived.id(student), actor: Author::Engine, body: derived.body.clone(), ..cause_event },
            );
        }
        let after = history.fold(&facts);
        prop_assert_eq!(&after.loaded, &before.loaded);
        prop_assert!(after.derived.is_empty() && after.basis_changed.is_empty());
        prop_assert_eq!(step_all(&facts, &history.events).0, before.loaded);
    }

    #[test]
    fn the_same_event_twice_counts_once(sentences in histories(40), again in 0..40usize) {
        let mut history = history(&sentences);
        let facts = facts(SKILLS);
        let before = history.fold(&facts);
        let twin = history.events[again % history.events.len()].clone();
        history.events.push(twin);
        prop_assert_eq!(history.fold(&facts), before);
    }

    #[test]
    fn more_right_evidence_never_lowers_a_level(sentences in histories(40)) {
        let mut history = history(&sentences);
        let facts = facts(SKILLS);
        let before = history.fold(&facts);
        history.sentence("right a7");
        let after = history.fold(&facts);
        let key = ("course".into(), SkillId("a".into()));
        let level = |folded: &Folded| (folded.loaded.skills[&key].p, folded.loaded.skills[&key].shown);
        // A belief is capped below certainty; there it may stay, never fall.
        prop_assert!(level(&after).0 >= level(&before).0 && level(&after).1 >= level(&before).1);
    }

    #[test]
    fn one_wrong_answer_after_three_rights_never_drops_far(sentences in histories(40)) {
        let mut history = history(&sentences);
        let facts = facts(SKILLS);
        for sentence in ["right a1", "right a2", "right a3"] {
            history.sentence(sentence);
        }
        let key = ("course".into(), SkillId("a".into()));
        let shown = |history: &History| {
            let state = history.fold(&facts).loaded.skills[&key].clone();
            (state.shown, engine::mastery::state_of(&state).step)
        };
        let before = shown(&history);
        history.sentence("wrong a4");
        let after = shown(&history);
        prop_assert!(after.0 >= before.0 - 0.15 - 1e-12, "{before:?} to {after:?}");
        prop_assert!(after.1 + 1 >= before.1, "{before:?} to {after:?}");
    }

    #[test]
    fn skills_that_have_nothing_to_do_with_it_stay_as_they_are(sentences in histories(40)) {
        let facts = facts(SKILLS);
        let mut history = history(&sentences);
        let b = |history: &History| history.fold(&facts).loaded.skills.get(&("course".into(), SkillId("b".into()))).cloned();
        let before = b(&history);
        for sentence in ["right a5", "wrong a6", "bottom a7"] {
            history.sentence(sentence);
        }
        prop_assert_eq!(b(&history), before);
    }

    #[test]
    fn a_correction_and_its_undoing_restore_the_exact_state(sentences in histories(40), at in 0..40usize, kind in 0..5u8) {
        let facts = facts(SKILLS);
        let mut history = history(&sentences);
        let before = history.fold(&facts);
        let event = history.events[at % history.events.len()].clone();
        let body = match kind {
            0 => Body::Excused(Excused { event: event.id, reason: String::new() }),
            1 => Body::Rejudged(Rejudged { event: event.id, judgement: judged(Verdict::Wrong), reason: String::new() }),
            2 => Body::ItemWithdrawn(ItemWithdrawn { course: COURSE.into(), item: "a1".into(), reason: String::new() }),
            3 => Body::SittingVoided(SittingVoided { from: event.effective_at, to: event.effective_at + DAY_MS, reason: String::new() }),
            _ => Body::MasteryOverridden(MasteryOverridden {
                course: COURSE.into(),
                skill: "a".into(),
                ready: false,
                reason: String::new(),
            }),
        };
        prop_assert_eq!(needs_refold(&body), kind < 4);
        let correction = correct(&mut history, body);
        let undoing = correct(&mut history, Body::Undone(Undone { event: correction }));
        prop_assert_eq!(history.fold(&facts), before);
        // And the undoing can itself be taken back.
        let corrected = fold_all(&facts, &history.events[..history.events.len() - 1]);
        correct(&mut history, Body::Undone(Undone { event: undoing }));
        prop_assert_eq!(history.fold(&facts), corrected);
    }

    #[test]
    fn an_answer_judged_anew_counts_as_if_it_had_been_judged_so_at_once(sentences in histories(40), at in 0..40usize) {
        let facts = facts(SKILLS);
        let mut history = history(&sentences);
        let place = at % history.events.len();
        let event = history.events[place].id;
        let mut at_once = History { events: history.events.clone(), ..History::default() };
        if let Body::Answered(answer) = &mut at_once.events[place].body {
            answer.judgement = judged(Verdict::Right);
        }
        correct(&mut history, Body::Rejudged(Rejudged { event, judgement: judged(Verdict::Right), reason: String::new() }));
        prop_assert_eq!(history.fold(&facts).loaded, at_once.fold(&facts).loaded);
    }

    #[test]
    fn times_that_run_backwards_do_no_harm(sentences in histories(40), back in 1..400i64) {
        let facts = facts(SKILLS);
        let mut history = history(&sentences);
        for (nth, event) in history.events.iter_mut().enumerate() {
            event.effective_at -= (nth as i64) * back * 60_000;
        }
        assert_sound(&history.fold(&facts));
    }
}

fn assert_sound(folded: &Folded) {
    for state in folded.loaded.skills.values() {
        assert!((0.0..=1.0).contains(&state.p) && (0.0..=1.0).contains(&state.shown), "{state:?}");
        let memory = state.memory.expect("there was an answer");
        assert!(
            memory.stability.is_finite() && memory.stability > 0.0 && (1.0..=10.0).contains(&memory.difficulty),
            "{memory:?}"
        );
    }
}

#[test]
fn fifty_thousand_answers_stay_bounded_and_sound() {
    let facts = facts(SKILLS);
    for pattern in [["right"; 3], ["wrong"; 3], ["right", "wrong", "right"]] {
        let mut history = History::default();
        for nth in 0..50_000 {
            history.sentence(&format!("{} a{}", pattern[nth % 3], nth % 8 + 1));
        }
        let folded = history.fold(&facts);
        assert_sound(&folded);
        let head = serde_json::to_string(&folded.loaded.head).expect("plain data");
        let skills = serde_json::to_string(&folded.loaded.skills.values().collect::<Vec<_>>()).expect("plain data");
        assert!(
            head.len() < 60_000 && skills.len() < 3_000,
            "head {} bytes, skills {} bytes",
            head.len(),
            skills.len()
        );
    }
}

#[test]
fn no_events_are_a_sound_state() {
    let folded = fold_all(&facts(SKILLS), &[]);
    assert!(folded.loaded.skills.is_empty() && folded.derived.is_empty());
}

#[test]
fn a_conclusion_whose_ground_was_corrected_is_marked_and_no_longer_holds() {
    let facts = facts(SKILLS);
    let mut history = History::read("right a1, right a2, right a3");
    let before = history.fold(&facts);
    let ready = &before.derived[0];
    let last = history.events.last().expect("there are events").clone();
    history.events.push(Event { id: ready.id(id(1)), actor: Author::Engine, body: ready.body.clone(), ..last.clone() });
    correct(&mut history, Body::Excused(Excused { event: last.id, reason: String::new() }));
    let after = history.fold(&facts);
    assert_eq!(after.basis_changed, [ready.id(id(1))]);
    assert!(after.loaded.skills.values().all(|state| state.ready.is_none()));
}

#[test]
fn a_conclusion_of_other_rules_stays_and_is_marked() {
    let facts = facts(SKILLS);
    let mut history = History::read("right a1, wrong a2");
    let cause = history.events[0].clone();
    let concluded = engine::record::Concluded { course: COURSE.into(), skill: "a".into(), cause: cause.id };
    history.events.insert(1, Event { id: id(5), actor: Author::Engine, body: Body::Ready(concluded), ..cause });
    let folded = history.fold(&facts);
    assert_eq!(folded.basis_changed, [id(5)]);
    assert!(folded.loaded.skills.values().all(|state| state.ready.is_some()));
}

#[test]
fn a_teachers_not_yet_closes_a_skill_until_it_is_shown_again() {
    let facts = facts(SKILLS);
    let mut history = History::read("right a1, right a2, right a3");
    let word = |ready| MasteryOverridden { course: COURSE.into(), skill: "a".into(), ready, reason: String::new() };
    correct(&mut history, Body::MasteryOverridden(word(false)));
    let opens = |history: &History| history.fold(&facts).loaded.skills.values().all(engine::record::SkillState::opens);
    assert!(!opens(&history));
    history.sentence("right a4");
    assert!(!opens(&history));
    for item in ["a5", "a1", "a2"] {
        history.sentence(&format!("right {item}"));
    }
    assert!(opens(&history));
}

/// The stored stream after a fold: conclusions stand behind their causes.
fn store_conclusions(history: &mut History, folded: &Folded) {
    for derived in &folded.derived {
        let cause = history.events.iter().position(|event| event.id == derived.cause).expect("the cause is there");
        let at = history.events[cause].clone();
        let stored = Event { id: derived.id(id(1)), actor: Author::Engine, body: derived.body.clone(), ..at };
        history.events.insert(cause + 1, stored);
    }
}

fn fold_with(facts: &CourseFacts, history: &History, parameters: &Parameters) -> Folded {
    let contexts = BTreeMap::from([(facts.id.clone(), Context { parameters, course: facts })]);
    fold(&contexts, &history.events)
}

/// Constants under which levels move otherwise.
fn other(known_first: f64, guess: f64, slip: f64) -> Parameters {
    let constants = SkillParameters { known_first, learn: 0.15, guess, slip };
    Parameters { version: "other".into(), skill: constants, ..Parameters::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stricter_constants_and_back_give_the_former_state_bit_for_bit(sentences in histories(60)) {
        let mut history = history(&sentences);
        let facts = facts(SKILLS);
        let defaults = Parameters::default();
        let first = fold_with(&facts, &history, &defaults);
        store_conclusions(&mut history, &first);
        let there = fold_with(&facts, &history, &other(0.05, 0.34, 0.10));
        store_conclusions(&mut history, &there);
        let back = fold_with(&facts, &history, &defaults);
        prop_assert!(back.derived.is_empty(), "nothing new follows from the way back");
        if there.derived.is_empty() {
            prop_assert_eq!(&back.loaded, &first.loaded);
            prop_assert!(back.basis_changed.is_empty());
        }
        // Levels and counts come back in any case; what was once said to be ready stays so, marked.
        for (key, state) in &back.loaded.skills {
            let former = &first.loaded.skills[key];
            prop_assert_eq!((state.p.to_bits(), state.shown.to_bits()), (former.p.to_bits(), former.shown.to_bits()));
            prop_assert!(state.ready.is_some() || former.ready.is_none());
        }
    }

    #[test]
    fn what_a_fold_tells_of_evidence_is_what_a_step_believes(sentences in histories(60)) {
        let history = history(&sentences);
        let facts = facts(SKILLS);
        let defaults = Parameters::default();
        let contexts = BTreeMap::from([(facts.id.clone(), Context { parameters: &defaults, course: &facts })]);
        let rows = observe(&contexts, &history.events);
        let folded = history.fold(&facts).loaded;
        let told = |helped: bool| rows.iter().filter(|row| row.is_proof() != helped).count() as u32;
        let counted = |of: fn(&SkillState) -> u32| folded.skills.values().map(of).sum::<u32>();
        prop_assert_eq!((told(false), told(true)), (counted(|of| of.answers), counted(|of| of.helped)));
        let mut level = BTreeMap::new();
        for row in &rows {
            let p: f64 = *level.entry(row.skill.clone()).or_insert(defaults.skill.known_first);
            let question = guess_slip(defaults.skill, 0.0, 0);
            prop_assert_eq!(row.chance.to_bits(), success_next(p, question).to_bits());
            let next = if row.is_proof() { believe(p, row.right, question, defaults.skill) } else { bounded(learn(p, defaults.skill)) };
            level.insert(row.skill.clone(), next);
        }
    }
}

#[test]
fn what_is_kept_is_on_firm_ground_again_when_it_follows_later() {
    let facts = facts(SKILLS);
    let mut history = History::read("right a1, right a2");
    let lenient = fold_with(&facts, &history, &Parameters { ready_proof: 1.0, ..other(0.6, 0.20, 0.10) });
    store_conclusions(&mut history, &lenient);
    assert_eq!(lenient.derived.len(), 1, "two rights are enough there");
    let strict = fold_with(&facts, &history, &Parameters::default());
    let ready = |folded: &Folded| folded.loaded.skills.values().next().expect("a skill").ready.clone().expect("ready");
    assert!(ready(&strict).basis_changed && strict.derived.is_empty());
    assert_eq!(strict.basis_changed, [lenient.derived[0].id(id(1))]);
    history.sentence("right a3");
    let later = fold_with(&facts, &history, &Parameters::default());
    assert!(!ready(&later).basis_changed && later.derived.is_empty(), "and it is not said a second time");
    assert_eq!(ready(&later).cause, history.events.last().expect("an event").id);
}
