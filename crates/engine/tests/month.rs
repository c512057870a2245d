//! A month of a small class (PUPILS=30 for a larger one) on a course in the shape of a real imported one: lessons
//! of few skills, skills of one
//! to twenty items, helping edges only; and on one with needed edges. What must hold at every request holds.

mod support;

use curriculum::{Course, ItemId, SkillId, template::Draw};
use engine::{
    CourseFacts, Parameters,
    detect::help_after,
    next_activity::{
        ItemChoice, Offers, Situation, Work, lesson_progress, next_item, offers, placement_askable, placement_item,
        unmet_needs,
    },
    placement::{Placement, Prior, Step, Terrain},
    record::{Author, Body, Context, Derived, Event, Loaded, PlacementStarted, Purpose, SkillState, WorkStarted, step},
};
use std::collections::{BTreeMap, BTreeSet};
use support::{COURSE, DAY_MS, History, START_MS, TestSkill, course, id, through_json};

fn unit(draw: &mut Draw) -> f64 {
    (draw.bits() >> 11) as f64 / (1u64 << 53) as f64
}

fn normal(draw: &mut Draw) -> f64 {
    (0..12).map(|_| unit(draw)).sum::<f64>() - 6.0
}

/// About 190 skills in 71 lessons; 7 with one item, 10 with two, 17 with three, the others more.
fn imported_like(needed: bool) -> Course {
    let mut draw = Draw::new(11);
    let (mut skills, mut lessons) = (Vec::<TestSkill>::new(), Vec::new());
    for lesson in 0..71 {
        let count = 2 + draw.below(3) - usize::from(lesson % 3 == 0);
        let mut ids = Vec::new();
        for nth in 0..count {
            let name = format!("s{lesson:02}{}", ["x", "y", "z", "w"][nth]);
            let below = skills.iter().rev().nth(draw.below(12)).map(|skill| skill.id.clone());
            let edge: Vec<String> = below.filter(|_| draw.below(5) < 4).into_iter().collect();
            let items = match skills.len() % 28 {
                3 => 1,
                7 | 19 => 2,
                11 | 23 => 3,
                _ => 5 + draw.below(14),
            };
            let (needs, helps) = if needed { (edge, vec![]) } else { (vec![], edge) };
            skills.push(TestSkill { id: name.clone(), items, needs, helps });
            ids.push(name);
        }
        lessons.push(ids);
    }
    course(&skills, &lessons)
}

struct Pupil {
    draw: Draw,
    knows: BTreeSet<SkillId>,
    loaded: Loaded,
    history: History,
    day: u32,
    shown: Vec<String>,
}

struct Class<'a> {
    facts: &'a CourseFacts,
    parameters: &'a Parameters,
    prior: &'a Prior,
}

#[derive(Default)]
struct Tally {
    requests: usize,
    done: usize,
    placed_known: usize,
    placed_right: usize,
    ready: Vec<usize>,
    lasting: usize,
    questions: Vec<usize>,
    head_bytes: usize,
}

