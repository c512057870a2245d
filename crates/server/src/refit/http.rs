//! The administrator's requests: what is in force, the versions and what held-out students say of them, a refit, putting
//! a version in force, jobs.

use super::{
    LEAST, REFIT, REFOLD,
    fitting::{Asked, Compared, Origin},
    publishing::{self, Wanted},
    refolding::{behind, is_active, job},
    rules::{Amount, Refusal, Step, Version, may_put_in_force},
};
use crate::app::{Admin, Answer, Json, Path, Problem, Shared, access::audit};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use curriculum::{Lang, Text};
use engine::evaluation::is_held_out;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{Job, ParameterPublication, PersonId, TenantId};
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/admin/parameters", get(overview))
        .route("/admin/parameters/{course}", get(versions))
        .route("/admin/parameters/{course}/publish", post(publish))
        .route("/admin/refits", post(start))
        .route("/admin/jobs/{job}", get(one_job))
        .route("/admin/jobs/{job}/cancel", post(cancel))
}

#[derive(Serialize)]
struct CourseSeen {
    course: String,
    title: String,
    /// 0 for the constants that ship.
    in_force: i64,
    amount: Amount,
    lacking: Option<Amount>,
}

#[derive(Serialize)]
struct JobSeen {
    id: Uuid,
    kind: String,
    state: String,
    done: i64,
    total: i64,
    /// The courses of a refit.
    courses: Vec<String>,
    created_at: i64,
    finished_at: Option<i64>,
    asked_by: Option<String>,
    result: Value,
    error: Option<String>,
}

impl JobSeen {
    fn of(job: Job, names: &BTreeMap<PersonId, String>) -> Self {
        let asked = serde_json::from_str::<Asked>(&job.detail).ok();
        let result = job.result.as_deref().and_then(|result| serde_json::from_str(result).ok());
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state,
            done: job.progress_done,
            total: job.progress_total,
            courses: asked.map(|asked| asked.courses).unwrap_or_default(),
            created_at: job.created_at,
            finished_at: job.finished_at,
            asked_by: job.asked_by.and_then(|by| names.get(&by).cloned()),
            result: result.unwrap_or(Value::Null),
            error: job.error,
        }
    }
}

async fn overview(State(app): State<Shared>, Admin(signed): Admin) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let lang = Lang::from(signed.person.locale.as_str());
    let students_behind = behind(&app, tenant).await?.1;
    let (courses, in_force, jobs, names) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut courses = Vec::new();
                for row in tx.courses(tenant).await?.into_iter().filter(|row| row.published_version.is_some()) {
                    let evidence = tx.course_evidence(tenant, &row.id).await?;
                    courses.push((row, evidence));
                }
                let mut jobs = tx.newest_jobs(tenant, REFIT, 1).await?;
                jobs.extend(tx.newest_jobs(tenant, REFOLD, 1).await?);
                let names = names(tx, tenant, jobs.iter().filter_map(|job| job.asked_by).collect()).await?;
                Ok::<_, Problem>((courses, tx.parameters_in_force(tenant).await?, jobs, names))
            })
        })
        .await?;
    let courses: Vec<CourseSeen> = courses
        .into_iter()
        .map(|(row, evidence)| {
            let mut amount = Amount::default();
            for of in evidence {
                amount.add(usize::try_from(of.answers).unwrap_or(0), is_held_out(of.student_id.0));
            }
            let last = in_force.iter().find(|last| last.course_id == row.id);
            CourseSeen {
                title: title(&row.title, &lang),
                in_force: last.map_or(0, |last| last.number),
                lacking: amount.lacking(),
                amount,
                course: row.id,
            }
        })
        .collect();
    let of_kind = |kind: &str| jobs.iter().find(|job| job.kind == kind).cloned().map(|job| JobSeen::of(job, &names));
    Ok(Json(json!({
        "courses": courses, "least": LEAST, "students_behind": students_behind,
        "refit": of_kind(REFIT), "refold": of_kind(REFOLD),
    })))
}

fn title(text: &str, lang: &Lang) -> String {
    serde_json::from_str::<Text>(text).map(|title| title.words(lang)).unwrap_or_default()
}

async fn names(
    tx: &mut store::Tx<'_>,
    tenant: TenantId,
    people: BTreeSet<PersonId>,
) -> Answer<BTreeMap<PersonId, String>> {
    let mut names = BTreeMap::new();
    for id in people {
        if let Some(person) = tx.person(tenant, id).await? {
            names.insert(id, format!("{} {}", person.given_name, person.family_name));
        }
    }
    Ok(names)
}

#[derive(Serialize)]
struct VersionSeen {
    /// 0 for the constants that ship.
    number: i64,
    in_force: bool,
    /// When it was put in force and by whom, newest first.
    published: Vec<Turn>,
    /// What may be done with it.
    step: Option<Step>,
    /// Why nothing may.
    why_not: Option<Refusal>,
    #[serde(flatten)]
    made: Option<Made>,
}

#[derive(Serialize)]
struct Made {
    made_at: i64,
    made_by: Option<String>,
    compared_with: i64,
    origin: Origin,
    figures: Compared,
}

#[derive(Serialize)]
struct Turn {
    at: i64,
    by: Option<String>,
}

