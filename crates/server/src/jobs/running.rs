//! A job as the work in it sees it: say how far it is, ask whether to stop.

use crate::app::{Background, Problem, Shared};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use store::{Job, TenantId};

/// How often progress is written down and a wish to cancel is heard.
const EVERY: Duration = Duration::from_millis(500);

/// A job under way. Cheap to clone; all clones are the same job.
#[derive(Clone)]
pub struct Running {
    pub tenant: TenantId,
    pub job: Job,
    background: Arc<Background>,
    done: Arc<AtomicI64>,
    total: Arc<AtomicI64>,
    stop: Arc<AtomicBool>,
}

impl Running {
    pub(super) fn new(tenant: TenantId, job: Job, background: Arc<Background>) -> Self {
        let number = |number: i64| Arc::new(AtomicI64::new(number));
        Self { tenant, done: number(0), total: number(job.progress_total), stop: Arc::default(), background, job }
    }

    /// Says how far it is.
    pub fn at(&self, done: usize, total: usize) {
        self.total.store(total as i64, Ordering::Relaxed);
        self.done.store(done as i64, Ordering::Relaxed);
    }

    /// True when it was cancelled or another server has it: nothing more may be written.
    pub fn must_stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Does a piece of work on the background thread.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        self.background.run(work).await
    }

    /// The row as it stands now.
    pub(super) fn row(&self) -> Job {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        Job { progress_done: done, progress_total: total, ..self.job.clone() }
    }

    /// Writes progress down for as long as the job is ours; then says so and returns.
    pub(super) async fn keep(&self, app: &Shared) {
        let mut written = (self.row(), app.now());
        loop {
            tokio::time::sleep(EVERY).await;
            let (row, now) = (self.row(), app.now());
            // A wish to cancel is heard by reading; the row is written only when there is something to write.
            let renew = now - written.1 > super::KEPT_MS / 3 || row.progress_done != written.0.progress_done;
            match self.still_ours(app, renew, Job { taken_until: now + super::KEPT_MS, ..row.clone() }).await {
                Ok(true) if renew => written = (row, now),
                Ok(true) => {}
                Ok(false) => break self.stop.store(true, Ordering::Relaxed),
                Err(problem) => tracing::warn!(kind = problem.kind(), "a job's progress could not be written"),
            }
        }
    }

    async fn still_ours(&self, app: &Shared, renew: bool, row: Job) -> Result<bool, Problem> {
        let (tenant, id, started_at) = (self.tenant, row.id, row.started_at);
        if renew {
            return Ok(app.store.write(move |tx| Box::pin(async move { tx.move_job(tenant, &row).await })).await?);
        }
        let now = app.store.read(move |tx| Box::pin(async move { tx.job(tenant, id).await })).await?;
        Ok(now.is_some_and(|job| job.state == "running" && job.started_at == started_at))
    }
}
