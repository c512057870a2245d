//! Why the store could not do what it was asked.

use sqlx::error::{DatabaseError, ErrorKind};
use std::collections::BTreeMap;

/// Why the store could not do what it was asked. Holds no value of any row, so it may be logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Busy, full or out of reach. Nothing was written; the same unit may succeed later.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// Something else has this name already. Holds the name of the constraint, the same on both databases.
    #[error("the constraint {0} does not allow it")]
    Conflict(String),
    /// What the row refers to, or the row to change, is not there.
    #[error("what it refers to is not there")]
    Missing,
    /// The student's record was erased; nothing is written to it any more.
    #[error("the record was erased")]
    Erased,
    /// A mistake in the program.
    #[error("a mistake in the program: {0}")]
    Bug(String),
}

/// SQLite's names of unique constraints by their columns; empty on PostgreSQL, which names them itself.
pub(crate) type ConstraintNames = BTreeMap<String, String>;

impl StoreError {
    pub(crate) fn from_sqlx(error: sqlx::Error, names: &ConstraintNames) -> Self {
        use sqlx::Error::*;
        match error {
            RowNotFound => Self::Missing,
            Database(error) => from_database(&*error, names),
            Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed | BeginFailed => Self::unavailable(&error),
            error => Self::Bug(error.to_string()),
        }
    }

    pub(crate) fn unavailable(error: &sqlx::Error) -> Self {
        Self::Unavailable(match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            error => error.to_string(),
        })
    }
}

fn from_database(error: &dyn DatabaseError, names: &ConstraintNames) -> StoreError {
    match error.kind() {
        ErrorKind::UniqueViolation => StoreError::Conflict(constraint(error, names)),
        ErrorKind::ForeignKeyViolation => StoreError::Missing,
        _ if is_unavailable(error) => StoreError::Unavailable(error.message().to_owned()),
        _ => StoreError::Bug(error.message().to_owned()),
    }
}

/// SQLite says `UNIQUE constraint failed: class.tenant_id, class.code`, or `...: index 'person_email'` when the index
/// holds an expression.
fn constraint(error: &dyn DatabaseError, names: &ConstraintNames) -> String {
    if let Some(name) = error.constraint() {
        return name.to_owned();
    }
    let (_, columns) = error.message().split_once("constraint failed: ").unwrap_or(("", error.message()));
    let index = columns.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\''));
    index.or(names.get(columns).map(String::as_str)).unwrap_or(columns).to_owned()
}

fn is_unavailable(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // The low byte is the kind: busy, locked, no memory, read only, interrupted, i/o, corrupt, full, cannot open,
        // protocol, not a database.
        let kind = code.parse::<i64>().map_or(0, |code| code & 0xff);
        matches!(kind, 5..=11 | 13..=15 | 26)
    } else {
        // Connection lost, no resources (a full disk among them), shutting down, serialization, deadlock, lock timeout.
        ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class))
            || matches!(&*code, "40001" | "40P01" | "55P03" | "57014")
    }
}
