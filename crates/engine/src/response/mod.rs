//! How likely the next answer is right: a logistic model over a few traces of what a student did before.
//!
//! `p = g + (1 - g) sigma(w . x)`, with `g` the known chance of guessing among the options shown. The weights `w`
//! are shared by all students, items and skills; what differs between them is counted, not fitted: how easy an item
//! is, how often it was right in each [`context`](Context), how the student surprised us lately. So a student's
//! update touches three rows of fixed size ([`StudentTrace`], [`SkillTrace`], [`ItemTrace`]) and costs the same
//! after 10 and after 10,000 answers.
//!
//! There are no default weights: before a school's first refit ([`crate::refit`]) predictions come from
//! [`crate::mastery`].

mod cells;
mod context;
mod counted;
mod features;
mod fitted;
mod model;
mod several;
mod trace;

pub use cells::{Cells, NO_CELL};
pub use context::Context;
pub use counted::{Count, Shrinking, logit, logit_of, sigma};
pub use features::{CONTEXTS_AT, FEATURE_NAMES, FEATURES, Features, Logarithms, Reach, features};
pub use fitted::{Cell, Easiness, Fitted};
pub use model::{Asked, Model};
pub use several::average;
pub use trace::{Decayed, ItemTrace, Outcomes, SkillTrace, StudentTrace, Taken, take};
