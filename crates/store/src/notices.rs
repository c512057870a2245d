//! News between nodes that share a database. Nothing is kept: who does not listen in that moment never hears it.

use crate::{Store, StoreError};
use sqlx::postgres::{PgListener, PgPoolOptions};

/// Hears what nodes tell on a channel, over a connection of its own.
pub struct Listener(PgListener);

impl Listener {
    /// The next text. `Unavailable` when the connection is lost: what is told until one listens again is not heard.
    pub async fn next(&mut self) -> Result<String, StoreError> {
        match self.0.try_recv().await {
            Ok(Some(notice)) => Ok(notice.payload().to_owned()),
            Ok(None) => Err(StoreError::Unavailable("the connection of the listener was lost".into())),
            Err(error) => Err(StoreError::unavailable(&error)),
        }
    }
}

impl Store {
    /// True when other nodes may write to this store.
    pub fn has_nodes(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Tells texts of at most 7,999 bytes to all who listen, this node too; nobody does on SQLite. Takes part in no unit
    /// of work.
    pub async fn tell(&self, channel: &str, texts: &[String]) -> Result<(), StoreError> {
        let Self::Postgres(postgres) = self else { return Ok(()) };
        let unavailable = |error| StoreError::unavailable(&error);
        let mut connection = postgres.pool.acquire().await.map_err(unavailable)?;
        store_postgres::notice::tell(&mut connection, channel, texts).await.map_err(unavailable)
    }

    /// Listens on a channel; none on SQLite.
    pub async fn listen(&self, channel: &str) -> Result<Option<Listener>, StoreError> {
        let Self::Postgres(postgres) = self else { return Ok(None) };
        let unavailable = |error| StoreError::unavailable(&error);
        let own = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let own = own.connect_with((*postgres.pool.connect_options()).clone()).await.map_err(unavailable)?;
        let mut listener = PgListener::connect_with(&own).await.map_err(unavailable)?;
        listener.listen(channel).await.map_err(unavailable)?;
        Ok(Some(Listener(listener)))
    }
}