impl Class<'_> {
    fn pupil(&self, number: u64) -> Pupil {
        let mut draw = Draw::new(1000 + number);
        let ability = 0.25 + 0.2 * normal(&mut draw);
        let units: Vec<f64> = (0..12).map(|_| 0.15 * normal(&mut draw)).collect();
        let mut knows = BTreeSet::new();
        for (place, skill) in self.facts.skills.iter().enumerate() {
            let height = place as f64 / self.facts.skills.len() as f64;
            let unit_nth = skill.lesson.map_or(0, |nth| self.facts.lessons[nth].unit_nth);
            let needs = skill.needs.iter().all(|(below, _)| knows.contains(&self.facts.skills[*below].id));
            // Patchy: holes below, islands above.
            let flips = unit(&mut draw) < 0.06;
            if (needs && ability + units[unit_nth] + 0.1 * normal(&mut draw) > height) != flips {
                knows.insert(skill.id.clone());
            }
        }
        Pupil { draw, knows, loaded: Loaded::default(), history: History::default(), day: 2, shown: vec![] }
    }

    fn take(&self, pupil: &mut Pupil, body: Body) -> Vec<Derived> {
        let at = pupil.history.push(Author::Student(id(1)), body);
        let event: Event = pupil.history.events.pop().expect("an event was just pushed");
        assert_eq!(event.id, at);
        let context = Context { parameters: self.parameters, course: self.facts };
        let derived = step(&context, &mut pupil.loaded, &event);
        pupil.loaded.head = through_json(&pupil.loaded.head);
        derived
    }

    fn answer(&self, pupil: &mut Pupil, choice: &ItemChoice, verdict: &str, lesson: Option<curriculum::LessonId>) {
        pupil.history.item = choice.item.to_string();
        let Body::Answered(mut answer) = pupil.history.answer(verdict, false, false, false) else { unreachable!() };
        answer.skills = vec![choice.skill.clone()];
        answer.purpose = choice.purpose;
        answer.mixed_set = choice.mixed_set;
        answer.lesson = lesson;
        answer.elapsed_ms = 20_000 + (pupil.draw.below(30_000)) as i64;
        self.take(pupil, Body::Answered(answer));
    }

    fn verdict(&self, pupil: &mut Pupil, skill: &SkillId) -> &'static str {
        let chance = if pupil.knows.contains(skill) { 0.92 } else { 0.10 };
        if unit(&mut pupil.draw) < chance { "right" } else { "wrong" }
    }

    fn place(&self, pupil: &mut Pupil, tally: &mut Tally) {
        let start = PlacementStarted { course: COURSE.into(), seed: 5, grade: None };
        self.take(pupil, Body::PlacementStarted(start));
        let mut run = Placement::resume(self.prior, self.parameters, None, 5, &[]);
        loop {
            let skills = pupil.loaded.of_course(&COURSE.into());
            let situation = situation(self, &pupil.loaded, &skills, pupil.history.now, "2026-11-02", 0);
            match run.next(&placement_askable(&situation)) {
                Step::Ask(skill) => {
                    let choice = placement_item(&situation, &skill).expect("what is askable has an item");
                    assert_eq!(choice.purpose, Purpose::Placement);
                    pupil.history.presentation += 1;
                    let verdict = self.verdict(pupil, &skill);
                    let dont_know = verdict == "wrong" && unit(&mut pupil.draw) < 0.3;
                    self.answer(pupil, &choice, if dont_know { "dontknow" } else { verdict }, None);
                    let state = &pupil.loaded.head.placements[&COURSE.into()];
                    run.answer(&skill, state.answers.last().expect("it was answered").outcome, 0);
                }
                Step::Done(result) => {
                    let state = pupil.loaded.head.placements[&COURSE.into()].clone();
                    let again = Placement::resume(self.prior, self.parameters, None, 5, &state.outcomes());
                    assert_eq!(
                        again.next(&placement_askable(&situation)),
                        Step::Done(result.clone()),
                        "resumed anywhere"
                    );
                    tally.questions.push(result.asked);
                    tally.placed_known += result.known.len();
                    tally.placed_right += result.known.iter().filter(|skill| pupil.knows.contains(skill)).count();
                    let cause = state.answers.last().expect("there were answers").event;
                    self.take(pupil, Body::Placed(result.placed(self.facts, self.parameters, cause)));
                    return;
                }
            }
        }
    }

    fn day(&self, pupil: &mut Pupil, tally: &mut Tally) {
        let day = format!("2026-11-{:02}", pupil.day);
        pupil.history.day = pupil.day;
        pupil.history.now = START_MS + i64::from(pupil.day - 2) * DAY_MS;
        let mut answers = 0;
        while answers < 30 {
            let skills = pupil.loaded.of_course(&COURSE.into());
            let seed = pupil.draw.bits();
            let situation = situation(self, &pupil.loaded, &skills, pupil.history.now, &day, seed);
            let offered = offers(&situation);
            tally.requests += 1;
            hold(&situation, &offered);
            if offered.offers.len() < 2 {
                tally.done += 1;
                return;
            }
            let chosen = offered.offers[pupil.draw.below(offered.offers.len())].clone();
            let mut in_work = 0;
            while in_work < 12 {
                let Some(choice) = self.choose(pupil, &chosen.work, &day) else { break };
                answers += 1;
                in_work += 1;
                self.question(pupil, &choice, &chosen.work, chosen.lesson.clone());
            }
            assert!(in_work > 0, "an offer that has nothing to do: {chosen:?}");
        }
    }

    fn choose(&self, pupil: &Pupil, work: &Work, day: &str) -> Option<ItemChoice> {
        let skills = pupil.loaded.of_course(&COURSE.into());
        next_item(&situation(self, &pupil.loaded, &skills, pupil.history.now, day, 0), work)
    }

    /// Shows the question and tries it, up to four times, learning a little from each miss.
    fn question(&self, pupil: &mut Pupil, choice: &ItemChoice, work: &Work, lesson: Option<curriculum::LessonId>) {
        assert_ne!(self.facts.items[&choice.item].pool, curriculum::Pool::Check, "practice takes no item held back");
        pupil.history.presentation += 1;
        pupil.shown.push(choice.item.to_string());
        let presentation = id(pupil.history.presentation);
        let started = WorkStarted {
            course: COURSE.into(),
            work: work.clone(),
            lesson: lesson.clone(),
            skill: Some(choice.skill.clone()),
            item: Some(choice.item.clone()),
            presentation: Some(presentation),
        };
        self.take(pupil, Body::WorkStarted(started));
        for _ in 0..4 {
            let verdict = self.verdict(pupil, &choice.skill);
            self.answer(pupil, choice, verdict, lesson.clone());
            if verdict == "right" {
                break;
            }
            let helped = help_after(&pupil.loaded.head, presentation, &"a".into()).is_some();
            if unit(&mut pupil.draw) < if helped { 0.3 } else { 0.12 } {
                pupil.knows.insert(choice.skill.clone());
            }
        }
    }
}

