//! `tandem load`: many students answer through HTTP at once, against a server of their own in another process, while
//! teachers watch; what was acknowledged is compared with the record afterwards, also across a kill.

mod dashboard;
mod process;
mod students;

use crate::{
    app::clock,
    cli::{
        data::say,
        simulated::{
            direct::failed,
            school::{Card, ClassMade, School, oatutor_course, oatutor_nearby, starter_course},
        },
    },
    config::Settings,
    identity::hash_password,
    library::Publication,
};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use curriculum::{Course, ItemId, KeyedItem, Lang, PartId, Pool, SkillId};
use process::{Cpu, Process};
use serde::Serialize;
use simulation::{Aim, Chance, answer};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use students::{Acknowledged, Tally};
use uuid::Uuid;

/// Lets many students answer at once and measures it.
#[derive(Args)]
pub struct Load {
    /// Students, in classes of thirty.
    #[arg(long, default_value_t = 300)]
    students: usize,
    /// How long they answer.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Seconds between a student's answers; without it they do not pause.
    #[arg(long)]
    pace: Option<f64>,
    /// Teachers' screens that are open.
    #[arg(long, default_value_t = 1)]
    dashboards: usize,
    /// Kill the server (kill -9) after so many seconds and start it again.
    #[arg(long)]
    kill_after: Option<u64>,
    /// The database.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// PostgreSQL's address; a throw-away cluster when none is named.
    #[arg(long, env = "TANDEM_DATABASE_URL")]
    database_url: Option<String>,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

/// What everybody who takes part knows.
pub struct Plan {
    pub address: String,
    pub classes: Vec<(ClassMade, Vec<Card>)>,
    pub skills: Vec<SkillId>,
    pub answers: BTreeMap<ItemId, Vec<PartAnswers>>,
    pub pace: Option<Duration>,
}

/// A right and a wrong answer to one part, as JSON.
pub struct PartAnswers {
    pub part: PartId,
    pub right: String,
    pub wrong: String,
}

#[derive(Serialize)]
struct Report {
    students: usize,
    seconds: f64,
    database: &'static str,
    answers_per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    next_p50_ms: f64,
    next_p99_ms: f64,
    sign_in_seconds: f64,
    sign_in_p99_ms: f64,
    sign_ins_meanwhile: usize,
    sign_in_meanwhile_p99_ms: Option<f64>,
    errors: u64,
    answer_to_screen_p50_ms: Option<f64>,
    answer_to_screen_p95_ms: Option<f64>,
    answers_seen_on_screen: usize,
    acknowledged: usize,
    sent_again: u64,
    lost: usize,
    doubled: usize,
    peak_rss_mb: f64,
    server_cpu_seconds: f64,
    generator_cpu_share: f64,
    restart_ms: Option<f64>,
    first_error: Option<String>,
}

const ADMIN_PASSWORD: &str = "for-a-load-test-only";
const CLASS_SIZE: usize = 30;
/// While a class answers at its pace, as many sign in once more within this time.
const SIGN_INS_WITHIN: Duration = Duration::from_secs(120);

impl Load {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let folder = tempfile::tempdir().context("a temporary folder cannot be made")?;
        let cluster = self.cluster()?;
        let mut settings = Settings::in_folder(folder.path());
        settings.database_url = cluster.as_ref().map(|cluster| cluster.url.clone());
        let (mut plan, admin) = self.prepare(settings.clone()).await?;
        let mut process = Process::start(&settings, None).await?;
        plan.address = process.url();
        let plan = Arc::new(plan);
        let report = self.measure(&plan, &admin, &mut process, &settings).await;
        process.stop().await;
        let report = report?;
        self.tell(&report)?;
        let well = report.lost == 0 && report.doubled == 0 && report.errors == 0;
        Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn cluster(&self) -> anyhow::Result<Option<process::Database>> {
        match (self.database, &self.database_url) {
            (Database::Sqlite, _) => Ok(None),
            (Database::Postgres, Some(url)) => Ok(Some(process::Database::named(url))),
            (Database::Postgres, None) => process::Database::throwaway().map(Some),
        }
    }

