//! Folds of a student's record: one step after few and after many answers, a whole record anew, late events.

use super::{Clock, RUNS, median_seconds};
use curriculum::{Course, CourseId, Lang, PartId, Pool, Skill, SkillId, Text};
use engine::{
    CourseFacts, Parameters,
    grading::{Judgement, Response, Verdict},
    record::{Answered, Author, Body, Context, Event, Loaded, Purpose, fold, step, touches},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const SKILLS: usize = 200;
const LONG: usize = 10_000;
const LATE: usize = 500;

pub struct Record {
    pub step_after_10_us: f64,
    pub step_after_10000_us: f64,
    pub refold_ms: f64,
    pub late_ms: f64,
}

pub fn measure() -> Record {
    let facts = CourseFacts::new(&course());
    let parameters = Parameters::default();
    let context = Context { parameters: &parameters, course: &facts };
    let contexts = BTreeMap::from([(facts.id.clone(), context)]);
    let events: Vec<Event> = (0..LONG + LATE).map(|nth| answered(&facts.id, nth)).collect();
    let folded = |events: &[&Event]| fold(&contexts, events.iter().copied()).loaded.skills.len() as f64;
    let in_time: Vec<&Event> = events[..LONG].iter().collect();
    // Late events belong before what is there: every twentieth place is one of theirs.
    let mut all: Vec<&Event> = events.iter().collect();
    all.sort_by_key(|event| event.id.as_u128().wrapping_mul(0x9e37_79b9_7f4a_7c15) % (LONG + LATE) as u128);
    Record {
        step_after_10_us: step_microseconds(&context, &fold(&contexts, in_time[..10].iter().copied()).loaded, &events),
        step_after_10000_us: step_microseconds(&context, &fold(&contexts, in_time.iter().copied()).loaded, &events),
        refold_ms: 1000.0 * median_seconds(|| folded(&in_time)),
        late_ms: 1000.0 * median_seconds(|| folded(&all)),
    }
}

/// One step with the rows it touches, as the server takes it.
fn step_microseconds(context: &Context<'_>, behind: &Loaded, events: &[Event]) -> f64 {
    let times = LATE;
    let mut medians: Vec<f64> =
        (0..RUNS).map(|_| steps_seconds(context, behind, &events[LONG..LONG + times])).collect();
    medians.sort_by(f64::total_cmp);
    medians[RUNS / 2] * 1e6 / times as f64
}

fn steps_seconds(context: &Context<'_>, behind: &Loaded, events: &[Event]) -> f64 {
    let load = |event: &Event| {
        let touched: BTreeSet<(CourseId, SkillId)> = touches(&event.body);
        let rows = behind.skills.iter().filter(|(key, _)| touched.contains(*key));
        Loaded { head: behind.head.clone(), skills: rows.map(|(key, row)| (key.clone(), row.clone())).collect() }
    };
    let mut loaded: Vec<Loaded> = events.iter().map(load).collect();
    let started = Clock::start();
    for (loaded, event) in loaded.iter_mut().zip(events) {
        std::hint::black_box(step(context, loaded, event));
    }
    started.seconds()
}

pub fn course() -> Course {
    let skill = |nth: usize| Skill {
        id: SkillId(format!("skill-{nth}")),
        code: String::new(),
        name: Text::en("A skill"),
        can: Text::default(),
        standards: vec![],
        rests_on: vec![],
        hub: false,
    };
    Course {
        id: CourseId("bench".into()),
        title: Text::en("A course"),
        languages: vec![Lang::en()],
        attribution: vec![],
        units: vec![],
        skills: (0..SKILLS).map(skill).collect(),
        misconceptions: BTreeMap::new(),
        items: BTreeMap::new(),
        aliases: BTreeMap::new(),
    }
}

pub fn answered(course: &CourseId, nth: usize) -> Event {
    let right = nth * 7 % 10 < 7;
    let verdict = if right { Verdict::Right } else { Verdict::Wrong };
    let at = 1_793_955_600_000 + nth as i64 * 60_000;
    Event {
        id: Uuid::from_u128(nth as u128 + 1),
        effective_at: at,
        school_day: format!("2026-{:02}-{:02}", 1 + nth / 28 / 60 % 12, 1 + nth / 60 % 28),
        actor: Author::Student(Uuid::from_u128(1)),
        body: Body::Answered(Answered {
            presentation: Uuid::from_u128(1_000_000 + nth as u128),
            course: course.clone(),
            item: format!("item-{}", nth * 31 % 2000).into(),
            item_hash: curriculum::ItemHash("hash".into()),
            seed: nth as i64,
            part: PartId("a".into()),
            skills: vec![SkillId(format!("skill-{}", nth / 8 % SKILLS))],
            lesson: None,
            purpose: Purpose::Practice,
            mixed_set: None,
            response: Response::Text { text: "1".into() },
            judgement: Judgement { verdict, score: f64::from(u8::from(right)), message: None, misconception: None },
            grader_version: "1".into(),
            elapsed_ms: 30_000,
            options_shown: 0,
            pool: Pool::Practice,
            lang: Lang::en(),
            listened: false,
            supports: vec![],
            detour: None,
        }),
    }
}
