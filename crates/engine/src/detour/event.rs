//! What the record holds of a detour.

use curriculum::{CourseId, ItemId, MisconceptionId, PartId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a detour leads where it leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Because {
    /// A wrong idea names it as its way back.
    WayBack {
        /// The wrong idea.
        misconception: MisconceptionId,
    },
    /// The question's skill needs it, and it is the weakest of what is needed.
    Needed {},
}

/// See [`crate::record::Body::DetourOffered`]. The event's id is the detour's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetourOffered {
    /// The question that waits.
    pub presentation: Uuid,
    /// Its part.
    pub part: PartId,
    /// The course.
    pub course: CourseId,
    /// The question's item.
    pub item: ItemId,
    /// The skill that was missed.
    pub from: SkillId,
    /// The skill that the detour leads to.
    pub skill: SkillId,
    /// Why there.
    pub because: Because,
    /// Misses on the part until now.
    pub misses: u32,
    /// The answer that it follows from.
    pub cause: Uuid,
}

/// See [`crate::record::Body::DetourStarted`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetourStarted {
    /// The detour.
    pub detour: Uuid,
    /// The course.
    pub course: CourseId,
    /// The skill that it leads to.
    pub skill: SkillId,
    /// The probe.
    pub presentation: Uuid,
}

/// See [`crate::record::Body::DetourDeclined`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetourDeclined {
    /// The question that waits.
    pub presentation: Uuid,
    /// Its part.
    pub part: PartId,
    /// The detour.
    pub detour: Uuid,
    /// The course.
    pub course: CourseId,
    /// The skill that it leads to.
    pub skill: SkillId,
}

/// How a detour ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The probe was answered: the idea beneath is there, so the help there is on the question itself changes its form.
    Known,
    /// It was not there, and then it was.
    Learned,
    /// All questions were asked and it is not there yet.
    NotYet,
    /// The time was over before it was there.
    OutOfTime,
}

impl Ending {
    /// The detour did not help: the teacher is told.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::NotYet | Self::OutOfTime)
    }
}

/// See [`crate::record::Body::DetourFinished`] and [`crate::record::Body::DetourFailed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetourEnded {
    /// The detour.
    pub detour: Uuid,
    /// The course.
    pub course: CourseId,
    /// The skill that it led to.
    pub skill: SkillId,
    /// The answer that it follows from.
    pub cause: Uuid,
    /// How it ended.
    pub ending: Ending,
}
