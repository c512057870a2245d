//! A student's record: what can happen in it, and the fold that turns it into state.
//!
//! `state = fold(events, engine version, parameter version, content by hash)`. [`step`] adds one event to the
//! rows it touches; [`fold`] runs over a whole stream, with corrections taking effect at the place of what they
//! correct. A step over a stream without corrections gives the same state as its fold, bit for bit.

mod answer;
mod body;
mod correction;
mod derived;
mod event;
mod evidence;
mod fold;
mod head;
mod head_parts;
mod observed;
mod plan;
mod planned;
mod skill_state;
mod step;
mod upcast;
mod watch;
mod working;

pub use answer::{Answered, HintOpened, Purpose, ScaffoldAnswered, SolutionOpened};
pub use body::{
    AssignmentCancelled, Body, Concluded, Excused, HelpDeclined, ItemWithdrawn, MasteryOverridden, OfferChosen,
    PlacementStarted, Rejudged, SittingVoided, Undone, WorkStarted,
};
pub use correction::needs_refold;
pub use derived::{Derived, DerivedKind, derived_id};
pub use event::{Author, Event};
pub use evidence::chance_of_right;
pub use fold::{Folded, fold, fold_from};
pub use head::{HeadState, PartProgress, RecentAnswer, SITTING_GAP_MS, WorkingOn};
pub(crate) use head::{PLACEMENTS_KEPT, push_bounded};
pub use head_parts::{Assignment, Breadth, LastOffers, Presented, SeenItem, Sitting, Tempo, Today};
pub use observed::{Observed, observe};
pub use plan::{Assigned, Offered, Placed};
pub use planned::{AskReason, PlanAsked, PlanChange, PlanPublished, PlanState, PlanUndone, Soon, Standing, Timed};
pub use skill_state::{BottomOut, Latched, Override, PlacedAt, SeenQuestion, SkillState, UnaidedRight};
pub use step::{Context, Loaded, course_of, step, touches};
pub use upcast::{CURRENT_SCHEMA, read_body};
