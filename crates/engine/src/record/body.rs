//! What can happen in a student's record. The JSON of a body is the client's part and the server's part of
//! the event merged into one object; unknown members are passed over, so that a newer client is understood.

use super::{
    Answered, Assigned, HintOpened, Offered, Placed, PlanAsked, PlanPublished, PlanUndone, ScaffoldAnswered,
    SolutionOpened,
};
use crate::{
    detour::{DetourDeclined, DetourEnded, DetourOffered, DetourStarted},
    grading::Judgement,
    next_activity::Work,
};
use curriculum::{CourseId, ItemId, LessonId, PartId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A response to a part of a presentation, with its judgement.
    Answered(Answered),
    /// A response to the smaller question of a scaffold; feedback only.
    ScaffoldAnswered(ScaffoldAnswered),
    /// A hint or scaffold was opened.
    HintOpened(HintOpened),
    /// The whole solution was shown: a worked example.
    SolutionOpened(SolutionOpened),
    /// Help was offered and declined.
    HelpDeclined(HelpDeclined),
    /// A detour to the idea beneath was offered.
    DetourOffered(DetourOffered),
    /// It began.
    DetourStarted(DetourStarted),
    /// It was declined, or left on the way.
    DetourDeclined(DetourDeclined),
    /// It ended well: a conclusion.
    DetourFinished(DetourEnded),
    /// It did not help: a conclusion.
    DetourFailed(DetourEnded),
    /// What was offered to do next.
    Offered(Offered),
    /// What the student chose to do.
    OfferChosen(OfferChosen),
    /// The student began to work on something.
    WorkStarted(WorkStarted),
    /// The course pre-test began.
    PlacementStarted(PlacementStarted),
    /// What the pre-test concluded.
    Placed(Placed),
    /// Ready to go on: a conclusion, latched.
    Ready(Concluded),
    /// Lasting: a conclusion, latched.
    Lasting(Concluded),
    /// A teacher assigned a lesson.
    Assigned(Assigned),
    /// A teacher took an assignment back.
    AssignmentCancelled(AssignmentCancelled),
    /// Somebody asked something of the plan.
    PlanAsked(PlanAsked),
    /// An ask was taken back.
    PlanUndone(PlanUndone),
    /// The plan as it was shown from then on.
    PlanPublished(PlanPublished),
    /// Correction: that answer is judged anew.
    Rejudged(Rejudged),
    /// Correction: that answer does not count.
    Excused(Excused),
    /// Correction: a teacher knows better.
    MasteryOverridden(MasteryOverridden),
    /// Correction: that item never counts.
    ItemWithdrawn(ItemWithdrawn),
    /// Correction: what was done between two instants was not this student's.
    SittingVoided(SittingVoided),
    /// A correction is taken back.
    Undone(Undone),
}

impl Body {
    /// The kind's name, as it stands in the record.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::ScaffoldAnswered(_) => "scaffold_answered",
            Self::HintOpened(_) => "hint_opened",
            Self::SolutionOpened(_) => "solution_opened",
            Self::HelpDeclined(_) => "help_declined",
            Self::DetourOffered(_) => "detour_offered",
            Self::DetourStarted(_) => "detour_started",
            Self::DetourDeclined(_) => "detour_declined",
            Self::DetourFinished(_) => "detour_finished",
            Self::DetourFailed(_) => "detour_failed",
            Self::Offered(_) => "offered",
            Self::OfferChosen(_) => "offer_chosen",
            Self::WorkStarted(_) => "work_started",
            Self::PlacementStarted(_) => "placement_started",
            Self::Placed(_) => "placed",
            Self::Ready(_) => "ready",
            Self::Lasting(_) => "lasting",
            Self::Assigned(_) => "assigned",
            Self::AssignmentCancelled(_) => "assignment_cancelled",
            Self::PlanAsked(_) => "plan_asked",
            Self::PlanUndone(_) => "plan_undone",
            Self::PlanPublished(_) => "plan_published",
            Self::Rejudged(_) => "rejudged",
            Self::Excused(_) => "excused",
            Self::MasteryOverridden(_) => "mastery_overridden",
            Self::ItemWithdrawn(_) => "item_withdrawn",
            Self::SittingVoided(_) => "sitting_voided",
            Self::Undone(_) => "undone",
        }
    }
}

/// See [`Body::HelpDeclined`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HelpDeclined {
    /// The presentation it was offered in.
    pub presentation: Uuid,
    /// The part.
    pub part: PartId,
    /// What was offered.
    pub form: crate::detect::HelpForm,
}

/// See [`Body::OfferChosen`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferChosen {
    /// The `offered` event that it was chosen from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<Uuid>,
    /// The course.
    pub course: CourseId,
    /// What was chosen.
    pub work: Work,
}

/// See [`Body::WorkStarted`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkStarted {
    /// The course.
    pub course: CourseId,
    /// What the work is.
    pub work: Work,
    /// The lesson, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// The skill in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// The item shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The presentation shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<Uuid>,
}

/// See [`Body::PlacementStarted`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacementStarted {
    /// The course.
    pub course: CourseId,
    /// The server's secret seed of this pre-test.
    pub seed: i64,
    /// The student's grade, where the roster says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
}

/// See [`Body::Ready`] and [`Body::Lasting`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Concluded {
    /// The course.
    pub course: CourseId,
    /// The skill.
    pub skill: SkillId,
    /// The event that it follows from.
    pub cause: Uuid,
}

/// See [`Body::AssignmentCancelled`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssignmentCancelled {
    /// The assignment.
    pub assignment: Uuid,
}

/// See [`Body::Rejudged`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rejudged {
    /// The answer.
    pub event: Uuid,
    /// What is judged of it now.
    pub judgement: Judgement,
    /// A code or an id of the words, which lie in their own table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// See [`Body::Excused`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excused {
    /// The answer.
    pub event: Uuid,
    /// A code or an id of the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// See [`Body::MasteryOverridden`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MasteryOverridden {
    /// The course.
    pub course: CourseId,
    /// The skill.
    pub skill: SkillId,
    /// Ready to go on, or not.
    pub ready: bool,
    /// A code or an id of the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// See [`Body::ItemWithdrawn`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemWithdrawn {
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// A code or an id of the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// See [`Body::SittingVoided`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SittingVoided {
    /// From this instant (ms UTC).
    pub from: i64,
    /// To this instant, included.
    pub to: i64,
    /// A code or an id of the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// See [`Body::Undone`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undone {
    /// The correction that is taken back (it may itself be an `undone`).
    pub event: Uuid,
}