async fn versions(State(app): State<Shared>, Admin(signed): Admin, Path(course): Path<String>) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let lang = Lang::from(signed.person.locale.as_str());
    let known = app.library.published(&app, tenant, &course).await?;
    known.ok_or_else(|| Problem::missing("course"))?;
    let (row, lines, turns, names) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let row = tx.course(tenant, &course).await?.ok_or_else(|| Problem::missing("course"))?;
                let lines = tx.parameter_versions(tenant, &row.id).await?;
                let turns = tx.parameter_publications(tenant, &row.id).await?;
                let people = lines.iter().map(|line| line.made_by).chain(turns.iter().map(|turn| turn.published_by));
                let names = names(tx, tenant, people.collect()).await?;
                Ok::<_, Problem>((row, lines, turns, names))
            })
        })
        .await?;
    let in_force = turns.first().map_or(0, |last| last.number);
    let mut seen = Vec::new();
    for line in lines {
        let made = Made {
            made_at: line.made_at,
            made_by: names.get(&line.made_by).cloned(),
            compared_with: line.compared_with,
            origin: serde_json::from_str(&line.origin).map_err(Problem::failure)?,
            figures: serde_json::from_str(&line.figures).map_err(Problem::failure)?,
        };
        let (number, compared_with, may_be_published) = (line.number, line.compared_with, line.may_be_published);
        let version = Version { number, compared_with, may_be_published, was_in_force: was(&turns, number) };
        seen.push(version_seen(version, in_force, &turns, &names, Some(made)));
    }
    let shipped = Version { number: 0, compared_with: 0, may_be_published: false, was_in_force: was(&turns, 0) };
    seen.push(version_seen(shipped, in_force, &turns, &names, None));
    Ok(Json(json!({ "course": row.id, "title": title(&row.title, &lang), "in_force": in_force, "versions": seen })))
}

fn was(turns: &[ParameterPublication], number: i64) -> bool {
    turns.iter().any(|turn| turn.number == number)
}

fn version_seen(
    version: Version,
    in_force: i64,
    turns: &[ParameterPublication],
    names: &BTreeMap<PersonId, String>,
    made: Option<Made>,
) -> VersionSeen {
    let step = may_put_in_force(version, in_force);
    let own = turns.iter().filter(|turn| turn.number == version.number);
    VersionSeen {
        number: version.number,
        in_force: version.number == in_force,
        published: own.map(|turn| Turn { at: turn.published_at, by: names.get(&turn.published_by).cloned() }).collect(),
        step: step.ok(),
        why_not: step.err().filter(|why| *why != Refusal::InForce),
        made,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Publish {
    number: i64,
    in_force: i64,
}

async fn publish(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Path(course): Path<String>,
    Json(wanted): Json<Publish>,
) -> Answer<Json<Value>> {
    app.library.published(&app, signed.tenant(), &course).await?.ok_or_else(|| Problem::missing("course"))?;
    let Publish { number, in_force } = wanted;
    let step = publishing::publish(&app, &signed, Wanted { course, number, in_force }).await?;
    Ok(Json(json!({ "step": step, "in_force": number })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    /// One course; all of them where none is named.
    #[serde(default)]
    course: Option<String>,
}

async fn start(State(app): State<Shared>, Admin(signed): Admin, Json(wanted): Json<Start>) -> Answer<Response> {
    let (tenant, by, now) = (signed.tenant(), signed.person.id, signed.now);
    let known = app.library.all(&app, tenant).await?;
    let all = known.keys().map(|course| course.0.clone());
    let courses: Vec<String> = match &wanted.course {
        Some(course) => all.filter(|known| known == course).collect(),
        None => all.collect(),
    };
    if courses.is_empty() {
        return Err(Problem::field("course", "unknown_course", "There is no such course."));
    }
    let detail = json!(Asked { courses: courses.clone(), until: now });
    let row =
        app.store
            .write(move |tx| {
                Box::pin(async move {
                    if tx.newest_jobs(tenant, REFIT, 1).await?.iter().any(is_active) {
                        return Err(Problem::new(StatusCode::CONFLICT, "job_active", "A refit is under way already.")
                            .at("course"));
                    }
                    let row = job(REFIT, detail, Some(by), now);
                    tx.insert_job(tenant, &row).await?;
                    Ok(row)
                })
            })
            .await?;
    app.jobs.wake();
    audit(&app, &signed, "refit_started", Some(row.id), None, json!({ "courses": courses.join(", ") })).await?;
    Ok((StatusCode::ACCEPTED, Json(JobSeen::of(row, &BTreeMap::new()))).into_response())
}

async fn one_job(State(app): State<Shared>, Admin(signed): Admin, Path(id): Path<Uuid>) -> Answer<Json<JobSeen>> {
    let tenant = signed.tenant();
    let (row, names) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let row = tx.job(tenant, id).await?.ok_or_else(|| Problem::missing("job"))?;
                let names = names(tx, tenant, row.asked_by.into_iter().collect()).await?;
                Ok::<_, Problem>((row, names))
            })
        })
        .await?;
    Ok(Json(JobSeen::of(row, &names)))
}

async fn cancel(State(app): State<Shared>, Admin(signed): Admin, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let (tenant, now) = (signed.tenant(), signed.now);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let row = tx.job(tenant, id).await?.ok_or_else(|| Problem::missing("job"))?;
                if row.kind != REFIT {
                    return Err(Problem::new(
                        StatusCode::CONFLICT,
                        "cannot_cancel",
                        "Students are moved one by one; go back to the former version instead.",
                    )
                    .at("job"));
                }
                if tx.cancel_job(tenant, id, now).await? == 0 && !is_active(&row) {
                    return Err(Problem::new(StatusCode::CONFLICT, "job_over", "The job is over.").at("job"));
                }
                Ok(())
            })
        })
        .await?;
    audit(&app, &signed, "refit_cancelled", Some(id), None, json!({})).await?;
    Ok(StatusCode::NO_CONTENT)
}
