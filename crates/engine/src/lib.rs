//! What to conclude from a student's record, and what to do next.
//!
//! Pure and deterministic: the same events under the same versions give the same state, bit for bit, on the
//! server, in a browser, in a replay. Time and seeds arrive as arguments; maps are ordered; ties break by id.

pub mod grading;
