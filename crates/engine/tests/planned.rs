//! What is asked of a plan, in the record; and the next activity, which follows the plan in force.

mod support;

use engine::{
    CourseFacts, Parameters, Versions,
    next_activity::{Offers, Reason, Situation, Work, offers},
    plan::{Asked, Day, Ground, Pace, Request, Target, day_of, left, monday_of},
    record::{AskReason, Author, Body, PlanAsked, PlanChange, PlanPublished, PlanUndone},
};
use std::collections::BTreeSet;
use support::{History, facts, id, step_all, through_json};

const STUDENT: Author = Author::Student(uuid::Uuid::nil());

fn teacher() -> Author {
    Author::Teacher(id(9))
}

fn today(history: &History) -> Day {
    day_of(&format!("2026-11-{:02}", history.day)).expect("a day")
}

fn ask(history: &mut History, nth: u128, by: Author, change: PlanChange) {
    let asked = PlanAsked { course: "course".into(), ask: id(nth), change, reason: AskReason::NeededSoon };
    history.push(by, Body::PlanAsked(asked));
}

/// The plan as the server would publish it now.
fn publish(history: &mut History, facts: &CourseFacts) {
    let loaded = history.fold(facts).loaded;
    let (ground, parameters) = (Ground::new(facts), Parameters::default());
    let skills = loaded.of_course(&facts.id);
    let standing = loaded.head.plans.get(&facts.id).map_or(&[][..], |plan| &plan.asked);
    let asked = Asked::of(standing, today(history));
    let request = Request {
        student: STUDENT,
        skills: &skills,
        demand: &asked.demand,
        wishes: &asked.wishes,
        pace: Pace::default(),
        before: None,
    };
    let plan = asked.plan(&ground, &parameters, &request);
    let published = PlanPublished {
        course: facts.id.clone(),
        entries: plan.entries,
        impossible: plan.impossible,
        forecasts: Vec::new(),
        left: Some(left(&ground, &parameters, &skills)),
        stretch: None,
        versions: Versions::new(&parameters, &facts.version),
    };
    history.push(Author::Engine, Body::PlanPublished(published));
}

fn offered(facts: &CourseFacts, history: &History, seed: u64) -> Offers {
    let loaded = history.fold(facts).loaded;
    let skills = loaded.of_course(&facts.id);
    offers(&Situation {
        facts,
        parameters: &Parameters::default(),
        head: &loaded.head,
        skills: &skills,
        now: history.now,
        school_day: &format!("2026-11-{:02}", history.day),
        seed,
        solved: &BTreeSet::new(),
        placement_first: false,
    })
}

/// Lessons that are offered under any of some seeds, the first offers apart.
fn lessons(facts: &CourseFacts, history: &History) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut first, mut all) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..40 {
        let found = offered(facts, history, seed);
        let lesson = |offer: &engine::next_activity::Offer| offer.lesson.as_ref().map(ToString::to_string);
        first.extend(found.offers.first().and_then(lesson));
        all.extend(found.offers.iter().chain(&found.something_else).filter_map(lesson));
    }
    (first, all)
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_is_excused_never_comes_and_opens_what_rests_on_it_until_that_is_undone() {
    let facts = facts("a:8 b:8(a) c:8");
    let mut history = History::default();
    assert_eq!(lessons(&facts, &history).1, names(&["lesson-0", "lesson-2"]));
    ask(&mut history, 1, teacher(), PlanChange::Excused { what: Target::Lesson("lesson-0".into()) });
    publish(&mut history, &facts);
    assert_eq!(lessons(&facts, &history).1, names(&["lesson-1", "lesson-2"]));
    history.push(teacher(), Body::PlanUndone(PlanUndone { course: "course".into(), ask: id(1) }));
    publish(&mut history, &facts);
    assert_eq!(lessons(&facts, &history).1, names(&["lesson-0", "lesson-2"]));
}

#[test]
fn what_is_locked_to_a_later_week_waits_for_it_and_comes_first_in_it() {
    let facts = facts("a:8 b:8 c:8 d:8");
    let mut history = History::default();
    let week = monday_of(today(&history)) + 7;
    ask(&mut history, 1, teacher(), PlanChange::Locked { what: Target::Lesson("lesson-2".into()), week: week + 2 });
    publish(&mut history, &facts);
    assert_eq!(lessons(&facts, &history).1, names(&["lesson-0", "lesson-1", "lesson-3"]));
    while today(&history) < week {
        history.sentence("day");
    }
    publish(&mut history, &facts);
    assert_eq!(lessons(&facts, &history).0, names(&["lesson-2"]));
    let first = offered(&facts, &history, 3).offers.remove(0);
    assert_eq!((first.reason, first.by), (Reason::Required { skill: "c".into() }, teacher()));
}

