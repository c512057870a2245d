//! What comes next while the time that a teacher named runs short for a student.

mod support;

use curriculum::ItemId;
use engine::{
    CourseFacts, Parameters, Versions,
    next_activity::{Situation, Work, next_item, offers},
    plan::{Day, Target, day_of},
    record::{AskReason, Author, Body, Breadth, MasteryOverridden, Placed, PlanAsked, PlanChange, PlanUndone},
};
use std::collections::BTreeSet;
use support::{History, facts, id, step_all};

fn teacher() -> Author {
    Author::Teacher(id(9))
}

fn ask(history: &mut History, nth: u128, change: PlanChange) {
    let asked = PlanAsked { course: "course".into(), ask: id(nth), change, reason: AskReason::NotSaid };
    history.push(teacher(), Body::PlanAsked(asked));
}

/// Twenty minutes on each day of so many weeks from Monday, 2 November, on.
fn time(weeks: Day) -> PlanChange {
    let monday = day_of("2026-11-02").expect("a day");
    PlanChange::Time { minutes_per_week: 100, until: monday + 7 * weeks - 3, away: vec![], on: 0 }
}

fn go_on(history: &mut History, words: &str) {
    words.split(", ").filter(|word| !word.is_empty()).for_each(|word| history.sentence(word));
}

fn until_day(history: &mut History, day: u32) {
    while history.day < day {
        history.sentence("day");
    }
}

