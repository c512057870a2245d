//! What the detectors count while the record is folded. Bounded.

use super::{Tried, WeekCount};
use curriculum::{CourseId, ItemId, LessonId, MisconceptionId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Skills whose struggle is followed.
pub const SKILLS_KEPT: usize = 16;
/// Runs of hints that are kept.
pub const HINT_RUNS_KEPT: usize = 8;
/// Misconceptions that are kept.
pub const MISCONCEPTIONS_KEPT: usize = 16;
/// Places that are kept of one misconception.
pub const MATCHES_KEPT: usize = 4;

/// What the detectors count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// Skills in hand, the latest last.
    pub skills: Vec<SkillCount>,
    /// For the latest runs of hints to the last one: were they opened faster than they can be read?
    pub hint_runs_quick: Vec<bool>,
    /// When the latest of those that were opened too fast ended (ms UTC).
    pub hint_run_at: Option<i64>,
    /// Wrong ideas that answers matched, the latest last.
    pub misconceptions: Vec<MisconceptionCount>,
    /// The presentation in which three misses were reached last.
    pub three_misses: Option<Missed>,
    /// Unaided rights in a row, over all skills.
    pub in_a_row: u32,
    /// When the latest first answer was given (ms UTC).
    pub answered_at: Option<i64>,
    /// The lesson that the streak of rights is in.
    pub lesson: Option<LessonId>,
    /// First answers of the latest weeks with work, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<WeekCount>,
}

/// See [`Counters::skills`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkillCount {
    /// The course.
    pub course: CourseId,
    /// The skill.
    pub skill: SkillId,
    /// First answers since it was begun; neither those given without reading nor those that a wrong idea explains.
    pub attempts: u32,
    /// Unaided rights in a row.
    pub in_a_row: u32,
    /// Three rights in a row were reached.
    pub settled: bool,
    /// The latest of these answers, until it is settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tries: Vec<Tried>,
    /// Misses of this sitting among them.
    #[serde(default)]
    pub misses_here: u32,
    /// Chance of three unaided rights in a row within the next ten tries.
    #[serde(default = "certain")]
    pub three_soon: f64,
    /// The last answer (ms UTC).
    pub at: i64,
}

/// See [`Counters::misconceptions`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MisconceptionCount {
    /// The course.
    pub course: CourseId,
    /// The wrong idea.
    pub misconception: MisconceptionId,
    /// The skill it was seen in last.
    pub skill: Option<SkillId>,
    /// Different numbers (item and seed) on which it was seen.
    pub matches: Vec<(ItemId, i64)>,
    /// For the latest of them: first answers on the skill since. What lies further back is no finding any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fresh: Vec<u32>,
    /// For each of these: how likely an answer would have matched by chance, in thousandths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_chance: Vec<u16>,
    /// The last time (ms UTC).
    pub at: i64,
}

/// See [`Counters::three_misses`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// The presentation.
    pub presentation: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The skill.
    pub skill: Option<SkillId>,
    /// How many.
    pub misses: u32,
    /// When the third came (ms UTC).
    pub at: i64,
}

/// Of counts from before the tries were kept nothing is said.
fn certain() -> f64 {
    1.0
}
