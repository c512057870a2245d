//! What was concluded and offered, and what a teacher asked for, as they stand in the record.

use crate::{
    next_activity::{DoneForToday, Offer},
    parameters::Versions,
};
use curriculum::{CourseId, LessonId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was offered to do next, with reasons and probabilities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offered {
    /// The course.
    pub course: CourseId,
    /// In the order shown.
    pub offers: Vec<Offer>,
    /// What stood under "something else".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub something_else: Vec<Offer>,
    /// That nothing more is needed today, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_for_today: Option<DoneForToday>,
    /// The rules that chose.
    #[serde(default)]
    pub versions: Versions,
}

/// What the pre-test concluded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The course.
    pub course: CourseId,
    /// The answer that ended it.
    pub cause: Uuid,
    /// Chance that the student knows it, by skill.
    pub p0: BTreeMap<SkillId, f64>,
    /// Skills placed as known.
    #[serde(default)]
    pub known: Vec<SkillId>,
    /// Skills to begin with.
    #[serde(default)]
    pub frontier: Vec<SkillId>,
    /// Skills to look at again in the first lessons.
    #[serde(default)]
    pub uncertain: Vec<SkillId>,
    /// What it was reached with.
    #[serde(default)]
    pub versions: Versions,
}

/// A lesson that a teacher assigned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    /// The assignment.
    pub assignment: Uuid,
    /// The course.
    pub course: CourseId,
    /// The lesson.
    pub lesson: LessonId,
    /// When it is due (ms UTC), if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
}
