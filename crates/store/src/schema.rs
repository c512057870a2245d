//! How the schema of a database stands, looked at without changing anything.

use crate::{Store, StoreError, error::ConstraintNames};
use sqlx::{
    ConnectOptions, Connection, PgConnection, SqliteConnection, migrate::Migrator, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};
use std::str::FromStr;

/// Numbers of migrations: the newest that the database has, and the newest that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// 0 for a database without any.
    pub applied: i64,
    pub known: i64,
}

const NEWEST: &str = "select max(version) from _sqlx_migrations where success";

impl Store {
    /// Looks at the database of this address; one that is not there or out of reach is unavailable.
    pub async fn schema(url: &str) -> Result<Schema, StoreError> {
        let newest: Result<Option<i64>, sqlx::Error> = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Bug(error.to_string()))?;
            let connected = options.create_if_missing(false).read_only(true).connect().await;
            let mut connection: SqliteConnection = connected.map_err(|error| StoreError::unavailable(&error))?;
            let newest = sqlx::query_scalar(NEWEST).fetch_one(&mut connection).await;
            let _ = connection.close().await;
            newest
        } else {
            let options = PgConnectOptions::from_str(url).map_err(|error| StoreError::Bug(error.to_string()))?;
            let connected = options.connect().await;
            let mut connection: PgConnection = connected.map_err(|error| StoreError::unavailable(&error))?;
            let newest = sqlx::query_scalar(NEWEST).fetch_one(&mut connection).await;
            let _ = connection.close().await;
            newest
        };
        let migrations =
            if url.starts_with("sqlite:") { &store_sqlite::MIGRATIONS } else { &store_postgres::MIGRATIONS };
        match newest {
            Ok(applied) => Ok(Schema { applied: applied.unwrap_or(0), known: known(migrations) }),
            // The table of migrations comes with the first of them.
            Err(sqlx::Error::Database(error)) if lacks_table(error.message()) => {
                Ok(Schema { applied: 0, known: known(migrations) })
            }
            Err(error) => Err(StoreError::from_sqlx(error, &ConstraintNames::new())),
        }
    }
}

fn lacks_table(message: &str) -> bool {
    message.contains("_sqlx_migrations") && (message.contains("no such table") || message.contains("does not exist"))
}

fn known(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or(0)
}
