//! The detour: when help must change its form, two minutes on the idea beneath, then back to the same question.
//!
//! [`offer`] says whether a detour is offered and where it leads ([`target`]): to the skill of the way back that a
//! misconception names, else to the needed prerequisite with the largest `(1 - p) x strength`; a helping prerequisite
//! only where a misconception names it. Its first question is a probe: [`after_answer`] ends the detour when the idea
//! beneath turns out to be there (then the question's own help changes its form), when it was learned, or when it did
//! not help within three questions or three minutes (then the teacher is told). One deep, once an item, and it may be
//! declined. [`Detour`] is what a student's head keeps of it; the record has an event for every step.

mod event;
mod rules;
mod state;
mod target;

pub use event::{Because, DetourDeclined, DetourEnded, DetourOffered, DetourStarted, Ending};
pub use rules::{KNOWN_FROM, MINUTES_MAX, QUESTIONS_MAX, after_answer};
pub use state::{Detour, Phase};
pub(crate) use state::{answered, declined, ended, offered, question_answered, started};
pub use target::{Target, candidates, offer, offer_id, target};
