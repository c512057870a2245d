//! How well a skill is remembered, and what to refresh when.

mod due;
mod memory;

pub use due::{Due, due, recall};
pub use memory::{Grade, Memory, WEIGHTS};
