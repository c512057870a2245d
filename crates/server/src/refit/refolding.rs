//! The job that moves students to the versions in force, one by one. Where it stops, it goes on: it asks each time who
//! stands on other versions. An update of Tandem with other rules needs the same job, and so does a student whose very
//! first answer came in while a version was being published; so the server also looks by itself whether it is needed.

use super::REFOLD;
use crate::{
    app::{Problem, Shared},
    jobs::{Outcome, Running},
    learning::{Setting, Switched, switch},
};
use engine::ENGINE_VERSION;
use serde_json::json;
use std::collections::BTreeSet;
use store::{Job, PersonId, StudentId, TenantId, Tx};
use uuid::Uuid;

/// How often one student is tried before the next ones are taken first.
const TRIES: usize = 3;
const PAGE: i64 = 50;
/// After a job that left somebody behind, the next one waits (ms).
const WAIT_MS: i64 = 10 * 60 * 1000;

/// Runs the job.
pub async fn refold(app: &Shared, job: &Running) -> Result<Outcome, Problem> {
    let tenant = job.tenant;
    let (mut moved, mut failed) = (0, BTreeSet::new());
    loop {
        let (name, behind) = behind(app, tenant).await?;
        let left = behind.saturating_sub(failed.len());
        job.at(moved, moved + left);
        if left == 0 {
            return Ok(Outcome::Done(json!({ "moved": moved, "failed": failed.len() })));
        }
        let mut after = None;
        loop {
            let page = page(app, tenant, &name, after).await?;
            let Some(last) = page.last().copied() else { break };
            after = Some(last);
            for student in page.into_iter().filter(|student| !failed.contains(student)).collect::<Vec<_>>() {
                if job.must_stop() {
                    return Ok(Outcome::Stopped);
                }
                match move_one(app, job, student).await {
                    Ok(Switched::Done) => moved += 1,
                    Ok(Switched::Again) => {}
                    Err(problem) if problem.kind() == "unavailable" => return Err(problem),
                    // One record that cannot be read must not keep the others.
                    Err(_) => {
                        tracing::error!(%student, "a record could not be folded anew; it stays on its versions");
                        failed.insert(student);
                    }
                }
                job.at(moved, moved.max(behind));
            }
        }
    }
}

async fn move_one(app: &Shared, job: &Running, student: StudentId) -> Result<Switched, Problem> {
    let setting = Setting {
        tenant: job.tenant,
        student,
        zone: String::new(),
        courses: app.library.all(app, job.tenant).await?,
        shelf: app.parameters.clone(),
        now: app.now(),
    };
    for _ in 1..TRIES {
        if switch(app, job, setting.clone()).await? == Switched::Done {
            return Ok(Switched::Done);
        }
    }
    switch(app, job, setting).await
}

/// The name of the versions in force, and how many students stand on others.
pub async fn behind(app: &Shared, tenant: TenantId) -> Result<(String, usize), Problem> {
    let shelf = app.parameters.clone();
    let found = app.store.read(move |tx| {
        Box::pin(async move {
            let name = shelf.name_in_force(tx, tenant).await?.to_string();
            let behind = tx.count_students_folded_otherwise(tenant, (ENGINE_VERSION, &name)).await?;
            Ok::<_, Problem>((name, usize::try_from(behind).unwrap_or(0)))
        })
    });
    found.await
}

async fn page(app: &Shared, tenant: TenantId, name: &str, after: Option<StudentId>) -> Result<Vec<StudentId>, Problem> {
    let name = name.to_owned();
    let found = app.store.read(move |tx| {
        Box::pin(async move { tx.students_folded_otherwise(tenant, (ENGINE_VERSION, &name), after, PAGE).await })
    });
    Ok(found.await?)
}

/// Asks for the job, if none is under way; one that is sees what is in force by itself.
pub async fn ask(tx: &mut Tx<'_>, tenant: TenantId, by: Option<PersonId>, now: i64) -> Result<(), Problem> {
    let last = tx.newest_jobs(tenant, REFOLD, 1).await?;
    if last.iter().any(is_active) {
        return Ok(());
    }
    tx.insert_job(tenant, &job(REFOLD, json!({}), by, now)).await?;
    Ok(())
}

/// Asks for it where students stand on other versions and nobody has asked.
pub async fn ask_where_needed(app: Shared, tenant: TenantId) -> Result<(), Problem> {
    if behind(&app, tenant).await?.1 == 0 {
        return Ok(());
    }
    let now = app.now();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let last = tx.newest_jobs(tenant, REFOLD, 1).await?;
                if last.iter().any(|last| last.finished_at.is_some_and(|at| now - at < WAIT_MS && left_somebody(last)))
                {
                    return Ok(());
                }
                ask(tx, tenant, None, now).await
            })
        })
        .await
}

fn left_somebody(last: &Job) -> bool {
    let result = last.result.as_ref().and_then(|result| serde_json::from_str::<serde_json::Value>(result).ok());
    last.state != "done" || result.is_some_and(|result| result["failed"] != 0)
}

/// True while a job waits or runs.
pub fn is_active(job: &Job) -> bool {
    matches!(job.state.as_str(), "waiting" | "running" | "cancelling")
}

/// A job that waits.
pub fn job(kind: &str, detail: serde_json::Value, asked_by: Option<PersonId>, now: i64) -> Job {
    Job {
        id: Uuid::now_v7(),
        kind: kind.to_owned(),
        state: "waiting".to_owned(),
        progress_done: 0,
        progress_total: 0,
        detail: detail.to_string(),
        created_at: now,
        started_at: None,
        finished_at: None,
        error: None,
        asked_by,
        result: None,
        taken_until: 0,
    }
}
