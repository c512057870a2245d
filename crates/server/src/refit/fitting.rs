//! The job that finds a candidate: read the record of those who are learnt from, fit, then let the held-out students
//! compare. Memory is bounded by the answers read, and no unit of work is open while anything is computed.

use super::rules::Amount;
use crate::{
    app::{Problem, Shared},
    jobs::{Outcome, Running},
    learning::{Setting, observed, record_until},
    library::Courses,
};
use curriculum::CourseId;
use engine::{
    ENGINE_VERSION, Parameters,
    evaluation::{Figures, Predicted, draw, is_held_out},
    parameters::CourseParameters,
    record::Observed,
    refit::{Circumstances, Folds, LogBuilder, fit_tracing},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use store::{ParameterVersion, PersonId, StudentId, TenantId};

/// Answers that are learnt from at most, some 40 bytes each. Of a larger school a part is read that chance would
/// choose, and always the same one: students in the order of their draw.
const ANSWERS_MAX: usize = 1_000_000;
/// Held-out answers at most.
const HELD_OUT_ANSWERS_MAX: usize = 250_000;
const PAGE: i64 = 500;

/// What a refit was asked for; stands in the job's row, so that it comes to the same after a new start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The courses.
    pub courses: Vec<String>,
    /// Events received until then are read (ms UTC).
    pub until: i64,
}

/// From what a version was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    #[serde(flatten)]
    pub amount: Amount,
    pub until: i64,
    pub skills: usize,
    pub items: usize,
    /// Students who were not read, of a very large school.
    pub left_out: usize,
    pub course_version: String,
    pub engine: String,
    /// The name of all constants in force then.
    pub compared_under: String,
}

/// What held-out students say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Compared {
    pub before: Figures,
    pub after: Figures,
}

/// One course, as far as it was read.
#[derive(Default)]
struct Gathered {
    log: LogBuilder,
    amount: Amount,
    before: Vec<Predicted>,
    after: Vec<Predicted>,
}

/// What every step needs.
struct Ground {
    app: Shared,
    tenant: TenantId,
    asked: Asked,
    courses: Arc<Courses>,
    in_force: Arc<Parameters>,
}

impl Ground {
    fn setting(&self, student: StudentId) -> Setting {
        Setting {
            tenant: self.tenant,
            student,
            zone: String::new(),
            courses: self.courses.clone(),
            shelf: self.app.parameters.clone(),
            now: self.asked.until,
        }
    }

    /// A student's evidence under some constants, for each of them.
    async fn observe(
        &self,
        job: &Running,
        student: StudentId,
        under: Vec<Arc<Parameters>>,
    ) -> Result<Vec<Vec<Observed>>, Problem> {
        let record = record_until(&self.app, self.tenant, student, self.asked.until).await?;
        let setting = self.setting(student);
        job.run(move || under.iter().map(|one| observed(&setting, one, &record)).collect()).await?
    }
}

/// Runs the job.
pub async fn refit(app: &Shared, job: &Running) -> Result<Outcome, Problem> {
    let asked: Asked = serde_json::from_str(&job.job.detail).map_err(Problem::failure)?;
    let (tenant, shelf) = (job.tenant, app.parameters.clone());
    let in_force = app.store.read(move |tx| Box::pin(async move { shelf.in_force(tx, tenant).await })).await?;
    let courses = app.library.all(app, tenant).await?;
    let ground = Ground { app: app.clone(), tenant, asked, courses, in_force };
    let students = students(&ground).await?;
    let (held_out, learnt): (Vec<StudentId>, Vec<StudentId>) =
        students.iter().copied().partition(|id| is_held_out(id.0));
    // The held-out ones are folded twice.
    let total = learnt.len() + 2 * held_out.len() + 1;
    let mut gathered: BTreeMap<String, Gathered> =
        ground.asked.courses.iter().map(|course| (course.clone(), Gathered::default())).collect();
    let Some(unread) = learn(&ground, job, &learnt, &mut gathered, total).await? else { return Ok(Outcome::Stopped) };
    let fitted = fit(job, &mut gathered).await?;
    let candidate = candidate(&ground.in_force, &fitted);
    let Some(unjudged) = judge(&ground, job, &held_out, candidate, &mut gathered, (learnt.len() + 1, total)).await?
    else {
        return Ok(Outcome::Stopped);
    };
    let mut result = serde_json::Map::new();
    for (course, gathered) in gathered {
        let constants = &fitted[&CourseId(course.clone())];
        result.insert(course.clone(), conclude(&ground, job, &course, constants, gathered, unread + unjudged).await?);
    }
    Ok(Outcome::Done(json!({ "courses": result })))
}

