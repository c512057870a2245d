//! `tandem engine simulate`: simulated students learn a course under a policy, and under the same lessons for
//! everybody, for the same time with the same items and hints; what they truly know afterwards is compared.
//!
//! No HTTP and no store: the functions of the engine that the server calls, on records in memory. Figures of
//! engineering, never of children.

pub(super) mod clock;
mod desk;
mod measure;
mod policy;

pub(super) use desk::{Desk, Room};
pub(super) use policy::Policy;

use crate::{
    cli::{
        data::say,
        simulated::school::{oatutor_course, read_course},
    },
    library::course_files,
};
use anyhow::{Context, bail};
use clap::Args;
use curriculum::{Course, SkillId};
use engine::record::Purpose;
use measure::{Estimate, deviation, difference, mean};
use serde::Serialize;
use simulation::{Landscape, Mix, Model, NAMES, StartingLevel, Student};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// Lets simulated students learn under a policy and compares what they truly know with the same lessons for all.
#[derive(Args)]
pub struct Simulate {
    /// A course: a folder in the plain-text format, or an OATutor tree.
    #[arg(long)]
    course: PathBuf,
    /// Who decides what comes next; may be given several times, all four when it is not.
    #[arg(long)]
    policy: Vec<Policy>,
    /// A population by its name.
    #[arg(long, default_value = "mixed", value_parser = NAMES)]
    model: String,
    /// A population's parameters as JSON, instead of a name.
    #[arg(long)]
    model_file: Option<PathBuf>,
    /// Where the students begin: even, behind (more low), ahead (more high).
    #[arg(long, default_value = "even", value_parser = mix)]
    mix: Mix,
    /// Simulated students.
    #[arg(long, default_value_t = 60)]
    students: usize,
    /// Hours of each student, in three sittings of forty minutes a week.
    #[arg(long, default_value_t = 10.0)]
    hours: f64,
    /// Decides who the students are and what chance brings them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// What one student's time came to.
struct Outcome {
    starting_level: StartingLevel,
    post_test: f64,
    memory: f64,
    mastered: f64,
    ready: f64,
    ready_truly: f64,
    hours: f64,
    questions: f64,
    pre_test: f64,
    reviews: f64,
}

/// What a group came to.
#[derive(Serialize)]
struct Row {
    policy: Policy,
    /// None: all of them.
    starting_level: Option<StartingLevel>,
    students: usize,
    /// True knowledge the day after, beyond the linear group's, in its deviations.
    post_test_sd: Estimate,
    /// The same 90 days later.
    memory_sd: Estimate,
    /// Mean share of the course known, as it comes to mind on that day.
    post_test: f64,
    memory: f64,
    /// Skills truly known, of those with questions.
    mastered: f64,
    /// Skills that the record calls ready, and how many of these are truly known.
    ready: f64,
    ready_truly: f64,
    /// Hours at work.
    hours: f64,
    /// All of them, and those of the pre-test and of reviews among them.
    questions: f64,
    pre_test: f64,
    reviews: f64,
}

#[derive(Serialize)]
struct Report {
    course: String,
    skills: usize,
    model: String,
    mix: Mix,
    students: usize,
    hours: f64,
    seed: u64,
    linear_sd_post_test: f64,
    linear_sd_memory: f64,
    rows: Vec<Row>,
}

impl Simulate {
    /// Exit 1 when the course or the model cannot be used.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        if !(self.hours > 0.0 && self.hours <= 2_000.0) || self.students == 0 {
            bail!("at least one student, and hours above 0 up to 2000");
        }
        let model = match &self.model_file {
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
                Model::read(&text).with_context(|| path.display().to_string())?
            }
            None => Model::named(&self.model).with_context(|| format!("no model is called {}", self.model))?,
        };
        let course = course_at(&self.course)?;
        let report = self.compare(&course, &model);
        if self.json {
            say(serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn compare(&self, course: &Course, model: &Model) -> Report {
        let room = Room::new(course);
        let landscape = Arc::new(Landscape::of(course));
        let models: BTreeMap<StartingLevel, Arc<Model>> =
            StartingLevel::ALL.map(|level| (level, Arc::new(level.of(model)))).into();
        let class = Class { room: &room, landscape, models, mix: self.mix, hours: self.hours, seed: self.seed };
        let linear = class.learn(Policy::Linear, self.students);
        let wanted = if self.policy.is_empty() { Policy::ALL.to_vec() } else { self.policy.clone() };
        let post: Vec<f64> = linear.iter().map(|one| one.post_test).collect();
        let memory: Vec<f64> = linear.iter().map(|one| one.memory).collect();
        let deviations = (deviation(&post), deviation(&memory));
        let mut rows = Vec::new();
        for policy in wanted {
            let other = (policy != Policy::Linear).then(|| class.learn(policy, self.students));
            let ours = other.as_ref().unwrap_or(&linear);
            for level in std::iter::once(None).chain(StartingLevel::ALL.map(Some)) {
                rows.push(row(policy, level, ours, &linear, deviations, self.seed));
            }
        }
        Report {
            course: course.id.to_string(),
            skills: room.facts.skills.iter().filter(|skill| skill.items > 0).count(),
            model: model.version.clone(),
            mix: self.mix,
            students: self.students,
            hours: self.hours,
            seed: self.seed,
            linear_sd_post_test: deviations.0,
            linear_sd_memory: deviations.1,
            rows,
        }
    }
}

/// Reads a course: a folder in the plain-text format, or an OATutor tree.
pub(super) fn course_at(path: &Path) -> anyhow::Result<Course> {
    if path.join("coursePlans.json").exists() {
        return Ok(oatutor_course(path)?.course);
    }
    let files = course_files(path).with_context(|| path.display().to_string())?;
    match read_course(&files) {
        Ok(publication) => Ok(publication.course),
        Err(problems) => bail!("{}: {}", path.display(), problems.join("; ")),
    }
}

/// The same students, whatever the policy.
struct Class<'r> {
    room: &'r Room<'r>,
    landscape: Arc<Landscape>,
    models: BTreeMap<StartingLevel, Arc<Model>>,
    mix: Mix,
    hours: f64,
    seed: u64,
}

