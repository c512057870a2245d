//! `tandem engine forecast`: simulated students work through a course, their plans say at several moments when each
//! lesson and skill will be met, and what came is compared with what was said.
//!
//! The students, their time and their questions are those of `tandem engine simulate`, under the product's policy; the
//! plans and forecasts are those that the server makes. Nothing of a student's truth is shown to them: met is what the
//! record calls open.

mod tally;
mod walk;

use crate::cli::{
    data::say,
    engine::simulate::{
        Room,
        clock::{WEEKDAYS, day_of_sitting},
        course_at,
    },
};
use anyhow::{Context, bail};
use clap::Args;
use curriculum::{Course, SkillId};
use engine::{
    plan::{
        Calendar, Day, Demand, Forecast, Ground, Pace, Plan, Request, Stretch, Target, Wishes, forecast, paces, solve,
    },
    record::{Author, SkillState},
};
use serde::Serialize;
use simulation::{Landscape, Mix, Model, NAMES, StartingLevel};
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode, sync::Arc};
use tally::{Case, Kind, Row, rows};
use uuid::Uuid;
use walk::{Walk, walk};

/// Lets simulated students learn and tells how often what was forecast came true.
#[derive(Args)]
pub struct Forecasts {
    /// A course: a folder in the plain-text format, or an OATutor tree.
    #[arg(long)]
    course: PathBuf,
    /// A population by its name; may be given several times, all when it is not.
    #[arg(long, value_parser = NAMES)]
    model: Vec<String>,
    /// Hours of lessons after which is forecast, three sittings of forty minutes a week; may be given several times.
    #[arg(long, default_values_t = [2.0, 5.0, 10.0])]
    after: Vec<f64>,
    /// Weeks of the term.
    #[arg(long, default_value_t = 14)]
    weeks: usize,
    /// Simulated students, a class.
    #[arg(long, default_value_t = 24)]
    students: usize,
    /// Decides who the students are and what chance brings them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    course: String,
    students: usize,
    weeks: usize,
    seed: u64,
    rows: Vec<Row>,
}

/// Sittings a week, and minutes of each.
const SITTINGS: usize = 3;
const MINUTES: u32 = 40;

