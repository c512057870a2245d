//! Writing to SQLite: one task drains a queue of units into one transaction, a savepoint a unit, and answers all of them
//! after the one commit. What makes a write slow is waiting for the disk, and so a group waits once.
//!
//! The task has a thread of its own: every statement of every unit crosses to the database's thread and back, and on the
//! threads that answer requests each of these steps would wait behind all requests that are ready to run.

use crate::{
    StoreError, Tx,
    error::ConstraintNames,
    tx::Fate,
    unit::{Finished, Unit},
};
use sqlx::{ConnectOptions, query, sqlite::SqliteConnectOptions};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store_sqlite::{Conn, Lead};
use tokio::sync::{
    Mutex, Notify,
    mpsc::{self, error::SendTimeoutError},
    oneshot,
};

/// How many units wait before callers are made to wait for a place.
const QUEUE_MAX: usize = 4096;
/// A group ends at this many units, or at [`GROUP_TIME_MAX`].
const GROUP_UNITS_MAX: usize = 64;
const GROUP_TIME_MAX: Duration = Duration::from_millis(20);

/// What stands between a unit that stays, or one that does not, and the next.
const KEEP: Lead = Lead { sql: "release unit; savepoint unit; ", commands: 2 };
const TAKE_BACK: Lead = Lead { sql: "rollback to unit; ", commands: 1 };

/// The way to the writer.
pub(crate) struct WriterHandle {
    queue: mpsc::Sender<Box<dyn Unit>>,
    stop: Arc<Notify>,
    /// Answers when the writer has ended.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

/// Starts the writer. It ends when its handle is gone or told to stop, and all units are answered.
pub(crate) fn start(
    options: SqliteConnectOptions,
    names: Arc<ConstraintNames>,
    unit_time_max: Duration,
) -> Result<WriterHandle, StoreError> {
    let (queue, units) = mpsc::channel(QUEUE_MAX);
    let (end, ended) = oneshot::channel();
    let stop = Arc::new(Notify::new());
    let writer = Writer { options, names, unit_time_max, stop: stop.clone(), connection: None };
    let no_thread = |error: std::io::Error| StoreError::Unavailable(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(no_thread)?;
    let work = move || {
        runtime.block_on(writer.work(units));
        end.send(()).ok();
    };
    std::thread::Builder::new().name("store-writer".into()).spawn(work).map_err(no_thread)?;
    Ok(WriterHandle { queue, stop, ended: Mutex::new(Some(ended)) })
}

impl WriterHandle {
    /// Puts a unit in the queue. A caller who leaves before this returns has asked for nothing.
    pub(crate) async fn send(&self, unit: Box<dyn Unit>, wait_max: Duration) -> Result<(), StoreError> {
        match self.queue.send_timeout(unit, wait_max).await {
            Ok(()) => Ok(()),
            Err(SendTimeoutError::Timeout(_)) => Err(StoreError::Unavailable("too many units wait".into())),
            Err(SendTimeoutError::Closed(_)) => Err(StoreError::Unavailable("the store is closed".into())),
        }
    }

    /// Finishes what is in the queue and closes the file.
    pub(crate) async fn stop(&self) {
        self.stop.notify_one();
        if let Some(ended) = self.ended.lock().await.take() {
            ended.await.ok();
        }
    }
}

struct Writer {
    options: SqliteConnectOptions,
    names: Arc<ConstraintNames>,
    unit_time_max: Duration,
    stop: Arc<Notify>,
    /// None at first, and after a failure that may have left it in an unknown state.
    connection: Option<Conn>,
}

impl Writer {
    async fn work(mut self, mut units: mpsc::Receiver<Box<dyn Unit>>) {
        let stop = self.stop.clone();
        loop {
            tokio::select! {
                unit = units.recv() => match unit {
                    Some(first) => self.write_group(first, &mut units).await,
                    None => break,
                },
                // What is in the queue already is still received.
                () = stop.notified() => units.close(),
            }
        }
        if let Some(connection) = self.connection {
            connection.close().await.ok();
        }
    }

    async fn write_group(&mut self, first: Box<dyn Unit>, units: &mut mpsc::Receiver<Box<dyn Unit>>) {
        let connection = match self.begin().await {
            Ok(connection) => connection,
            Err(error) => return refuse_all(first, units, error),
        };
        let mut group = Group { connection, names: self.names.clone(), finished: Vec::new() };
        let end = match group.run(first, units, self.unit_time_max).await {
            Ok(()) => group.commit().await,
            Err(error) => Err(error),
        };
        match &end {
            Ok(()) => self.connection = Some(group.connection),
            Err(error) => {
                tracing::error!(%error, units = group.finished.len(), "a group of units was rolled back");
                give_up(group.connection).await;
            }
        }
        for unit in group.finished {
            (unit.answer)(end.clone());
        }
    }

    /// A connection inside a transaction and the first unit's savepoint.
    async fn begin(&mut self) -> Result<Conn, StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(|error| StoreError::unavailable(&error))?.into(),
        };
        match query("begin immediate; savepoint unit").execute(&mut connection).await {
            Ok(_) => Ok(connection),
            Err(error) => {
                give_up(connection).await;
                Err(StoreError::unavailable(&error))
            }
        }
    }
}