/// Everybody with a record, in the order of their draw.
async fn students(ground: &Ground) -> Result<Vec<StudentId>, Problem> {
    let (mut all, tenant): (Vec<StudentId>, _) = (Vec::new(), ground.tenant);
    loop {
        let after = all.last().copied();
        let read = ground
            .app
            .store
            .read(move |tx| Box::pin(async move { tx.students_with_record(tenant, after, PAGE).await }));
        let page = read.await?;
        let last = page.len() < PAGE as usize;
        all.extend(page);
        if last {
            break;
        }
    }
    all.sort_by_key(|student| (draw(student.0), *student));
    Ok(all)
}

/// Reads those who are learnt from. How many were left out; nothing when the job must stop.
async fn learn(
    ground: &Ground,
    job: &Running,
    students: &[StudentId],
    gathered: &mut BTreeMap<String, Gathered>,
    total: usize,
) -> Result<Option<usize>, Problem> {
    for (nth, student) in students.iter().enumerate() {
        if job.must_stop() {
            return Ok(None);
        }
        if gathered.values().map(|of| of.log.answers()).sum::<usize>() >= ANSWERS_MAX {
            return Ok(Some(students.len() - nth));
        }
        let rows = ground.observe(job, *student, vec![ground.in_force.clone()]).await?.remove(0);
        for (course, of) in gathered.iter_mut() {
            let own = || rows.iter().filter(|row| row.course.as_str() == course);
            own().for_each(|row| add(&mut of.log, *student, row));
            of.amount.add(own().filter(|row| row.is_proof()).count(), false);
        }
        job.at(nth + 1, total);
    }
    Ok(Some(0))
}

fn add(log: &mut LogBuilder, student: StudentId, row: &Observed) {
    let known = Circumstances {
        helped: !row.is_proof(),
        options: row.options_shown,
        placed: row.placed.map_or(0.0, |p0| p0 as f32),
    };
    let (item, skill) = (row.item.as_str(), row.skill.as_str());
    log.add_in(&student.to_string(), item, skill, row.at as f64 / 1000.0, row.right, known);
}

async fn fit(
    job: &Running,
    gathered: &mut BTreeMap<String, Gathered>,
) -> Result<BTreeMap<CourseId, CourseParameters>, Problem> {
    let mut fitted = BTreeMap::new();
    for (course, of) in gathered {
        let log = std::mem::take(&mut of.log).finish();
        let constants = job.run(move || {
            let learn_from = vec![true; log.students.len()];
            fit_tracing(&log, &learn_from, &Folds::new(&log, &learn_from))
        });
        fitted.insert(CourseId(course.clone()), constants.await?);
    }
    Ok(fitted)
}

/// All constants, those in force replaced by the new ones.
fn candidate(in_force: &Parameters, fitted: &BTreeMap<CourseId, CourseParameters>) -> Arc<Parameters> {
    let mut courses = in_force.courses.clone();
    courses.extend(fitted.iter().map(|(course, constants)| (course.clone(), constants.clone())));
    Arc::new(Parameters { version: "candidate".into(), fitted: true, courses, ..in_force.clone() })
}

