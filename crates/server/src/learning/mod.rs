//! A student learns: the pre-test, what is next and why, questions, answers, help, progress.
//!
//! An answer's way: `http::events` reads it, `judge` grades it against the presentation it names, `record`
//! appends it to the student's stream and folds it in one unit of work, `verdict` words what comes back.

mod asked;
mod detours;
mod evidence;
mod example;
mod hand;
mod heads;
mod home;
mod http;
mod judge;
mod left;
mod on_screen;
mod placement;
mod practice_key;
mod present;
mod progress;
mod record;
mod refold;
mod replaying;
mod rules;
mod runs;
mod said;
mod stored;
mod student;
mod switching;
mod verdict;
mod work;
mod worked;

pub use asked::LessonName;
pub use evidence::{observed, record_until};
pub use heads::Heads;
pub use home::{Home, OfferSeen, home};
pub use http::{WorkWanted, accept, routes};
pub use judge::ClientEvent;
pub use on_screen::PresentationSeen;
pub use placement::{PlacementSeen, go_on as go_on_placing};
pub use present::{Presentations, shown as shown_by_id};
pub use progress::{Counts, SkillProgress, skill_progress, units_progress};
pub use record::{Appended, Incoming, Setting, append, append_for};
pub use replaying::{Difference, replay, replay_all};
pub use runs::{NextSeen, RunSeen, go_on, start};
pub use said::Said;
pub use stored::{StoredBody, event_of, events_in_order, load_head, load_skills};
pub use student::{Learner, LearnerState};
pub use switching::{Switched, switch};
pub use verdict::{answer_html, judgement_for_teacher};
pub use work::chosen_work;
pub use worked::runs_worked;
