//! The queries on SQLite. Their text is shared with the other database, one file a slice in `store/queries`; what differs
//! stands in `conn`, `lock` and `names`.

/// Writes something of which nothing is asked but that it succeeds: it goes with the next statement, or at the end of the
/// unit. The text is checked here as those of all statements are.
macro_rules! put {
    ($c:expr, $sql:literal, $($value:expr),+ $(,)?) => {{
        if false {
            let _ = sqlx::query!($sql, $($value),+);
        }
        $c.write($crate::Write { sql: $sql, values: vec![$($crate::Value::from(&$value)),+] }).await
    }};
}

mod conn;
pub mod lock;
pub mod names;

#[path = "../../queries/erase.rs"]
pub mod erase;
#[path = "../../queries/identity.rs"]
pub mod identity;
#[path = "../../queries/insight.rs"]
pub mod insight;
#[path = "../../queries/jobs.rs"]
pub mod jobs;
#[path = "../../queries/learning.rs"]
pub mod learning;
#[path = "../../queries/library.rs"]
pub mod library;
#[path = "../../queries/live.rs"]
pub mod live;
#[path = "../../queries/parameters.rs"]
pub mod parameters;
#[path = "../../queries/plans.rs"]
pub mod plans;
#[path = "../../queries/roster.rs"]
pub mod roster;
#[path = "../../queries/sign_in.rs"]
pub mod sign_in;

pub use conn::{Conn, Lead, Value, Write};

/// The database that the shared queries are compiled for.
pub type Engine = sqlx::Sqlite;

/// The schema, step by step.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");
