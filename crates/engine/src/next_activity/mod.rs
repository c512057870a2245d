//! What to do next: two or three good things of different kinds, each with its reason, or an honest "done for
//! today"; and, within a piece of work, which question.

mod candidates;
mod items;
mod minutes;
mod mixed;
mod offers;
mod planned;
mod progress;
mod short_time;
mod singles;
mod situation;
mod view;
mod work;

pub use items::{ItemChoice, check_item, next_item, placement_askable, placement_item};
pub use minutes::RUN_QUESTIONS;
pub use offers::offers;
pub use progress::{LessonProgress, lesson_progress, unmet_needs};
pub use short_time::is_time_short;
pub use situation::Situation;
pub use work::{DoneForToday, Offer, OfferKind, Offers, Reason, Work};