static NONE_SOLVED: BTreeSet<ItemId> = BTreeSet::new();

fn situation<'a>(
    class: &'a Class<'_>,
    loaded: &'a Loaded,
    skills: &'a BTreeMap<SkillId, SkillState>,
    now: i64,
    school_day: &'a str,
    seed: u64,
) -> Situation<'a> {
    Situation {
        facts: class.facts,
        parameters: class.parameters,
        head: &loaded.head,
        skills,
        now,
        school_day,
        seed,
        solved: &NONE_SOLVED,
        placement_first: true,
    }
}

/// What must hold of every answer to "what next?".
fn hold(situation: &Situation<'_>, offered: &Offers) {
    assert!(offered.offers.len() >= 2 || offered.done_for_today.is_some(), "a dead end");
    assert!(offered.offers.len() <= 3);
    for (nth, offer) in offered.offers.iter().enumerate() {
        assert!(offer.probability > 0.0 && offer.probability <= 1.0, "{offer:?}");
        assert!(offered.offers[..nth].iter().all(|other| other.work != offer.work), "the same thing twice");
        if let Work::Lesson { lesson } | Work::Read { lesson, .. } = &offer.work {
            assert!(unmet_needs(situation, lesson).is_empty(), "{lesson} lacks something it needs");
            assert!(!lesson_progress(situation, lesson).done);
        }
    }
}

fn no_item_more_than_twice_in_ten(shown: &[String]) {
    for window in shown.windows(10) {
        for item in window {
            assert!(window.iter().filter(|other| *other == item).count() <= 2, "{item} in {window:?}");
        }
    }
}

fn month(needed: bool, pupils: u64) -> Tally {
    let facts = CourseFacts::new(&imported_like(needed));
    let parameters = Parameters { particles: 800, ..Parameters::default() };
    let prior = Prior::new(Terrain::of(&facts), &parameters);
    let class = Class { facts: &facts, parameters: &parameters, prior: &prior };
    let mut tally = Tally::default();
    for number in 0..pupils {
        let mut pupil = class.pupil(number);
        class.place(&mut pupil, &mut tally);
        for week in 0..4 {
            for weekday in 0..5 {
                pupil.day = 2 + week * 7 + weekday;
                class.day(&mut pupil, &mut tally);
            }
        }
        no_item_more_than_twice_in_ten(&pupil.shown);
        let skills = pupil.loaded.of_course(&COURSE.into());
        tally.ready.push(skills.values().filter(|state| state.ready.is_some()).count());
        let head = serde_json::to_string(&pupil.loaded.head).expect("plain data").len();
        tally.head_bytes = tally.head_bytes.max(head);
        tally.lasting += skills.values().filter(|state| state.lasting.is_some()).count();
    }
    tally.ready.sort_unstable();
    tally.questions.sort_unstable();
    tally
}

fn check(needed: bool) {
    let pupils = std::env::var("PUPILS").ok().and_then(|count| count.parse().ok()).unwrap_or(2);
    let tally = month(needed, pupils);
    let precision = tally.placed_right as f64 / tally.placed_known.max(1) as f64;
    let median = tally.ready[tally.ready.len() / 2];
    eprintln!(
        "needed {needed}: placed known {} of which truly {precision:.3}, questions {:?}, ready {:?}, lasting {}, requests {}, done {}, head {} bytes",
        tally.placed_known, tally.questions, tally.ready, tally.lasting, tally.requests, tally.done, tally.head_bytes
    );
    assert!(precision >= 0.85, "{precision}");
    assert!(median >= 20, "{:?}", tally.ready);
    assert!(tally.lasting > 0);
}

#[test]
fn a_month_on_a_course_with_helping_edges_only() {
    check(false);
}

#[test]
fn a_month_on_a_course_with_needed_edges() {
    check(true);
}
