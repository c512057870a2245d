//! Does the student know it? Three things that are never multiplied: the *level* (chance that it is known), what
//! is *ready to go on* or *lasting* (latched conclusions), and *memory*, which only schedules reviews.

mod belief;
mod ready;
mod shown;

pub use belief::{GuessSlip, believe, bounded, guess_slip, learn, success_next, update};
pub use ready::{KNOWN_FIRST_MAX, MissingForReady, is_lasting, is_ready, learn_at_most, missing_for_ready};
pub use shown::{Range, Shown, ShownState, lower_shown, raise_shown, state_of, step_of};