    /// Makes the school in this process, before the server has it.
    async fn prepare(&self, settings: Settings) -> anyhow::Result<(Plan, String)> {
        let publication: Publication = match (oatutor_nearby(), starter_course()) {
            (Some(path), _) => oatutor_course(&path)?,
            (None, Ok(starter)) => starter,
            (None, Err(wrong)) => bail!("there is no course to answer: {}", wrong.join("; ")),
        };
        let course = publication.course.clone();
        let since = clock::now() - 60_000;
        let school = School::make(settings, "Load", "UTC", since).await?;
        school.publish(publication, since).await?;
        let teacher = school.add_adult("teacher", "Load", "Teacher", since).await?;
        let admin = school.add_adult("admin", "Load", "Admin", since).await?;
        let hash = hash_password(&school.app, ADMIN_PASSWORD.to_owned()).await.map_err(failed)?;
        let (tenant, id) = (school.tenant, admin.id);
        school
            .app
            .store
            .write(move |tx| Box::pin(async move { tx.set_password_hash(tenant, id, Some(&hash)).await }))
            .await?;
        let mut taken = BTreeSet::new();
        let mut classes = Vec::new();
        for nth in 0..self.students.div_ceil(CLASS_SIZE) {
            let count = CLASS_SIZE.min(self.students - nth * CLASS_SIZE);
            let students: Vec<_> =
                (0..count).map(|at| (format!("student{}", nth * CLASS_SIZE + at), String::new())).collect();
            let name = format!("Class {nth}");
            let class = school.add_class(&name, Some(&course), &teacher, &students, &mut taken, since).await?;
            let cards = class.students.iter().map(|person| school.card(person)).collect();
            classes.push((class, cards));
        }
        let plan = Plan {
            address: String::new(),
            classes,
            skills: well_supplied(&course),
            answers: answers(&course),
            pace: self.pace.map(Duration::from_secs_f64),
        };
        Ok((plan, admin.email.unwrap_or_default()))
    }

    async fn measure(
        &self,
        plan: &Arc<Plan>,
        admin: &str,
        process: &mut Process,
        settings: &Settings,
    ) -> anyhow::Result<Report> {
        let began = Instant::now();
        let (signed_in, sign_in_times) = students::sign_in(plan).await?;
        let sign_in_seconds = began.elapsed().as_secs_f64();
        let office = dashboard::Office::sign_in(&plan.address, admin, ADMIN_PASSWORD).await?;
        let seen = Arc::new(Mutex::new(dashboard::Screens::default()));
        let mut screens = Vec::new();
        for nth in 0..self.dashboards {
            let class = plan.classes[nth % plan.classes.len()].0.row.id;
            let measures = nth < plan.classes.len();
            screens.push(tokio::spawn(dashboard::watch(office.clone(), class, measures.then(|| seen.clone()))));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let (own, theirs) = (Cpu::of_self(), process.cpu());
        let (began, until) = (Instant::now(), Instant::now() + Duration::from_secs(self.seconds));
        let tasks: Vec<_> = signed_in
            .into_iter()
            .map(|student| tokio::spawn(students::answer(student, plan.clone(), seen.clone(), until)))
            .collect();
        // Nobody signs in again in a run without pause, or while the server is away.
        let meanwhile = (self.pace.is_some() && self.kill_after.is_none()).then(|| {
            let window = SIGN_INS_WITHIN.min(Duration::from_secs(self.seconds));
            tokio::spawn(students::sign_in_meanwhile(plan.clone(), window))
        });
        let restart_ms = match self.kill_after {
            Some(after) => Some(self.kill(process, settings, after).await?),
            None => None,
        };
        let mut tally = Tally::default();
        for task in tasks {
            tally.add(task.await?);
        }
        let mut meanwhile = match meanwhile {
            Some(task) => task.await??,
            None => Vec::new(),
        };
        let seconds = began.elapsed().as_secs_f64();
        let (own, theirs) = (Cpu::of_self().since(own), process.cpu() - theirs + process.cpu_before_kill);
        // The last answers have a moment to reach the screens.
        tokio::time::sleep(Duration::from_secs(1)).await;
        screens.iter().for_each(tokio::task::JoinHandle::abort);
        let (lost, doubled) = compare(&office, &tally.acknowledged).await?;
        let mut on_screen = seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).delays_ms.clone();
        let share = |times: &mut Vec<f64>, share: f64| percentile(times, share);
        let mut sign_in_times = sign_in_times;
        Ok(Report {
            students: self.students,
            seconds,
            database: if self.database == Database::Sqlite { "sqlite" } else { "postgres" },
            answers_per_second: tally.acknowledged.len() as f64 / seconds,
            p50_ms: share(&mut tally.answer_ms, 0.50),
            p99_ms: share(&mut tally.answer_ms, 0.99),
            next_p50_ms: share(&mut tally.next_ms, 0.50),
            next_p99_ms: share(&mut tally.next_ms, 0.99),
            sign_in_seconds,
            sign_in_p99_ms: share(&mut sign_in_times, 0.99),
            sign_ins_meanwhile: meanwhile.len(),
            sign_in_meanwhile_p99_ms: (!meanwhile.is_empty()).then(|| share(&mut meanwhile, 0.99)),
            errors: tally.errors,
            answer_to_screen_p50_ms: (!on_screen.is_empty()).then(|| share(&mut on_screen, 0.50)),
            answer_to_screen_p95_ms: (!on_screen.is_empty()).then(|| share(&mut on_screen, 0.95)),
            answers_seen_on_screen: on_screen.len(),
            acknowledged: tally.acknowledged.len(),
            sent_again: tally.sent_again,
            lost,
            doubled,
            peak_rss_mb: process.peak_rss_mb(),
            server_cpu_seconds: theirs,
            generator_cpu_share: own / (own + theirs).max(1e-9),
            restart_ms,
            first_error: tally.first_error,
        })
    }

