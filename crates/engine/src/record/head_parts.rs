//! The smaller parts of a head.

use super::{Author, Purpose};
use curriculum::{CourseId, ItemId, LessonId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Answers whose time makes up the tempo.
pub const TEMPO_KEPT: usize = 31;
/// Longer than this is a pause, not a tempo (ms).
pub(super) const TEMPO_MAX_MS: i64 = 15 * 60 * 1000;

/// Work without a 30-minute gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// When it began (ms UTC).
    pub started_at: i64,
    /// Valid first answers in it.
    pub answers: u32,
    /// Right ones among them.
    pub rights: u32,
    /// A mixed set was answered in it.
    pub mixed: bool,
}

/// Counts of one school day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The day.
    pub school_day: String,
    /// Valid first answers.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
    /// Reviews among them.
    pub reviews: u32,
    /// Skills that became ready.
    #[serde(default, skip_serializing_if = "super::head::is_zero")]
    pub ready: u32,
}

/// How far a student has come through the skills of a course, ready or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Breadth {
    /// Skills that the pre-test placed as known, of those that were new then.
    pub placed_known: u32,
    /// Other skills of which a first question was answered, or that a teacher said are there.
    pub met: u32,
}

/// How fast this student works: times of the latest answers in which they thought, by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tempo {
    /// The latest times (ms), oldest first.
    pub times_ms: Vec<i64>,
}

impl Tempo {
    /// The median, once there are five times.
    pub fn median_ms(&self) -> Option<i64> {
        if self.times_ms.len() < 5 {
            return None;
        }
        let mut sorted = self.times_ms.clone();
        sorted.sort_unstable();
        Some(sorted[sorted.len() / 2])
    }
}

/// One presentation. Stored as a row without names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PresentedRow", into = "PresentedRow")]
pub struct Presented {
    /// Its id.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// Its skills.
    pub skills: Vec<SkillId>,
    /// What for.
    pub purpose: Purpose,
    /// Its mixed set.
    pub mixed_set: Option<Uuid>,
    /// When it was first seen in the record (ms UTC).
    pub at: i64,
}

type PresentedRow = (Uuid, CourseId, ItemId, Vec<SkillId>, Purpose, Option<Uuid>, i64);

impl From<PresentedRow> for Presented {
    fn from((presentation, course, item, skills, purpose, mixed_set, at): PresentedRow) -> Self {
        Self { presentation, course, item, skills, purpose, mixed_set, at }
    }
}

impl From<Presented> for PresentedRow {
    fn from(row: Presented) -> Self {
        (row.presentation, row.course, row.item, row.skills, row.purpose, row.mixed_set, row.at)
    }
}

/// How often an item was presented. Stored as a row without names, since there are many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SeenRow", into = "SeenRow")]
pub struct SeenItem {
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// Presentations.
    pub count: u32,
    /// The last one (ms UTC).
    pub at: i64,
    /// Its school day.
    pub day: String,
    /// It was answered right without help then.
    pub right: bool,
}

type SeenRow = (CourseId, ItemId, u32, i64, String, bool);

impl From<SeenRow> for SeenItem {
    fn from((course, item, count, at, day, right): SeenRow) -> Self {
        Self { course, item, count, at, day, right }
    }
}

impl From<SeenItem> for SeenRow {
    fn from(seen: SeenItem) -> Self {
        (seen.course, seen.item, seen.count, seen.at, seen.day, seen.right)
    }
}

/// An assignment that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub assignment: Uuid,
    /// The course.
    pub course: CourseId,
    /// The lesson.
    pub lesson: LessonId,
    /// Who assigned it.
    pub by: Author,
    /// When it was assigned (ms UTC).
    pub at: i64,
    /// When it is due (ms UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
    /// First valid answers given in the lesson since.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
}

/// What was offered last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOffers {
    /// The `offered` event.
    pub event: Uuid,
    /// The course.
    pub course: CourseId,
    /// The lessons offered.
    pub lessons: Vec<LessonId>,
    /// The skills offered.
    pub skills: Vec<SkillId>,
    /// When (ms UTC).
    pub at: i64,
}
