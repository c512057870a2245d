//! Opening the store, and its front door: write, read, backup, check.

use crate::{
    StoreError, Tx, backup,
    error::ConstraintNames,
    read_sqlite::Readers,
    unit::{UnitFuture, unit},
    write_postgres,
    write_sqlite::{self, WriterHandle},
};
use sqlx::{
    ConnectOptions, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

/// More than there are queries, each alone and behind what may go before it, so that each is prepared once a connection.
const STATEMENTS_MAX: usize = 512;

/// In kibibytes, as SQLite writes it: the pages that answers touch stay in memory.
const WRITER_CACHE: &str = "-16384";

const SQLITE_PAGE_BYTES: u64 = 4096;
/// SQLite's own limit.
const SQLITE_PAGES_MAX: u64 = 4_294_967_294;

/// How much the store may take for itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that read, on SQLite; connections of any kind, on PostgreSQL.
    pub connections_max: u32,
    /// How long a caller waits for a connection or another program's lock before hearing that the store is busy.
    pub wait_max: Duration,
    /// A unit of work that takes longer is rolled back.
    pub unit_time_max: Duration,
    /// How large the SQLite file may grow, in bytes; none leaves it to the disk. Beyond it writing is unavailable.
    pub file_bytes_max: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections_max: 4,
            wait_max: Duration::from_secs(5),
            unit_time_max: Duration::from_secs(10),
            file_bytes_max: None,
        }
    }
}

/// An open store. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub enum Store {
    /// One file, one writer.
    Sqlite(Arc<Sqlite>),
    /// A server that several nodes may use at once.
    Postgres(Arc<Postgres>),
}

/// An open SQLite file.
pub struct Sqlite {
    writer: WriterHandle,
    readers: Readers,
    names: Arc<ConstraintNames>,
    connect: SqliteConnectOptions,
    wait_max: Duration,
}

/// A pool of connections to a PostgreSQL database.
pub struct Postgres {
    pub(crate) pool: PgPool,
    names: ConstraintNames,
    unit_time_max: Duration,
}

impl Store {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://...`, and brings the schema up to date.
    pub async fn open(url: &str, options: Options) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite(Arc::new(open_sqlite(url, &options).await?)))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres(Arc::new(open_postgres(url, &options).await?)))
        } else {
            Err(StoreError::Bug("a store's address begins with sqlite: or postgres:".into()))
        }
    }

    /// Runs one unit of work and returns when it is on disk, or when nothing of it happened. Once queued it runs to the
    /// end, whether or not the caller still waits.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (unit, result) = unit(work);
        match self {
            Self::Sqlite(sqlite) => sqlite.writer.send(unit, sqlite.wait_max).await?,
            Self::Postgres(postgres) => {
                write_postgres::start(postgres.pool.clone(), unit, postgres.unit_time_max);
            }
        }
        // Only a runtime that is being shut down drops a unit without an answer.
        result.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the store is closing".into()).into()))
    }

    /// Runs queries that all see the store as it is at one moment. Writing in here fails.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, E>>,
    {
        match self {
            Self::Sqlite(sqlite) => {
                let names = &*sqlite.names;
                let mut moment = sqlite.readers.begin().await?;
                let mut tx = Tx::sqlite(&mut moment.connection, names);
                let result = work(&mut tx).await;
                let result = tx.end(result).await;
                moment.end();
                result
            }
            Self::Postgres(postgres) => {
                let names = &postgres.names;
                let begun = postgres.pool.begin_with("begin isolation level repeatable read read only").await;
                let mut moment = begun.map_err(|error| StoreError::from_sqlx(error, names))?;
                let result = work(&mut Tx::postgres(&mut moment, names)).await;
                moment.rollback().await.map_err(|error| StoreError::from_sqlx(error, names))?;
                result
            }
        }
    }

    /// Copies a SQLite store, while it is in use, into a file that appears only when it is whole.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => backup::backup(&sqlite.connect, to).await,
            Self::Postgres(_) => Err(StoreError::Bug("use pg_dump to back up a PostgreSQL database".into())),
        }
    }

    /// Says whether the store answers readers and takes units of work.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.read(|tx| Box::pin(async move { tx.ping().await })).await?;
        self.write(|tx| Box::pin(async move { tx.ping().await })).await
    }

    /// Finishes all queued units, then closes the files or connections. Later calls find the store unavailable.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => {
                sqlite.readers.close().await;
                sqlite.writer.stop().await;
            }
            Self::Postgres(postgres) => postgres.pool.close().await,
        }
    }

    /// `sqlite` or `postgres`, for a log or a report.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

async fn open_sqlite(url: &str, options: &Options) -> Result<Sqlite, StoreError> {
    let connect = sqlite_options(url, options)?;
    let unavailable = |error| StoreError::unavailable(&error);
    let mut connection = connect.connect().await.map_err(unavailable)?;
    store_sqlite::MIGRATIONS.run(&mut connection).await.map_err(migration)?;
    let names = store_sqlite::names::constraint_names(&mut connection).await.map_err(unavailable)?;
    connection.close().await.map_err(unavailable)?;

    let names = Arc::new(names);
    let readers = Readers::new(connect.clone().pragma("query_only", "on"), options.connections_max, options.wait_max);
    let writer =
        write_sqlite::start(connect.clone().pragma("cache_size", WRITER_CACHE), names.clone(), options.unit_time_max)?;
    Ok(Sqlite { writer, readers, names, connect, wait_max: options.wait_max })
}

/// Every commit reaches the disk; what is deleted is overwritten.
fn sqlite_options(url: &str, options: &Options) -> Result<SqliteConnectOptions, StoreError> {
    let parsed = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Bug(error.to_string()))?;
    let pages_max = options.file_bytes_max.map_or(SQLITE_PAGES_MAX, |bytes| bytes / SQLITE_PAGE_BYTES);
    Ok(parsed
        .create_if_missing(true)
        .page_size(SQLITE_PAGE_BYTES as u32)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.wait_max)
        .statement_cache_capacity(STATEMENTS_MAX)
        .pragma("secure_delete", "on")
        .pragma("max_page_count", pages_max.to_string())
        .pragma("temp_store", "memory")
        // Fewer pauses to move the log into the file: the slowest answers are about a quarter quicker than with SQLite's 1000.
        .pragma("wal_autocheckpoint", "4000")
        .pragma("journal_size_limit", "67108864")
        .disable_statement_logging())
}

async fn open_postgres(url: &str, options: &Options) -> Result<Postgres, StoreError> {
    let connect = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Bug(error.to_string()))?
        .application_name("tandem")
        .statement_cache_capacity(STATEMENTS_MAX)
        .options([("lock_timeout", format!("{}ms", options.wait_max.as_millis()))])
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(options.connections_max)
        .acquire_timeout(options.wait_max)
        .connect_with(connect)
        .await
        .map_err(|error| StoreError::unavailable(&error))?;
    store_postgres::MIGRATIONS.run(&pool).await.map_err(migration)?;
    Ok(Postgres { pool, names: ConstraintNames::new(), unit_time_max: options.unit_time_max })
}

fn migration(error: sqlx::migrate::MigrateError) -> StoreError {
    match error {
        sqlx::migrate::MigrateError::Execute(error) => StoreError::unavailable(&error),
        error => StoreError::Bug(error.to_string()),
    }
}
