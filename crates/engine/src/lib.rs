//! What to conclude from a student's record, and what to do next.
//!
//! Pure and deterministic: the same events under the same versions give the same state, bit for bit, on the
//! server, in a browser, in a replay. Time and seeds arrive as arguments; maps are ordered; ties break by id.

pub mod detect;
pub mod detour;
pub mod evaluation;
pub mod facts;
pub mod grading;
pub mod mastery;
pub mod misconception;
pub mod next_activity;
pub mod parameters;
pub mod placement;
pub mod plan;
pub mod record;
pub mod refit;
pub mod response;
pub mod review;

pub use facts::CourseFacts;
pub use parameters::{ENGINE_VERSION, Parameters, Versions};
