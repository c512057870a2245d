//! `tandem engine plan`: how long it takes to plan a class again, on a course made for it.

use crate::cli::data::say;
use anyhow::bail;
use clap::Args;
use curriculum::{Course, Edge, EdgeKind, Interaction, Item, Lang, Lesson, Part, Question, Skill, SkillId, Text, Unit};
use engine::{
    CourseFacts, Parameters,
    plan::{Calendar, Demand, Ground, Pace, Plan, Request, Wishes, solve},
    record::{Author, SkillState},
};
use serde::Serialize;
use simulation::Chance;
use std::{
    collections::BTreeMap,
    process::ExitCode,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Plans a class again and again and tells how long it took.
#[derive(Args)]
pub struct PlanAgain {
    /// Students of the class.
    #[arg(long, default_value_t = 30)]
    students: usize,
    /// Skills of the course.
    #[arg(long, default_value_t = 500)]
    skills: usize,
    /// How often; the median is told.
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// Decides the course and what is known of it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    students: usize,
    skills: usize,
    entries_mean: f64,
    /// The whole class planned for the first time, and again after one more skill is ready, one core.
    first_ms: f64,
    again_ms: f64,
}

impl PlanAgain {
    /// Always exit 0, once the numbers make sense.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        if self.students == 0 || self.rounds == 0 || self.skills == 0 || self.skills > 20_000 {
            bail!("at least one student, one round and one skill, and at most 20000 skills");
        }
        let mut chance = Chance::new(self.seed);
        let course = course(self.skills, &mut chance);
        let facts = CourseFacts::new(&course);
        let ground = Ground::new(&facts);
        let parameters = Parameters::default();
        let mut class: Vec<BTreeMap<SkillId, SkillState>> =
            (0..self.students).map(|_| known(&facts, &mut chance)).collect();
        let demand = Demand {
            minutes_per_week: 400,
            calendar: Calendar::new(20_703, 20_703 + 280, &[]),
            time_factor: 1.0,
            ..Demand::default()
        };
        let wishes = Wishes::default();
        let plan = |skills: &BTreeMap<SkillId, SkillState>, before: Option<&Plan>| {
            let student = Author::Student(Uuid::nil());
            let pace = Pace::default();
            let request = Request { student, skills, demand: &demand, wishes: &wishes, pace, before };
            solve(&ground, &parameters, &request)
        };
        let (first, plans) = timed(self.rounds, || class.iter().map(|one| plan(one, None)).collect::<Vec<Plan>>());
        for (one, plan) in class.iter_mut().zip(&plans) {
            if let Some(entry) = plan.entries.first() {
                one.insert(entry.skill.clone(), placed());
            }
        }
        let again = || class.iter().zip(&plans).map(|(one, before)| plan(one, Some(before))).collect::<Vec<Plan>>();
        let (again, plans) = timed(self.rounds, again);
        let report = Report {
            students: self.students,
            skills: self.skills,
            entries_mean: plans.iter().map(|plan| plan.entries.len()).sum::<usize>() as f64 / plans.len() as f64,
            first_ms: first.as_secs_f64() * 1_000.0,
            again_ms: again.as_secs_f64() * 1_000.0,
        };
        if self.json {
            say(serde_json::to_string(&report)?);
        } else {
            say(format_args!(
                "{} students x {} skills, {:.0} entries each: planned in {:.1} ms, planned again in {:.1} ms (one core)",
                report.students, report.skills, report.entries_mean, report.first_ms, report.again_ms
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The median time of some rounds, and what the last gave.
fn timed<T>(rounds: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut once = || {
        let begun = Instant::now();
        let made = work();
        (begun.elapsed(), made)
    };
    let (first, mut made) = once();
    let mut times = vec![first];
    for _ in 1..rounds {
        let (time, next) = once();
        times.push(time);
        made = next;
    }
    times.sort();
    (times[times.len() / 2], made)
}

/// Four skills a lesson, each needing up to two earlier ones, a standard for every three.
fn course(count: usize, chance: &mut Chance) -> Course {
    let id = |nth: usize| SkillId(format!("skill-{nth:05}"));
    let skills: Vec<Skill> = (0..count)
        .map(|nth| {
            let mut below: Vec<usize> = (0..2).map(|_| nth.saturating_sub(1 + chance.below(20))).collect();
            below.dedup();
            let edge = |place: usize| Edge { skill: id(place), kind: EdgeKind::Needed, strength: 0.5 };
            Skill {
                id: id(nth),
                code: String::new(),
                name: Text::en("A skill"),
                can: Text::default(),
                standards: vec![format!("standard-{}", nth / 3)],
                rests_on: below.into_iter().filter(|place| *place < nth).map(edge).collect(),
                hub: false,
            }
        })
        .collect();
    let lesson = |(nth, skills): (usize, &[Skill])| Lesson {
        id: format!("lesson-{nth}").into(),
        title: Text::en("A lesson"),
        skills: skills.iter().map(|skill| skill.id.clone()).collect(),
        activities: Vec::new(),
    };
    let lessons = skills.chunks(4).enumerate().map(lesson).collect();
    Course {
        id: "made".into(),
        title: Text::en("A course"),
        languages: vec![Lang::en()],
        attribution: Vec::new(),
        units: vec![Unit { id: "unit".into(), title: Text::en("A unit"), lessons }],
        misconceptions: BTreeMap::new(),
        items: skills.iter().map(item).map(|item| (item.id.clone(), item)).collect(),
        skills,
        aliases: BTreeMap::new(),
    }
}

fn item(skill: &Skill) -> Item {
    let interaction = Interaction::ShortText { accepted: vec![Text::en("yes")] };
    let part = Part {
        id: "a".into(),
        skills: vec![skill.id.clone()],
        question: Question { prompt: Text::en("Ready?"), interaction },
        hints: Vec::new(),
        buggy: Vec::new(),
        solution: Text::default(),
    };
    Item {
        id: format!("{}-item", skill.id).into(),
        title: Text::default(),
        stem: Text::default(),
        parts: vec![part],
        depth: Default::default(),
        pool: Default::default(),
        parameters: Vec::new(),
        conditions: Vec::new(),
        figures: Vec::new(),
        attribution: None,
    }
}

/// A third of the skills known, a third begun.
fn known(facts: &CourseFacts, chance: &mut Chance) -> BTreeMap<SkillId, SkillState> {
    let mut states = BTreeMap::new();
    for skill in &facts.skills {
        match chance.below(3) {
            0 => drop(states.insert(skill.id.clone(), placed())),
            1 => drop(states.insert(skill.id.clone(), SkillState { p: chance.unit(), ..SkillState::default() })),
            _ => {}
        }
    }
    states
}

fn placed() -> SkillState {
    let placed = engine::record::PlacedAt { p0: 0.95, known: true, day: "2026-09-07".to_owned() };
    SkillState { p: 0.95, placed: Some(placed), ..SkillState::default() }
}
