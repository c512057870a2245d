//! Answers and help, as they stand in the record.

use crate::grading::{Judgement, Response};
use curriculum::{CourseId, HintId, ItemHash, ItemId, Lang, LessonId, PartId, Pool, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an answer was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Learning something.
    Practice,
    /// The pre-test; counts in the placement only.
    Placement,
    /// Keeping something fresh.
    Review,
    /// A mastery check.
    Check,
}

/// A response to one part of a presentation, with all that judging and folding need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The item as it was shown to this student.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// Its content when it was answered.
    pub item_hash: ItemHash,
    /// The seed it was filled with.
    pub seed: i64,
    /// The part that was answered.
    pub part: PartId,
    /// The skills that the part gives evidence of.
    pub skills: Vec<SkillId>,
    /// The lesson it was worked on in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// What it was given for.
    pub purpose: Purpose,
    /// The set of three or more questions of three or more skills, none announced, that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_set: Option<Uuid>,
    /// What the student sent.
    pub response: Response,
    /// What was judged of it; a replay never judges again.
    pub judgement: Judgement,
    /// The rules that judged it.
    pub grader_version: String,
    /// From the question being shown to the answer (ms), as the client saw it.
    pub elapsed_ms: i64,
    /// Options really shown; 0 for typed answers.
    #[serde(default)]
    pub options_shown: u16,
    /// The item's pool.
    #[serde(default)]
    pub pool: Pool,
    /// The language that it was read in.
    pub lang: Lang,
    /// It was read aloud.
    #[serde(default)]
    pub listened: bool,
    /// Supports in use, such as `screen_reader`, `extra_time`; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<String>,
    /// The detour that the question belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detour: Option<Uuid>,
}

/// See [`super::Body::ScaffoldAnswered`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScaffoldAnswered {
    /// The presentation.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The part.
    pub part: PartId,
    /// The part's skills.
    #[serde(default)]
    pub skills: Vec<SkillId>,
    /// The scaffold.
    pub hint: HintId,
    /// What the student sent.
    pub response: Response,
    /// What was judged of it.
    pub judgement: Judgement,
    /// The rules that judged it.
    #[serde(default)]
    pub grader_version: String,
    /// From the scaffold being shown to the answer (ms).
    #[serde(default)]
    pub elapsed_ms: i64,
}

/// See [`super::Body::HintOpened`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HintOpened {
    /// The presentation.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The part.
    pub part: PartId,
    /// The part's skills.
    #[serde(default)]
    pub skills: Vec<SkillId>,
    /// The hint.
    pub hint: HintId,
    /// It contains the answer.
    #[serde(default)]
    pub bottom_out: bool,
    /// Since the hint before it, or since the question was shown (ms).
    #[serde(default)]
    pub since_last_ms: i64,
}

/// See [`super::Body::SolutionOpened`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SolutionOpened {
    /// The presentation.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The part.
    pub part: PartId,
    /// The part's skills.
    #[serde(default)]
    pub skills: Vec<SkillId>,
}
