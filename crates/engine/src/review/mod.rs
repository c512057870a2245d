//! How well a skill is remembered, and what to refresh when.

mod memory;
mod recall;

pub use memory::{Grade, Memory, WEIGHTS};
pub use recall::recall;
