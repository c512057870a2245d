//! Who may need a word: rules on counters, explainable, relative to the student's own tempo and supports, in
//! neutral words, fading within a day. A projection of the head is kept for each student, and the rules are
//! evaluated with the time of reading, so that "much longer than usual" needs no event.

mod alert;
mod counters;
mod counting;
mod help;
mod ideas;
mod live;
mod outlook;
mod pace;
mod rules;
mod see_first;

pub use alert::{Alert, AlertArgs, HelpForm, Profile, Rule};
pub use counters::{Counters, HINT_RUNS_KEPT, MisconceptionCount, Missed, SkillCount};
pub(crate) use counting::{Try, count_skill};
pub use help::help_after;
pub(crate) use help::note_form;
pub(crate) use ideas::{age_misconceptions, count_misconception, is_found_idea};
pub use live::{Found, LiveProjection, live_projection};
pub use outlook::{Came, Tried, three_in_a_row_within, three_soon};
pub(crate) use pace::count_week;
pub use pace::{WEEKS_KEPT, WeekCount, off_pace_in_class};
pub use rules::{alerts, work_of};
pub use see_first::see_first;

/// Supports with which times say nothing.
pub const TIME_RULES_OFF: [&str; 2] = ["read_aloud", "screen_reader"];
