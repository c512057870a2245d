//! The engine's constants, learnt anew from the school's own record: a job finds a candidate and lets held-out students
//! compare it with what is in force; an administrator publishes it or goes back; another job moves the students over, one
//! by one. Versions and publications are kept for good.

mod fitting;
mod http;
mod publishing;
mod refolding;
mod rules;

pub use http::routes;
pub use rules::LEAST;

use crate::{
    app::{Problem, Shared},
    jobs::{Kinds, Outcome, Running},
};

/// The job that finds a candidate.
const REFIT: &str = "refit";
/// The job that moves students to the versions in force.
const REFOLD: &str = "refold";

/// How the jobs of this slice are run.
pub const KINDS: Kinds = Kinds {
    run: |app, job| Box::pin(run(app, job)),
    tend: |app, tenant| Box::pin(refolding::ask_where_needed(app, tenant)),
};

async fn run(app: Shared, job: Running) -> Result<Outcome, Problem> {
    match job.job.kind.as_str() {
        REFIT => fitting::refit(&app, &job).await,
        REFOLD => refolding::refold(&app, &job).await,
        other => Err(Problem::failure(format!("no job is called {other}"))),
    }
}
