//! The rows of the store and the ids that name them, shared by both databases so that there is one type of each.
//!
//! A row holds bytes, ids, milliseconds UTC and small texts. What they mean is decided by those who write them. No row
//! repeats its tenant: every store function takes it first.

mod identity;
mod ids;
mod insight;
mod jobs;
mod learning;
mod library;
mod live;
mod parameters;
mod people;
mod plans;
mod roster;

pub use identity::*;
pub use ids::*;
pub use insight::*;
pub use jobs::*;
pub use learning::*;
pub use library::*;
pub use live::*;
pub use parameters::*;
pub use people::*;
pub use plans::*;
pub use roster::*;
