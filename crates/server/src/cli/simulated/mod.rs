//! What demo, trial and load share: a school made without a browser, and simulated students who walk through it,
//! through the rules directly or through HTTP.

pub mod direct;
pub mod names;
pub mod school;
pub mod walk;