/// Whoever waits has waited as long as the writer did, so none is made to wait once more.
fn refuse_all(first: Box<dyn Unit>, units: &mut mpsc::Receiver<Box<dyn Unit>>, error: StoreError) {
    tracing::error!(%error, "a group of units could not begin");
    first.refuse(error.clone());
    while let Ok(unit) = units.try_recv() {
        unit.refuse(error.clone());
    }
}

/// Rolls back whatever is left of the transaction and closes.
async fn give_up(mut connection: Conn) {
    query("rollback").execute(&mut connection).await.ok();
    connection.close().await.ok();
}

struct Group {
    connection: Conn,
    names: Arc<ConstraintNames>,
    finished: Vec<Finished>,
}

impl Group {
    /// Runs units while there are any and there is time. An error means that the whole transaction is lost.
    async fn run(
        &mut self,
        first: Box<dyn Unit>,
        units: &mut mpsc::Receiver<Box<dyn Unit>>,
        unit_time_max: Duration,
    ) -> Result<(), StoreError> {
        let started = Instant::now();
        let mut keep = self.run_one(first, unit_time_max).await?;
        while self.finished.len() < GROUP_UNITS_MAX && started.elapsed() < GROUP_TIME_MAX {
            let Ok(unit) = units.try_recv() else { break };
            self.end_unit(keep);
            keep = self.run_one(unit, unit_time_max).await?;
        }
        self.end_unit(keep);
        Ok(())
    }

    /// Runs a unit inside the open savepoint and says whether its changes stay.
    async fn run_one(&mut self, unit: Box<dyn Unit>, time_max: Duration) -> Result<bool, StoreError> {
        let mut tx = Tx::sqlite(&mut self.connection, &self.names);
        let finished = unit.run(&mut tx, time_max).await;
        let fate = tx.into_fate();
        let keep = finished.keep;
        self.finished.push(finished);
        match fate {
            // A full disk may have rolled back the transaction under the savepoint.
            Fate::Lost(error) => Err(error),
            Fate::Sound | Fate::Failed => Ok(keep),
        }
    }

    /// Closes the savepoint of the unit that ran and opens one for the next, together with what is asked next.
    fn end_unit(&mut self, keep: bool) {
        // A unit that asked for nothing leaves what goes before the next one as it was.
        if !self.connection.leads() {
            self.connection.lead(if keep { KEEP } else { TAKE_BACK });
        }
    }

    async fn commit(&mut self) -> Result<(), StoreError> {
        match query("commit").execute(&mut self.connection).await {
            Ok(_) => Ok(()),
            Err(error) => Err(StoreError::unavailable(&error)),
        }
    }
}