/// Lets the held-out students judge. How many were left out; nothing when the job must stop.
async fn judge(
    ground: &Ground,
    job: &Running,
    students: &[StudentId],
    candidate: Arc<Parameters>,
    gathered: &mut BTreeMap<String, Gathered>,
    (done, total): (usize, usize),
) -> Result<Option<usize>, Problem> {
    for (nth, student) in students.iter().enumerate() {
        if job.must_stop() {
            return Ok(None);
        }
        if gathered.values().map(|of| of.before.len()).sum::<usize>() >= HELD_OUT_ANSWERS_MAX {
            return Ok(Some(students.len() - nth));
        }
        let both = ground.observe(job, *student, vec![ground.in_force.clone(), candidate.clone()]).await?;
        for (course, of) in gathered.iter_mut() {
            let own = |rows: &[Observed]| -> Vec<Predicted> {
                let own = rows.iter().filter(|row| row.course.as_str() == course && row.is_proof());
                own.map(|row| Predicted { row: 0, p: row.chance, right: row.right }).collect()
            };
            let (before, after) = (own(&both[0]), own(&both[1]));
            of.amount.add(before.len(), true);
            of.before.extend(before);
            of.after.extend(after);
        }
        job.at(done + 2 * (nth + 1), total);
    }
    Ok(if job.must_stop() { None } else { Some(0) })
}

/// Keeps a candidate where there was enough to judge it by. What the job says of the course.
async fn conclude(
    ground: &Ground,
    job: &Running,
    course: &str,
    constants: &CourseParameters,
    gathered: Gathered,
    left_out: usize,
) -> Result<serde_json::Value, Problem> {
    let Gathered { amount, before, after, .. } = gathered;
    if let Some(lacking) = amount.lacking() {
        return Ok(json!({ "came_to": "too_few", "amount": amount, "lacking": lacking }));
    }
    let id = CourseId(course.to_owned());
    if ground.in_force.courses.get(&id) == Some(constants) {
        return Ok(json!({ "came_to": "unchanged", "amount": amount }));
    }
    let compared = Compared { before: Figures::of(&before), after: Figures::of(&after) };
    let origin = Origin {
        amount,
        until: ground.asked.until,
        skills: constants.skills.len(),
        items: constants.items.len(),
        left_out,
        course_version: ground.courses.get(&id).map(|published| published.version.clone()).unwrap_or_default(),
        engine: ENGINE_VERSION.to_owned(),
        compared_under: ground.in_force.version.clone(),
    };
    let may_be_published = compared.after.measures.log_loss <= compared.before.measures.log_loss;
    let row = ParameterVersion {
        course_id: course.to_owned(),
        number: 0,
        constants: serde_json::to_vec(constants).map_err(Problem::failure)?,
        origin: serde_json::to_string(&origin).map_err(Problem::failure)?,
        figures: serde_json::to_string(&compared).map_err(Problem::failure)?,
        compared_with: 0,
        may_be_published,
        made_at: ground.app.now(),
        made_by: job.job.asked_by.unwrap_or(PersonId(uuid::Uuid::nil())),
    };
    Ok(match keep(ground, job, row).await? {
        Some(number) => json!({ "came_to": "version", "number": number, "may_be_published": may_be_published }),
        None => json!({ "came_to": "stopped" }),
    })
}

/// Adds the version under the next number, if the job is still ours.
async fn keep(ground: &Ground, job: &Running, mut row: ParameterVersion) -> Result<Option<i64>, Problem> {
    let (tenant, id, started_at) = (ground.tenant, job.job.id, job.job.started_at);
    let compared_under = ground.in_force.version.clone();
    let kept = ground.app.store.write(move |tx| {
        Box::pin(async move {
            let ours = tx.job(tenant, id).await?;
            if !ours.is_some_and(|now| now.state == "running" && now.started_at == started_at) {
                return Ok(None);
            }
            row.number = tx.parameter_versions(tenant, &row.course_id).await?.first().map_or(1, |last| last.number + 1);
            let name = crate::parameters::Name::read(&compared_under);
            row.compared_with = name.and_then(|name| name.courses.get(&row.course_id).copied()).unwrap_or(0);
            tx.insert_parameter_version(tenant, &row).await?;
            Ok::<_, Problem>(Some(row.number))
        })
    });
    kept.await
}
