//! Taking jobs and running them, one at a time.

use super::{KEPT_MS, Running};
use crate::app::{Background, Problem, Shared};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use store::{Job, TenantId};
use tokio::sync::Notify;
use uuid::Uuid;

/// How often a server looks for jobs that another one asked for or lost.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How often it looks whether a school needs a job that nobody asked for.
const TEND_EVERY: Duration = Duration::from_secs(60);

/// What became of a job.
pub enum Outcome {
    /// Done, with a result (JSON).
    Done(Value),
    /// It heard that it must stop.
    Stopped,
}

/// The kinds of jobs: what runs one, and what asks for those that a school needs without being asked.
#[derive(Clone, Copy)]
pub struct Kinds {
    pub run: fn(Shared, Running) -> BoxFuture<'static, Result<Outcome, Problem>>,
    pub tend: fn(Shared, TenantId) -> BoxFuture<'static, Result<(), Problem>>,
}

/// What the server knows of its own work.
#[derive(Default)]
pub struct Jobs {
    wake: Notify,
    /// The job in hand: school, id, when it was taken.
    in_hand: Mutex<Option<(TenantId, Uuid, i64)>>,
}

impl Jobs {
    /// A job was asked for.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    fn hold(&self, job: Option<(TenantId, Uuid, i64)>) -> Option<(TenantId, Uuid, i64)> {
        std::mem::replace(&mut *self.in_hand.lock().unwrap_or_else(PoisonError::into_inner), job)
    }
}

/// Works for as long as the server runs.
pub async fn work(app: Shared, kinds: Kinds) {
    let mut tend_at = Instant::now();
    loop {
        let tends = Instant::now() >= tend_at;
        if tends {
            tend_at = Instant::now() + TEND_EVERY;
        }
        match schools(&app).await {
            Ok(schools) => {
                for tenant in schools {
                    if tends && let Err(problem) = (kinds.tend)(app.clone(), tenant).await {
                        tracing::warn!(kind = problem.kind(), "what a school needs could not be looked at");
                    }
                    if let Err(problem) = work_off(&app, tenant, kinds).await {
                        tracing::warn!(kind = problem.kind(), "jobs could not be worked off; trying again");
                    }
                }
            }
            Err(problem) => tracing::warn!(kind = problem.kind(), "schools could not be read"),
        }
        tokio::select! {
            () = app.jobs.wake.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn schools(app: &Shared) -> Result<Vec<TenantId>, Problem> {
    let all = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
    Ok(all.into_iter().map(|school| school.tenant_id).collect())
}

/// Runs the jobs of a school until none waits. Says how many there were.
pub async fn work_off(app: &Shared, tenant: TenantId, kinds: Kinds) -> Result<usize, Problem> {
    let mut jobs = 0;
    while let Some(job) = take(app, tenant).await? {
        run(app, tenant, job, kinds).await?;
        jobs += 1;
    }
    Ok(jobs)
}

async fn take(app: &Shared, tenant: TenantId) -> Result<Option<Job>, Problem> {
    let now = app.now();
    let seen = app.store.read(move |tx| Box::pin(async move { tx.next_job(tenant, now).await })).await?;
    let Some(job) = seen else { return Ok(None) };
    let id = job.id;
    let taken = app.store.write(move |tx| {
        Box::pin(async move {
            let taken = tx.take_job(tenant, id, now, now + KEPT_MS).await?;
            if taken { tx.job(tenant, id).await } else { Ok(None) }
        })
    });
    Ok(taken.await?)
}

async fn run(app: &Shared, tenant: TenantId, job: Job, kinds: Kinds) -> Result<(), Problem> {
    let started_at = job.started_at.unwrap_or(0);
    app.jobs.hold(Some((tenant, job.id, started_at)));
    let outcome =
        if job.state == "cancelling" { Ok(Outcome::Stopped) } else { run_kept(app, tenant, &job, kinds).await };
    app.jobs.hold(None);
    let (running, outcome) = match outcome {
        Ok(Outcome::Done(result)) => ("done", Ok(Some(result.to_string()))),
        Ok(Outcome::Stopped) => ("cancelled", Ok(None)),
        // A store that is away is back later: the job stays and is taken again.
        Err(problem) if problem.kind() == "unavailable" => return Err(problem),
        Err(problem) => ("failed", Err(problem.kind().to_owned())),
    };
    let now = app.now();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                // Progress was written while it ran.
                let Some(mut row) = tx.job(tenant, job.id).await?.filter(|row| row.started_at == job.started_at) else {
                    return Ok(false);
                };
                row.state = running.to_owned();
                row.finished_at = Some(now);
                (row.result, row.error) = match outcome {
                    Ok(result) => (result, None),
                    Err(error) => (None, Some(error)),
                };
                if row.state == "done" {
                    row.progress_done = row.progress_total;
                }
                tx.end_job(tenant, &row).await
            })
        })
        .await?;
    Ok(())
}

/// Runs a job while its row is kept up to date.
async fn run_kept(app: &Shared, tenant: TenantId, job: &Job, kinds: Kinds) -> Result<Outcome, Problem> {
    let running = Running::new(tenant, job.clone(), Arc::new(Background::start()?));
    let work = (kinds.run)(app.clone(), running.clone());
    tokio::pin!(work);
    let keep = running.keep(app);
    tokio::pin!(keep);
    let outcome = tokio::select! {
        outcome = &mut work => outcome,
        // It was told to stop, and does so at the next good place.
        () = &mut keep => work.await,
    };
    let last = running.row();
    app.store.write(move |tx| Box::pin(async move { tx.move_job(tenant, &last).await })).await?;
    outcome
}

/// A server that stops leaves its job to the next.
pub async fn let_go(app: &Shared) {
    let Some((tenant, id, started_at)) = app.jobs.hold(None) else { return };
    let left = app.store.write(move |tx| Box::pin(async move { tx.let_go_of_job(tenant, id, started_at).await }));
    if left.await.is_err() {
        tracing::warn!("a job could not be left to the next server; it is taken again in a while");
    }
}
