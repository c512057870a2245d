//! `tandem trial`: simulated students place, learn and go on through a whole course for a simulated month, in a real
//! store under the real rules. Everything that a student is shown is checked against the course and against what the
//! students truly know, by code that shares nothing with the rules it checks.

mod witness;

use crate::{
    app::clock,
    cli::{
        data::say,
        simulated::{
            direct::Direct,
            names::names,
            school::{ClassMade, School, oatutor_course, oatutor_nearby, read_course, starter_course},
            walk::Walk,
        },
    },
    config::Settings,
    library::{Publication, course_files},
};
use anyhow::{Context, bail};
use clap::Args;
use curriculum::Course;
use engine::{
    plan::day_of,
    record::{AskReason, Author, Body, PlanAsked, PlanChange},
};
use serde::Serialize;
use simulation::{Chance, Knowledge, Landscape, Model, Student};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use store::Person;
use uuid::Uuid;
use witness::{Findings, Witness};

/// Lets simulated students learn for a month and checks everything they are shown.
#[derive(Args)]
pub struct Trial {
    /// A course in the plain-text format.
    #[arg(long, conflicts_with = "oatutor")]
    course: Option<PathBuf>,
    /// An OATutor tree; the one beside the project when neither is named, else the course that ships.
    #[arg(long)]
    oatutor: Option<PathBuf>,
    /// Simulated students.
    #[arg(long, default_value_t = 30)]
    students: usize,
    /// Days; there is school on weekdays.
    #[arg(long, default_value_t = 30)]
    days: i64,
    /// Questions a school day at most.
    #[arg(long, default_value_t = 20)]
    questions: usize,
    /// Minutes a school day that the teacher says there are for the course, until the last day; nothing is said without.
    #[arg(long)]
    minutes_a_day: Option<u32>,
    /// Decides who the students are.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The simulated students' parameters, as JSON.
    #[arg(long)]
    model_file: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// A Monday in autumn, 10:05 in the school's zone.
const BEGIN_MS: i64 = 1_788_775_500_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const PERIOD_MS: i64 = 50 * 60 * 1000;

/// What has to hold.
const READY_MEDIAN_MIN: usize = 20;
const TRULY_KNOWN_MIN: f64 = 0.85;

/// What one student's month came to.
struct Month {
    findings: Findings,
    knowledge: Knowledge,
    questions: usize,
    ready: usize,
    ready_truly: usize,
    lasting: usize,
    placed: usize,
    placed_truly: usize,
    pre_test_questions: usize,
    known_first: usize,
    known_last: usize,
}

/// How the pre-test did with students of one kind.
#[derive(Default, Serialize)]
struct PlacedShare {
    students: usize,
    placed: usize,
    truly_known: f64,
    /// Share of what was truly known that was placed as known.
    found: f64,
}

#[derive(Serialize)]
struct Report {
    course: String,
    skills: usize,
    students: usize,
    school_days: usize,
    seed: u64,
    questions: usize,
    requests: u64,
    too_few_offers: u64,
    done_for_today: u64,
    dishonestly_done: u64,
    repeated_items: u64,
    unmet_needs: u64,
    examples: Vec<String>,
    pre_test_questions_mean: f64,
    median_ready: usize,
    ready: Vec<usize>,
    ready_truly_known: f64,
    median_lasting: usize,
    placed_known: usize,
    placed_truly_known: f64,
    placed_by_knowledge: BTreeMap<Knowledge, PlacedShare>,
    known_first_mean: f64,
    known_last_mean: f64,
    passed: bool,
    missed: Vec<String>,
    seconds: f64,
}

impl Trial {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let began = std::time::Instant::now();
        let folder = tempfile::tempdir().context("a temporary folder cannot be made")?;
        let publication = self.publication()?;
        let course = publication.course.clone();
        let since = BEGIN_MS - DAY_MS;
        let school = School::make(Settings::in_folder(folder.path()), "Trial", "UTC", since).await?;
        school.publish(publication, since).await?;
        let teacher = school.add_adult("teacher", "Trial", "Teacher", since).await?;
        let people = names(self.students, 0);
        let class = school.add_class("Trial", Some(&course), &teacher, &people, &mut BTreeSet::new(), since).await?;
        let report = self.month(Arc::new(school), Arc::new(class), Arc::new(course), began).await?;
        self.tell(&report)?;
        Ok(if report.passed { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn publication(&self) -> anyhow::Result<Publication> {
        let usable = |read: Result<Publication, Vec<String>>| match read {
            Ok(publication) => Ok(publication),
            Err(wrong) => bail!("the course cannot be used:\n{}", wrong.join("\n")),
        };
        match (&self.course, self.oatutor.clone().or_else(oatutor_nearby)) {
            (Some(folder), _) => usable(read_course(&course_files(folder)?)),
            (None, Some(path)) => oatutor_course(&path),
            (None, None) => usable(starter_course()),
        }
    }

    async fn month(
        &self,
        school: Arc<School>,
        class: Arc<ClassMade>,
        course: Arc<Course>,
        began: std::time::Instant,
    ) -> anyhow::Result<Report> {
        let model = Arc::new(match &self.model_file {
            Some(path) => Model::read(&std::fs::read_to_string(path)?)?,
            None => Model::default(),
        });
        let landscape = Arc::new(Landscape::of(&course));
        let days: Arc<Vec<i64>> =
            Arc::new((0..self.days).filter(|day| day % 7 < 5).map(|day| BEGIN_MS + day * DAY_MS).collect());
        let mut tasks = Vec::new();
        for (nth, person) in class.students.iter().enumerate() {
            let seed = self.seed.wrapping_mul(10_000).wrapping_add(nth as u64);
            let student = Student::new(&model, &landscape, seed);
            let (school, class, course, days) = (school.clone(), class.clone(), course.clone(), days.clone());
            let (person, questions, time) = (person.clone(), self.questions, self.time(&days));
            tasks.push(tokio::spawn(async move {
                one_month(&school, &class, &course, &days, &person, student, seed, questions, time).await
            }));
        }
        let mut months = Vec::new();
        for (nth, task) in tasks.into_iter().enumerate() {
            months.push(task.await??);
            if !self.json {
                eprintln!("tandem trial: {} of {} students", nth + 1, self.students);
            }
        }
        Ok(self.report(&course, days.len(), &months, began))
    }

    /// What the teacher says of the time there is, if anything.
    fn time(&self, days: &[i64]) -> Option<PlanChange> {
        let until = day_of(&clock::school_day(*days.last()?, "UTC"))?;
        let minutes_per_week = self.minutes_a_day?.saturating_mul(5);
        Some(PlanChange::Time { minutes_per_week, until, away: Vec::new(), on: 0 })
    }

    fn report(&self, course: &Course, school_days: usize, months: &[Month], began: std::time::Instant) -> Report {
        let mut findings = Findings::default();
        months.iter().for_each(|month| findings.add(&month.findings));
        let median = |of: &dyn Fn(&Month) -> usize| {
            let mut all: Vec<usize> = months.iter().map(of).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied().unwrap_or(0)
        };
        let sum = |of: &dyn Fn(&Month) -> usize| months.iter().map(of).sum::<usize>();
        let mean = |of: &dyn Fn(&Month) -> usize| sum(of) as f64 / months.len().max(1) as f64;
        let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
        let median_ready = median(&|month| month.ready);
        let placed_truly_known = share(sum(&|month| month.placed_truly), sum(&|month| month.placed));
        let mut missed = Vec::new();
        let mut must = |holds: bool, what: String| missed.extend((!holds).then_some(what));
        must(findings.too_few_offers == 0, format!("{} requests with fewer than two offers", findings.too_few_offers));
        must(
            findings.dishonestly_done == 0,
            format!("{} times done for today, and again on the next day", findings.dishonestly_done),
        );
        must(findings.repeated_items == 0, format!("{} items more than twice in ten", findings.repeated_items));
        must(findings.unmet_needs == 0, format!("{} lessons offered with an unmet need", findings.unmet_needs));
        // A small course has not so many.
        let wanted = READY_MEDIAN_MIN.min(course.skills.len() / 2);
        must(median_ready >= wanted, format!("median {median_ready} skills made ready, {wanted} are wanted"));
        must(placed_truly_known >= TRULY_KNOWN_MIN, format!("{placed_truly_known:.3} of the placed are truly known"));
        Report {
            course: course.id.0.clone(),
            skills: course.skills.len(),
            students: months.len(),
            school_days,
            seed: self.seed,
            questions: sum(&|month| month.questions),
            requests: findings.requests,
            too_few_offers: findings.too_few_offers,
            done_for_today: findings.done_for_today,
            dishonestly_done: findings.dishonestly_done,
            repeated_items: findings.repeated_items,
            unmet_needs: findings.unmet_needs,
            examples: findings.examples,
            pre_test_questions_mean: mean(&|month| month.pre_test_questions),
            median_ready,
            ready: months.iter().map(|month| month.ready).collect(),
            ready_truly_known: share(sum(&|month| month.ready_truly), sum(&|month| month.ready)),
            median_lasting: median(&|month| month.lasting),
            placed_known: sum(&|month| month.placed),
            placed_truly_known,
            placed_by_knowledge: by_knowledge(months),
            known_first_mean: mean(&|month| month.known_first),
            known_last_mean: mean(&|month| month.known_last),
            passed: missed.is_empty(),
            missed,
            seconds: began.elapsed().as_secs_f64(),
        }
    }

    fn tell(&self, report: &Report) -> anyhow::Result<()> {
        if self.json {
            say(serde_json::to_string(report)?);
            return Ok(());
        }
        say(format!(
            "{}: {} students, {} school days, {} questions, {} requests checked, {:.0} s",
            report.course, report.students, report.school_days, report.questions, report.requests, report.seconds
        ));
        let lines = [
            ("requests with fewer than two offers and no word of being done", report.too_few_offers),
            ("requests that said done for today", report.done_for_today),
            ("  and had nothing on the next day either", report.dishonestly_done),
            ("items more than twice in ten presentations", report.repeated_items),
            ("lessons offered with an unmet needed prerequisite", report.unmet_needs),
        ];
        for (what, count) in lines {
            say(format!("  {count:>6}  {what}"));
        }
        say(format!("  {:>6}  skills made ready by the median student", report.median_ready));
        say(format!("  {:>6.3}  of them truly known", report.ready_truly_known));
        say(format!("  {:>6}  skills lasting, median", report.median_lasting));
        say(format!("  {:>6}  skills placed as known", report.placed_known));
        say(format!("  {:>6.3}  of them truly known", report.placed_truly_known));
        for (kind, share) in &report.placed_by_knowledge {
            let (truly, found) = (share.truly_known, share.found);
            let line = format!(
                "{truly:>6.3}  with {} {kind:?} students, of whose knowledge it found {found:.2}",
                share.students
            );
            say(format!("    {}", line.to_lowercase()));
        }
        say(format!("  {:>6.1}  questions in the pre-test, on average", report.pre_test_questions_mean));
        say(format!(
            "  {:>6.1}  skills truly known at first, {:.1} at the end",
            report.known_first_mean, report.known_last_mean
        ));
        report.examples.iter().for_each(|example| say(format!("  for example: {example}")));
        report.missed.iter().for_each(|missed| say(format!("missed: {missed}")));
        say(if report.passed { "passed" } else { "not passed" });
        Ok(())
    }
}

fn by_knowledge(months: &[Month]) -> BTreeMap<Knowledge, PlacedShare> {
    let mut sums: BTreeMap<Knowledge, [usize; 4]> = BTreeMap::new();
    for month in months {
        let sum = sums.entry(month.knowledge).or_default();
        let of = [1, month.placed, month.placed_truly, month.known_first];
        sum.iter_mut().zip(of).for_each(|(sum, of)| *sum += of);
    }
    let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
    sums.into_iter()
        .map(|(kind, [students, placed, truly, known])| {
            (kind, PlacedShare { students, placed, truly_known: share(truly, placed), found: share(truly, known) })
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "one student's month, spelled out once")]
async fn one_month(
    school: &School,
    class: &ClassMade,
    course: &Arc<Course>,
    days: &[i64],
    person: &Person,
    student: Student,
    seed: u64,
    questions: usize,
    time: Option<PlanChange>,
) -> anyhow::Result<Month> {
    let first = days.first().copied().unwrap_or_else(clock::now);
    let learner = school.learner(class, person, first).await?;
    let (known_first, knowledge) = (student.known(), student.traits.knowledge);
    let mut direct = Direct::new(school.app.clone(), learner);
    if let Some(change) = time {
        let asked = PlanAsked { course: course.id.clone(), ask: Uuid::now_v7(), change, reason: AskReason::NotSaid };
        direct.told(Author::Teacher(class.teacher.id.0), Body::PlanAsked(asked)).await?;
    }
    let witness = Witness::new(direct, course.clone());
    let mut walk = Walk::new(witness, student, seed);
    let mut chance = Chance::named(seed, "days");
    let mut placed = (0, 0, 0);
    for (nth, begins) in days.iter().enumerate() {
        walk.way.begin_day(*begins + (chance.unit() * 60_000.0) as i64);
        if nth == 0 {
            walk.place().await?;
            let state = walk.way.state().await?;
            let known = state.skills.iter().filter(|(_, skill)| skill.is_placed_known());
            let known: Vec<_> = known.map(|(id, _)| walk.student.knows(id)).collect();
            placed = (known.len(), known.iter().filter(|truly| **truly).count(), walk.questions);
            continue;
        }
        if chance.happens(0.05) {
            continue;
        }
        walk.sit(*begins + PERIOD_MS, questions).await?;
    }
    let state = walk.way.state().await?;
    let ready: Vec<_> = state.skills.iter().filter(|(_, skill)| skill.ready.is_some()).collect();
    Ok(Month {
        knowledge,
        questions: walk.questions,
        ready: ready.len(),
        ready_truly: ready.iter().filter(|(id, _)| walk.student.knows(id)).count(),
        lasting: state.skills.values().filter(|skill| skill.lasting.is_some()).count(),
        placed: placed.0,
        placed_truly: placed.1,
        pre_test_questions: placed.2,
        known_first,
        known_last: walk.student.known(),
        findings: walk.way.findings,
    })
}