impl Class<'_> {
    fn learn(&self, policy: Policy, students: usize) -> Vec<Outcome> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(students);
        let share = students.div_ceil(threads);
        std::thread::scope(|scope| {
            let ranges = (0..threads).map(|nth| nth * share..((nth + 1) * share).min(students));
            let work = ranges.map(|range| scope.spawn(|| range.map(|nth| self.one(policy, nth)).collect::<Vec<_>>()));
            let work: Vec<_> = work.collect();
            work.into_iter().flat_map(|work| work.join().expect("a student's time ends")).collect()
        })
    }

    fn one(&self, policy: Policy, nth: usize) -> Outcome {
        let starting_level = self.mix.starting_level(nth);
        let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(nth as u64);
        let student = Student::new(&self.models[&starting_level], &self.landscape, seed);
        let mut desk = Desk::new(self.room, student, seed);
        let time_ms = (self.hours * 3_600_000.0) as i64;
        desk.name_time((time_ms as usize).div_ceil(clock::SITTING_MS as usize));
        policy.teach(&mut desk, time_ms);
        let skills: Vec<&SkillId> =
            self.room.facts.skills.iter().filter(|skill| skill.items > 0).map(|skill| &skill.id).collect();
        let knows = |at: i64| {
            let recalled: Vec<f64> = skills.iter().map(|skill| desk.student.recall(skill, at)).collect();
            mean(&recalled)
        };
        let asked = |purpose| desk.questions.get(&purpose).copied().unwrap_or(0) as f64;
        let ready = || desk.skills.iter().filter(|(_, state)| state.ready.is_some());
        Outcome {
            starting_level,
            post_test: knows(clock::after(self.hours, 1)),
            memory: knows(clock::after(self.hours, 91)),
            mastered: skills.iter().filter(|skill| desk.student.knows(skill)).count() as f64,
            ready: ready().count() as f64,
            ready_truly: ready().filter(|(skill, _)| desk.student.knows(skill)).count() as f64,
            hours: (desk.clock.gone_ms - desk.clock.idle_ms) as f64 / 3_600_000.0,
            questions: desk.questions.values().sum::<usize>() as f64,
            pre_test: asked(Purpose::Placement),
            reviews: asked(Purpose::Review),
        }
    }
}

fn row(
    policy: Policy,
    starting_level: Option<StartingLevel>,
    ours: &[Outcome],
    linear: &[Outcome],
    (sd_post, sd_memory): (f64, f64),
    seed: u64,
) -> Row {
    let of = |group: &[Outcome], figure: fn(&Outcome) -> f64| -> Vec<f64> {
        let here = group.iter().filter(|one| starting_level.is_none_or(|level| one.starting_level == level));
        here.map(figure).collect()
    };
    let average = |figure: fn(&Outcome) -> f64| mean(&of(ours, figure));
    let against = |figure: fn(&Outcome) -> f64, sd: f64| difference(&of(ours, figure), &of(linear, figure), sd, seed);
    Row {
        policy,
        starting_level,
        students: of(ours, |one| one.post_test).len(),
        post_test_sd: against(|one| one.post_test, sd_post),
        memory_sd: against(|one| one.memory, sd_memory),
        post_test: average(|one| one.post_test),
        memory: average(|one| one.memory),
        mastered: average(|one| one.mastered),
        ready: average(|one| one.ready),
        ready_truly: average(|one| one.ready_truly),
        hours: average(|one| one.hours),
        questions: average(|one| one.questions),
        pre_test: average(|one| one.pre_test),
        reviews: average(|one| one.reviews),
    }
}

fn mix(name: &str) -> Result<Mix, String> {
    let named = serde_json::from_value(serde_json::Value::String(name.to_owned()));
    named.map_err(|_| "one of even, behind, ahead".to_owned())
}

fn print(report: &Report) {
    say(format_args!(
        "{}: {} skills, model {}, mix {:?}, {} students, {} hours, seed {}",
        report.course, report.skills, report.model, report.mix, report.students, report.hours, report.seed
    ));
    say("SD: beyond the linear group, in its deviations, with 95 % intervals");
    say(format_args!(
        "{:<23}{:<8}{:>24}{:>24}{:>7}{:>8}{:>9}{:>13}{:>7}{:>14}",
        "policy",
        "start",
        "post-test SD",
        "90-day SD",
        "post",
        "90-day",
        "mastered",
        "ready/truly",
        "hours",
        "questions"
    ));
    for row in &report.rows {
        let level = row.starting_level.map_or("all".to_owned(), |level| format!("{level:?}").to_lowercase());
        let sd = |found: Estimate| format!("{:+.2} ({:+.2} to {:+.2})", found.value, found.low, found.high);
        say(format_args!(
            "{:<23}{:<8}{:>24}{:>24}{:>7.3}{:>8.3}{:>9.1}{:>13}{:>7.1}{:>14}",
            row.policy.name(),
            level,
            sd(row.post_test_sd),
            sd(row.memory_sd),
            row.post_test,
            row.memory,
            row.mastered,
            format!("{:.1}/{:.1}", row.ready, row.ready_truly),
            row.hours,
            format!("{:.0} {:.0}+{:.0}", row.questions, row.pre_test, row.reviews)
        ));
    }
}