    /// Kills the server in mid-write and starts it again on the same address and data; how long until it answers.
    async fn kill(&self, process: &mut Process, settings: &Settings, after: u64) -> anyhow::Result<f64> {
        tokio::time::sleep(Duration::from_secs(after)).await;
        let address = process.address;
        let before = process.kill().await?;
        let began = Instant::now();
        let fresh = Process::start(settings, Some(address)).await?;
        let restart_ms = began.elapsed().as_secs_f64() * 1000.0;
        *process = fresh;
        (process.cpu_before_kill, process.rss_before_kill_mb) = before;
        Ok(restart_ms)
    }

    fn tell(&self, report: &Report) -> anyhow::Result<()> {
        let value = serde_json::to_value(report)?;
        if self.json {
            say(value);
        } else {
            for (name, value) in value.as_object().into_iter().flatten() {
                say(format!("{name:<26} {value}"));
            }
        }
        Ok(())
    }
}

/// Skills with enough questions for a while, so that nobody runs dry.
fn well_supplied(course: &Course) -> Vec<SkillId> {
    let mut counts: BTreeMap<&SkillId, usize> = BTreeMap::new();
    for item in course.items.values().filter(|item| item.pool != Pool::Check) {
        for skill in item.parts.iter().flat_map(|part| &part.skills) {
            *counts.entry(skill).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 4).map(|(skill, _)| skill.clone()).collect()
}

/// Right and wrong answers by item, made before the clock runs. Templates are answered as their first variant is.
fn answers(course: &Course) -> BTreeMap<ItemId, Vec<PartAnswers>> {
    let lang = Lang::en();
    let json = |part: &curriculum::Part, aim: &Aim, chance: &mut Chance| {
        serde_json::to_string(&answer(part, &lang, aim, chance)).unwrap_or_default()
    };
    let of = |item: &curriculum::Item| {
        let keyed = KeyedItem::new(item, 1, lang.clone()).ok()?;
        let mut chance = Chance::named(1, item.id.as_str());
        let parts = keyed.item.parts.iter().map(|part| PartAnswers {
            part: part.id.clone(),
            right: json(part, &Aim::Right, &mut chance),
            wrong: json(part, &Aim::Wrong, &mut chance),
        });
        Some((item.id.clone(), parts.collect()))
    };
    course.items.values().filter_map(of).collect()
}

/// How many acknowledged events are not in the record, and how many stand there twice.
async fn compare(office: &dashboard::Office, acknowledged: &[Acknowledged]) -> anyhow::Result<(usize, usize)> {
    let mut by_student: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for event in acknowledged {
        by_student.entry(event.student).or_default().push(event.event);
    }
    let (mut lost, mut doubled) = (0, 0);
    for (student, events) in by_student {
        let mut stored: BTreeMap<Uuid, usize> = BTreeMap::new();
        for id in office.events_of(student).await? {
            *stored.entry(id).or_default() += 1;
        }
        lost += events.iter().filter(|id| !stored.contains_key(id)).count();
        doubled += stored.values().filter(|times| **times > 1).count();
    }
    Ok((lost, doubled))
}

fn percentile(times: &mut [f64], share: f64) -> f64 {
    if times.is_empty() {
        return 0.0;
    }
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share).round() as usize]
}
