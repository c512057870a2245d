//! A unit of work, from the caller's closure to the answer after its commit.

use crate::{StoreError, Tx};
use futures_util::FutureExt;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    time::Duration,
};
use tokio::sync::oneshot;

/// What the closure of a unit returns: `Box::pin(async move { ... })`.
pub type UnitFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// A unit that waits for its turn, whatever its result.
pub(crate) trait Unit: Send {
    /// Runs to the end, also when it panics or takes too long.
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx<'_>, time_max: Duration) -> UnitFuture<'t, Finished>;

    /// Answers without running.
    fn refuse(self: Box<Self>, error: StoreError);
}

/// A unit that ran and waits for its commit.
pub(crate) struct Finished {
    /// Whether its changes stay.
    pub keep: bool,
    /// Tells the caller, who may be gone.
    pub answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// A closure and the caller who waits for its result.
struct Call<T, E, F> {
    work: F,
    caller: oneshot::Sender<Result<T, E>>,
}

/// A unit and the place where its result will be.
pub(crate) fn unit<T, E, F>(work: F) -> (Box<dyn Unit>, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, E>> + Send + 'static,
{
    let (caller, result) = oneshot::channel();
    (Box::new(Call { work, caller }), result)
}

impl<T, E, F> Unit for Call<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, E>> + Send + 'static,
{
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx<'_>, time_max: Duration) -> UnitFuture<'t, Finished> {
        Box::pin(async move {
            let Call { work, caller } = *self;
            let outcome = match run_to_end(work, tx, time_max).await {
                Ok(result) => tx.judge(result),
                Err(bug) => Err(bug.into()),
            };
            let outcome = tx.end(outcome).await;
            Finished {
                keep: outcome.is_ok(),
                answer: Box::new(move |committed| {
                    let result = committed.map_err(E::from).and(outcome);
                    // A caller who left does not undo what is done.
                    caller.send(result).ok();
                }),
            }
        })
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        self.caller.send(Err(error.into())).ok();
    }
}

async fn run_to_end<T, E, F>(work: F, tx: &mut Tx<'_>, time_max: Duration) -> Result<Result<T, E>, StoreError>
where
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, E>>,
{
    let panicked = |_| StoreError::Bug("a unit of work panicked".into());
    let future = catch_unwind(AssertUnwindSafe(|| work(tx))).map_err(panicked)?;
    let future = AssertUnwindSafe(future).catch_unwind();
    match tokio::time::timeout(time_max, future).await {
        Ok(result) => result.map_err(panicked),
        Err(_) => Err(StoreError::Bug(format!("a unit of work took more than {} s", time_max.as_secs()))),
    }
}
