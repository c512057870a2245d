//! Reading from SQLite: a few connections of our own. Every statement crosses to its connection's thread and back, and
//! sqlx's pool would cross five times more for each reader: for `begin` and `rollback`, waiting for both ends of each, and
//! asking the connection whether it lives when it comes back.

use crate::StoreError;
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};
use std::{
    sync::{Mutex, MutexGuard},
    time::Duration,
};
use store_sqlite::{Conn, Lead};
use tokio::sync::{Semaphore, SemaphorePermit};

const BEGIN: Lead = Lead { sql: "begin; ", commands: 1 };

/// Connections that read.
pub(crate) struct Readers {
    connect: SqliteConnectOptions,
    count: u32,
    wait_max: Duration,
    permits: Semaphore,
    idle: Mutex<Vec<Conn>>,
}

impl Readers {
    /// At most `count` connections, opened when they are first needed.
    pub(crate) fn new(connect: SqliteConnectOptions, count: u32, wait_max: Duration) -> Self {
        let permits = Semaphore::new(count as usize);
        Self { connect, count, wait_max, permits, idle: Mutex::default() }
    }

    /// A connection that sees the store as it is at its first query, until [`Moment::end`].
    pub(crate) async fn begin(&self) -> Result<Moment<'_>, StoreError> {
        let turn = tokio::time::timeout(self.wait_max, self.permits.acquire()).await;
        let turn = turn.map_err(|_| StoreError::Unavailable("too many readers wait".into()))?;
        let turn = turn.map_err(|_| StoreError::Unavailable("the store is closed".into()))?;
        let known = self.idle().pop();
        let mut connection = match known {
            Some(connection) => connection,
            None => self.connect.connect().await.map_err(|error| StoreError::unavailable(&error))?.into(),
        };
        connection.lead(BEGIN);
        Ok(Moment { connection, readers: self, _turn: turn })
    }

    /// Waits for the readers there are and lets no more begin.
    pub(crate) async fn close(&self) {
        let all = self.permits.acquire_many(self.count).await;
        self.permits.close();
        drop(all);
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            connection.close().await.ok();
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Conn>> {
        self.idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A reader's moment. Left without [`Moment::end`], as when its caller is gone, its connection is closed.
pub(crate) struct Moment<'r> {
    pub(crate) connection: Conn,
    readers: &'r Readers,
    _turn: SemaphorePermit<'r>,
}

impl Moment<'_> {
    /// Gives the connection back.
    pub(crate) fn end(mut self) {
        // Whoever reads next waits for it; nobody else needs to.
        if !self.connection.leads() {
            self.connection.start("rollback");
        }
        self.readers.idle().push(self.connection);
    }
}