/// What is found in a situation, where so much of the course was met.
fn with<T>(facts: &CourseFacts, history: &History, met: Option<Breadth>, look: impl Fn(&Situation<'_>) -> T) -> T {
    let mut loaded = history.fold(facts).loaded;
    if let Some(met) = met {
        loaded.head.breadth.insert(facts.id.clone(), met);
    }
    look(&Situation {
        facts,
        parameters: &Parameters::default(),
        head: &loaded.head,
        skills: &loaded.of_course(&facts.id),
        now: history.now,
        school_day: &format!("2026-11-{:02}", history.day),
        seed: 1,
        solved: &BTreeSet::new(),
        placement_first: false,
    })
}

/// True when two misses on the first skill are enough for now.
fn is_short(facts: &CourseFacts, history: &History, met: Option<Breadth>) -> bool {
    let mut missed = history.clone();
    go_on(&mut missed, "wrong a1, wrong a2");
    let work = Work::Lesson { lesson: "lesson-0".into() };
    with(facts, &missed, met, |situation| next_item(situation, &work).is_none())
}

/// Ninety skills and 500 minutes, 140 of which are gone.
fn ninety() -> (CourseFacts, History) {
    let names: Vec<String> = (0..90).map(|nth| if nth == 0 { "a:8".into() } else { format!("s{nth}x:8") }).collect();
    let mut history = History::default();
    ask(&mut history, 1, time(5));
    until_day(&mut history, 11);
    (facts(&names.join(" ")), history)
}

fn met(met: u32) -> Option<Breadth> {
    Some(Breadth { placed_known: 0, met })
}

#[test]
fn time_is_short_when_what_is_new_is_more_than_the_own_pace_will_bring() {
    let (facts, history) = ninety();
    assert!(is_short(&facts, &history, met(20)));
    // A skill or more is lacking with 29, none with 30.
    assert!(is_short(&facts, &history, met(29)) && !is_short(&facts, &history, met(30)));
    assert!(!is_short(&facts, &history, met(90)), "nothing is new");
    // What the pre-test placed as known need not be met.
    assert!(!is_short(&facts, &history, Some(Breadth { placed_known: 35, met: 20 })));
}

#[test]
fn at_first_nobody_is_short_of_time_and_who_stays_away_is() {
    let (facts, mut history) = (facts("a:8 b:8 c:8 d:8 e:8 f:8 g:8 h:8 i:8 j:8"), History::default());
    ask(&mut history, 1, time(4));
    assert!(!is_short(&facts, &history, None));
    until_day(&mut history, 20);
    assert!(is_short(&facts, &history, None));
}

#[test]
fn what_was_met_before_the_time_was_named_says_nothing_of_the_pace() {
    let (facts, mut history) = ninety();
    let twenty: Vec<String> = (1..=20).map(|nth| format!("wrong s{nth}x1")).collect();
    go_on(&mut history, &twenty.join(", "));
    assert!(is_short(&facts, &history, None));
    // Named anew: as much as would just do is expected from now on.
    until_day(&mut history, 12);
    ask(&mut history, 1, time(5));
    assert!(!is_short(&facts, &history, None));
    until_day(&mut history, 16);
    assert!(is_short(&facts, &history, None), "twenty of before do not count");
}

#[test]
fn without_a_time_or_after_its_end_time_is_not_short() {
    let (facts, history) = ninety();
    let going = |change: &dyn Fn(&mut History)| {
        let mut history = history.clone();
        change(&mut history);
        is_short(&facts, &history, met(20))
    };
    assert!(going(&|_| ()));
    assert!(!going(&|history| {
        history.push(teacher(), Body::PlanUndone(PlanUndone { course: "course".into(), ask: id(1) }));
    }));
    assert!(!going(&|history| ask(history, 1, time(1))), "it was over last Friday");
    // Of forty lessons less, what is left can be met.
    assert!(!going(&|history| {
        for nth in 50..90_u128 {
            let what = Target::Skill(format!("s{nth}x").as_str().into());
            ask(history, 100 + nth, PlanChange::Excused { what });
        }
    }));
}

#[test]
fn an_odd_time_is_no_harm() {
    let (facts, mut history) = ninety();
    for (minutes_per_week, until) in [(0, Day::MAX), (u32::MAX, Day::MAX), (100, Day::MIN), (0, 0)] {
        ask(&mut history, 1, PlanChange::Time { minutes_per_week, until, away: vec![(Day::MIN, Day::MAX)], on: 255 });
        assert!(!is_short(&facts, &history, None), "no time at all: {minutes_per_week} until {until}");
        ask(&mut history, 1, PlanChange::Time { minutes_per_week, until, away: vec![], on: 255 });
        is_short(&facts, &history, None);
    }
}

#[test]
fn while_time_is_short_what_was_right_at_once_is_not_asked_on() {
    let (facts, mut history) = ninety();
    go_on(&mut history, "right a1");
    let work = Work::Lesson { lesson: "lesson-0".into() };
    let goes_on = |met| with(&facts, &history, met, |situation| next_item(situation, &work).is_some());
    assert!(goes_on(met(40)));
    assert!(!goes_on(met(20)));
}

#[test]
fn while_time_is_short_a_set_comes_half_as_often() {
    let (_, timed) = ninety();
    let names: Vec<String> = (1..90).map(|nth| format!("s{nth}x:8")).collect();
    let facts = facts(&format!("d:120 {}", names.join(" ")));
    let comes = |questions: usize, met| {
        let mut history = timed.clone();
        let right: Vec<String> = (1..=6).map(|nth| format!("right s{nth}x1")).collect();
        let missed: Vec<String> = (1..=questions).map(|nth| format!("wrong d{nth}")).collect();
        let set = "day, mixed wrong s1x2, mixed wrong s2x2, mixed wrong s3x2";
        go_on(&mut history, &format!("{}, {set}, {}, day", right.join(", "), missed.join(", ")));
        with(&facts, &history, met, |situation| matches!(offers(situation).offers[0].work, Work::Review { .. }))
    };
    let (short, enough) = (met(20), met(60));
    assert!(!comes(47, enough) && comes(48, enough));
    assert!(!comes(48, short) && !comes(95, short) && comes(96, short));
}

#[test]
fn while_time_is_short_what_lies_beneath_misses_is_offered_after_what_is_new() {
    let (_, mut history) = ninety();
    let names: Vec<String> = (2..90).map(|nth| format!("s{nth}x:8")).collect();
    let facts = facts(&format!("a:8 b:8[a] {}", names.join(" ")));
    go_on(&mut history, "wrong a1, wrong a2, wrong a3, wrong a4, wrong b1, wrong b2, wrong b3");
    let place = |met| {
        with(&facts, &history, met, |situation| {
            let beneath = |work: &Work| *work == Work::Practise { skill: "a".into() };
            offers(situation).offers.iter().position(|offer| beneath(&offer.work))
        })
    };
    assert_eq!((place(met(60)), place(met(20))), (Some(0), Some(2)));
}

#[test]
fn where_a_time_was_named_a_set_asks_first_what_only_the_pre_test_thought_likely() {
    let facts = facts("a:8 b:8 c:8 d:8 e:8 f:8 g:8");
    let asked = |named: bool| {
        let mut history = History::default();
        if named {
            ask(&mut history, 1, time(5));
        }
        let placed = Placed {
            course: "course".into(),
            cause: id(4),
            p0: [("f".into(), 0.8), ("g".into(), 0.75)].into(),
            known: vec![],
            frontier: vec!["a".into()],
            uncertain: vec![],
            versions: Versions::default(),
        };
        history.push(Author::PreTest, Body::Placed(placed));
        go_on(&mut history, "right a1, right b1, right c1, right d1, day");
        let opening = with(&facts, &history, None, |situation| offers(situation).offers[0].work.clone());
        let Work::Review { skills, .. } = &opening else { panic!("{opening:?}") };
        skills.iter().map(|skill| skill.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(asked(false), ["a", "b", "c"], "the oldest first");
    assert_eq!(asked(true), ["f", "g", "a"]);
}

#[test]
fn while_time_is_short_the_question_with_the_fewest_parts_is_taken() {
    let (mut facts, history) = ninety();
    for (item, parts) in [("a1", 5), ("a2", 1)] {
        facts.items.get_mut(&ItemId::from(item)).expect("it is there").parts = parts;
    }
    for nth in 3..=8 {
        facts.items.get_mut(&ItemId::from(format!("a{nth}").as_str())).expect("it is there").parts = 2;
    }
    let work = Work::Practise { skill: "a".into() };
    let next = |met| with(&facts, &history, met, |situation| next_item(situation, &work).map(|choice| choice.item.0));
    assert_eq!(next(met(60)).as_deref(), Some("a1"));
    assert_eq!(next(met(20)).as_deref(), Some("a2"));
}

#[test]
fn a_skill_is_met_once_by_an_answer_a_teacher_or_the_pre_test() {
    let facts = facts("a:8 b:8 c:8 d:8 e:0");
    let mut history = History::read("wrong a1, right a2, hint a3, right");
    let p0 = [("a", 0.9), ("b", 0.7), ("c", 0.95), ("e", 0.9)].map(|(skill, p0)| (skill.into(), p0)).into();
    let placed = Placed {
        course: "course".into(),
        cause: id(4),
        p0,
        known: vec!["b".into()],
        frontier: vec![],
        uncertain: vec![],
        versions: Versions::default(),
    };
    history.push(Author::PreTest, Body::Placed(placed));
    let word = |skill: &str, ready| {
        let (course, skill) = ("course".into(), skill.into());
        Body::MasteryOverridden(MasteryOverridden { course, skill, ready, reason: String::new() })
    };
    history.push(teacher(), word("c", true));
    history.push(teacher(), word("d", false));
    go_on(&mut history, "right b1, wrong c1");
    let breadth = |history: &History| {
        let (stepped, folded) = (step_all(&facts, &history.events).0.head, history.fold(&facts).loaded.head);
        assert_eq!(stepped, folded);
        folded.breadth[&facts.id]
    };
    assert_eq!(breadth(&history), Breadth { placed_known: 1, met: 2 }, "b; a and c");
    go_on(&mut history, "wrong d1");
    assert_eq!(breadth(&history), Breadth { placed_known: 1, met: 3 }, "not yet is no meeting");
}
