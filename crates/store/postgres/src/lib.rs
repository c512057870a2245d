//! The queries on PostgreSQL. Their text is shared with the other database, one file a slice in `store/queries`; what differs
//! stands in `lock` and `notice`. What a query is for is said once, at the facade's method of the same name.

/// Writes something of which nothing is asked but that it succeeds.
macro_rules! put {
    ($c:expr, $sql:literal, $($value:expr),+ $(,)?) => {
        sqlx::query!($sql, $($value),+).execute($c).await.map(drop)
    };
}

pub mod lock;
pub mod notice;

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

/// The database that the shared queries are compiled for.
pub type Engine = sqlx::Postgres;

/// A connection to it.
pub type Conn = <Engine as sqlx::Database>::Connection;

/// The schema, step by step.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/postgres");
