//! Long work in the background: a row a job, taken by one server at a time, with progress, cancelling and a result.
//!
//! A server keeps a job for [`KEPT_MS`] and moves that on while it works. One that falls silent (a power cut) loses the
//! job to whoever looks next, itself after a new start too; so a job must be able to begin anew or to go on from what it
//! has saved. What the kinds of jobs do stands in the slices that offer them.

mod running;
mod worker;

pub use running::Running;
pub use worker::{Jobs, Kinds, Outcome, let_go, work, work_off};

/// How long a silent server keeps a job (ms).
const KEPT_MS: i64 = 30_000;