impl Forecasts {
    /// Exit 1 when the course cannot be used.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let sittings = self.weeks * SITTINGS;
        let mut moments: Vec<usize> =
            self.after.iter().map(|hours| (hours * 60.0 / f64::from(MINUTES)).round() as usize).collect();
        moments.sort_unstable();
        moments.dedup();
        if self.students == 0 || self.weeks == 0 || self.weeks > 60 {
            bail!("at least one student, and 1 to 60 weeks");
        }
        if moments.iter().any(|moment| *moment == 0 || *moment >= sittings) {
            bail!("every moment of --after lies within the term, after the first sitting");
        }
        let course = course_at(&self.course)?;
        let names = if self.model.is_empty() { NAMES.map(str::to_owned).to_vec() } else { self.model.clone() };
        let mut all = Vec::new();
        for name in &names {
            let model = Model::named(name).with_context(|| format!("no model is called {name}"))?;
            all.extend(rows(name, &moments, &self.cases(&course, &model, &moments)));
        }
        let report = Report {
            course: course.id.to_string(),
            students: self.students,
            weeks: self.weeks,
            seed: self.seed,
            rows: all,
        };
        if self.json {
            say(serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Every forecast of a class with what came.
    fn cases(&self, course: &Course, model: &Model, moments: &[usize]) -> Vec<Case> {
        let room = Room::new(course);
        let landscape = Arc::new(Landscape::of(course));
        let walks = self.walks(&room, &landscape, model, moments);
        let ground = Ground::new(&room.facts);
        let wanted: Vec<Target> = ground
            .standards()
            .map(|standard| Target::Standard(standard.to_owned()))
            .chain(room.facts.lessons.iter().map(|lesson| Target::Lesson(lesson.id.clone())))
            .chain(room.facts.skills.iter().map(|skill| Target::Skill(skill.id.clone())))
            .collect();
        let mut cases = Vec::new();
        for (nth, moment) in moments.iter().enumerate() {
            let class: Vec<Vec<Stretch>> = walks.iter().map(|walk| walk.stretches(*moment)).collect();
            let demand = demand(*moment, self.weeks * SITTINGS);
            let at = Moment { room: &room, ground: &ground, demand: &demand, wanted: &wanted, seed: self.seed };
            for ((walk, pace), stretches) in walks.iter().zip(paces(&class)).zip(&class) {
                let skills = &walk.skills[nth];
                let said = at.said(skills, pace);
                let naive = at.said_naively(skills, stretches);
                let met = |target: &Target| walk.met(&target.places(&ground));
                cases.extend(said.iter().filter_map(|said| {
                    let naive = naive.iter().find(|other| other.target == said.target)?;
                    let kind = Kind::of(&said.target);
                    Some(Case {
                        moment: *moment,
                        kind,
                        said: said.clone(),
                        naive: naive.clone(),
                        met: met(&said.target),
                    })
                }));
            }
        }
        cases
    }

    fn walks(&self, room: &Room<'_>, landscape: &Arc<Landscape>, model: &Model, moments: &[usize]) -> Vec<Walk> {
        let models: BTreeMap<StartingLevel, Arc<Model>> =
            StartingLevel::ALL.map(|level| (level, Arc::new(level.of(model)))).into();
        let one = |nth: usize| {
            let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(nth as u64);
            let student = simulation::Student::new(&models[&Mix::Even.starting_level(nth)], landscape, seed);
            walk(room, student, seed, self.weeks * SITTINGS, moments)
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(self.students);
        let share = self.students.div_ceil(threads);
        std::thread::scope(|scope| {
            let ranges = (0..threads).map(|nth| nth * share..((nth + 1) * share).min(self.students));
            let work: Vec<_> = ranges.map(|range| scope.spawn(|| range.map(one).collect::<Vec<Walk>>())).collect();
            work.into_iter().flat_map(|work| work.join().expect("a student's time ends")).collect()
        })
    }
}

/// The rest of the term on the sittings' days, after so many of them.
fn demand(moment: usize, sittings: usize) -> Demand {
    let on = WEEKDAYS.iter().fold(0_u8, |on, day| on | 1_u8 << *day);
    let calendar = Calendar::on_days(day_of_sitting(moment - 1) + 1, day_of_sitting(sittings - 1), &[], on);
    Demand { minutes_per_week: MINUTES * SITTINGS as u32, calendar, time_factor: 1.0, ..Demand::default() }
}

/// A class at one moment.
struct Moment<'a> {
    room: &'a Room<'a>,
    ground: &'a Ground<'a>,
    demand: &'a Demand,
    wanted: &'a [Target],
    seed: u64,
}

impl Moment<'_> {
    fn planned<T>(
        &self,
        skills: &BTreeMap<SkillId, SkillState>,
        pace: Pace,
        use_it: impl FnOnce(&Request<'_>, &Plan) -> T,
    ) -> T {
        let wishes = Wishes::default();
        let student = Author::Student(Uuid::nil());
        let request = Request { student, skills, demand: self.demand, wishes: &wishes, pace, before: None };
        use_it(&request, &solve(self.ground, &self.room.parameters, &request))
    }

    /// As the product says it.
    fn said(&self, skills: &BTreeMap<SkillId, SkillState>, pace: Pace) -> Vec<Forecast> {
        self.planned(skills, pace, |request, plan| {
            forecast(self.ground, &self.room.parameters, request, plan, self.wanted, self.seed)
        })
    }

    /// As anybody would: at the student's own speed so far, a quarter quicker to a quarter slower, to the week.
    fn said_naively(&self, skills: &BTreeMap<SkillId, SkillState>, stretches: &[Stretch]) -> Vec<Forecast> {
        let minutes: f64 = stretches.iter().map(|one| one.minutes).sum();
        let done: f64 = stretches.iter().map(|one| one.done).sum();
        let own = if done > 0.0 { minutes / done } else { 1.0 };
        let weeks = |factor: f64| {
            self.planned(skills, Pace { own: own * factor, spread: 0.0 }, |_, plan| {
                plan.entries.iter().map(|entry| (entry.skill.clone(), entry.week)).collect::<BTreeMap<SkillId, Day>>()
            })
        };
        let (quick, likely, slow) = (weeks(0.75), weeks(1.0), weeks(1.25));
        let last = |target: &Target, weeks: &BTreeMap<SkillId, Day>, days: Day| {
            let facts = &self.ground.facts.skills;
            let open = target.places(self.ground).into_iter().filter(|place| {
                self.ground.has_items(*place) && !skills.get(&facts[*place].id).is_some_and(SkillState::opens)
            });
            open.map(|place| weeks.get(&facts[place].id).copied())
                .collect::<Option<Vec<Day>>>()?
                .into_iter()
                .max()
                .map(|day| day + days)
        };
        let one = |target: &Target| Forecast {
            target: target.clone(),
            from: last(target, &quick, 0),
            likely: last(target, &likely, 2),
            to: last(target, &slow, 4),
        };
        self.wanted.iter().map(one).collect()
    }
}

fn print(report: &Report) {
    say(format_args!(
        "{}: {} students, a term of {} weeks, seed {}",
        report.course, report.students, report.weeks, report.seed
    ));
    say("held: of 80 % ranges that begin within the term; width: school days, median; naive: own speed so far, +-25 %");
    say(format_args!(
        "{:<15}{:>6} {:<9}{:<9}{:>7}{:>7}{:>8}{:>7}{:>7}{:>9}{:>7}{:>13}",
        "model", "hours", "what", "ahead", "said", "held", "sooner", "later", "width", "naively", "width", "after term"
    ));
    for row in &report.rows {
        say(format_args!(
            "{:<15}{:>6} {:<9}{:<9}{:>7}{:>7.3}{:>8.3}{:>7.3}{:>7.0}{:>9.3}{:>7.0}{:>13}",
            row.model,
            row.hours.map_or("all".to_owned(), |hours| format!("{hours:.1}")),
            row.what,
            row.ahead,
            row.said,
            row.held,
            row.sooner,
            row.later,
            row.width_days,
            row.naive_held,
            row.naive_width_days,
            format!("{} of {}", row.after_term_right, row.after_term_said)
        ));
    }
}