#[test]
fn what_a_teacher_wants_by_a_day_comes_first_with_all_that_it_needs() {
    let facts = facts("a:8 b:8 c:8 d:8(c)");
    let mut history = History::default();
    let due = Some(today(&history) + 3);
    ask(&mut history, 1, teacher(), PlanChange::Must { what: Target::Skill("d".into()), due });
    publish(&mut history, &facts);
    let found = offered(&facts, &history, 1);
    assert_eq!(found.offers[0].work, Work::Lesson { lesson: "lesson-2".into() });
    assert_eq!(found.offers[0].reason, Reason::NeededFor { skill: "d".into() });
    ["right c1", "right c2", "right c3"].into_iter().for_each(|sentence| history.sentence(sentence));
    publish(&mut history, &facts);
    let found = offered(&facts, &history, 1);
    assert_eq!((&found.offers[0].reason, found.offers[0].by), (&Reason::Required { skill: "d".into() }, teacher()));
    assert!(found.offers.len() > 1, "there is something to choose");
}

#[test]
fn what_a_teacher_wants_is_practised_until_it_is_ready() {
    let facts = facts("a:8 b:8 c:8 d:8");
    let mut history = History::default();
    let due = Some(today(&history) + 3);
    ask(&mut history, 1, teacher(), PlanChange::Must { what: Target::Skill("d".into()), due });
    publish(&mut history, &facts);
    let wanted = Work::Lesson { lesson: "lesson-3".into() };
    // Without the teacher's word one right answer passes it.
    for sentence in ["right d1", "right d2"] {
        history.sentence(sentence);
        publish(&mut history, &facts);
        assert_eq!(offered(&facts, &history, 1).offers[0].work, wanted, "after {sentence}");
    }
    history.sentence("right d3");
    publish(&mut history, &facts);
    assert_ne!(offered(&facts, &history, 1).offers[0].work, wanted, "it is ready");
}

#[test]
fn what_the_student_wished_for_comes_early_in_their_name() {
    let facts = facts("a:8 b:8 c:8 d:8 e:8 f:8");
    let mut history = History::default();
    ask(&mut history, 1, STUDENT, PlanChange::First { what: Target::Lesson("lesson-5".into()) });
    publish(&mut history, &facts);
    let of_wish =
        |seed| offered(&facts, &history, seed).offers.into_iter().find(|offer| offer.lesson == Some("lesson-5".into()));
    let shown: Vec<_> = (0..40).filter_map(of_wish).collect();
    assert!(shown.len() > 30, "{}", shown.len());
    assert!(shown.iter().all(|offer| offer.by == STUDENT && offer.reason == Reason::Chosen { skill: "f".into() }));
}

#[test]
fn a_plan_of_which_nobody_asked_anything_changes_nothing_of_what_is_offered() {
    let facts = facts("a:8 b:8(a) c:8 d:8(c) e:8 f:8");
    let mut history = History::read("right a1, wrong a2, right c1");
    let before: Vec<Offers> = (0..20).map(|seed| offered(&facts, &history, seed)).collect();
    publish(&mut history, &facts);
    let after: Vec<Offers> = (0..20).map(|seed| offered(&facts, &history, seed)).collect();
    assert_eq!(before, after);
}

#[test]
fn a_plan_changes_nothing_of_what_is_asked_in_a_mixed_set() {
    let facts = facts("a:8 b:8 c:8");
    let mut history =
        History::read("right a1, right a2, right a3, right b1, right b2, right b3, right c1, right c2, right c3");
    ask(&mut history, 1, teacher(), PlanChange::Excused { what: Target::Skill("a".into()) });
    publish(&mut history, &facts);
    history.sentence("day");
    let found = offered(&facts, &history, 1);
    let review =
        found.offers.iter().find(|offer| matches!(offer.work, Work::Review { .. })).expect("there is a review");
    assert_eq!(review.skills.len(), 3);
}

#[test]
fn an_ask_with_the_same_id_takes_the_place_of_the_first_and_a_step_is_a_fold() {
    let facts = facts("a:8 b:8 c:8");
    let mut history = History::read("right a1");
    ask(&mut history, 1, teacher(), PlanChange::Must { what: Target::Skill("b".into()), due: None });
    ask(&mut history, 2, STUDENT, PlanChange::Swap { entry: "a".into(), with: "c".into() });
    ask(&mut history, 1, teacher(), PlanChange::Excused { what: Target::Skill("b".into()) });
    publish(&mut history, &facts);
    let folded = history.fold(&facts).loaded;
    let plan = &folded.head.plans[&facts.id];
    let asked: Vec<_> = plan.asked.iter().map(|one| (one.ask, one.by)).collect();
    assert_eq!(asked, [(id(2), STUDENT), (id(1), teacher())]);
    let soon: Vec<&str> = plan.soon.iter().map(|soon| soon.skill.as_str()).collect();
    assert_eq!(soon, ["c", "a"]);
    assert_eq!(step_all(&facts, &history.events).0.head, folded.head);
    assert_eq!(through_json(&folded.head), folded.head);
}
