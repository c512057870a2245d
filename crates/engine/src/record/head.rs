//! What is kept of one student beside the skills: what is open, what happened lately, today's counts.
//! Bounded: lists hold the latest entries only, so that a step costs the same after a year as on the first day.

use super::{Purpose, head_parts::*, planned::PlanState};
use crate::{detect::Counters, detour::Detour, placement::PlacementState};
use curriculum::{CourseId, ItemId, LessonId, MisconceptionId, PartId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Parts of presentations in progress that are kept.
pub const OPEN_KEPT: usize = 32;
/// Recent answers that are kept.
pub const ANSWERS_KEPT: usize = 24;
/// Recent presentations that are kept: enough for any ten in a row and for a mixed set.
pub const PRESENTED_KEPT: usize = 16;
/// Items whose counts are kept.
pub const ITEMS_KEPT: usize = 160;
/// Assignments that are kept.
pub const ASSIGNMENTS_KEPT: usize = 64;
/// Courses whose pre-tests are kept.
pub const PLACEMENTS_KEPT: usize = 16;
/// A gap that ends a sitting (ms).
pub const SITTING_GAP_MS: i64 = 30 * 60 * 1000;

/// What is kept of one student.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeadState {
    /// Valid answers, all of them.
    pub answers: u64,
    /// The latest instant seen (ms UTC).
    pub last_at: Option<i64>,
    /// The latest valid answer (ms UTC).
    pub last_answer_at: Option<i64>,
    /// Work without a 30-minute gap.
    pub sitting: Sitting,
    /// Today's counts.
    pub today: Today,
    /// How fast this student works.
    pub tempo: Tempo,
    /// With the latest answer a screen reader was in use, or the text was read aloud.
    #[serde(skip_serializing_if = "is_false")]
    pub times_mislead: bool,
    /// What the student is at.
    pub working_on: Option<WorkingOn>,
    /// Parts in progress, the latest last.
    pub open: Vec<PartProgress>,
    /// First valid responses, the latest last.
    pub recent: Vec<RecentAnswer>,
    /// Presentations, the latest last.
    pub presented: Vec<Presented>,
    /// Presentations since the last one of a mixed set, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_set: Option<u32>,
    /// Items by when they were last seen, the latest last.
    pub items: Vec<SeenItem>,
    /// What the detectors count.
    pub counters: Counters,
    /// Pre-tests by course.
    pub placements: BTreeMap<CourseId, PlacementState>,
    /// Assignments that are open, oldest first.
    pub assignments: Vec<Assignment>,
    /// How far the student has come through the skills of a course.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub breadth: BTreeMap<CourseId, Breadth>,
    /// Plans by course.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plans: BTreeMap<CourseId, PlanState>,
    /// What was offered last.
    pub last_offers: Option<LastOffers>,
    /// Detours, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub detours: Vec<Detour>,
}

/// See [`HeadState::working_on`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingOn {
    /// The course.
    pub course: CourseId,
    /// The lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// The skill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// The item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The presentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<Uuid>,
    /// Since when (ms UTC): the last right answer, the start, or when the question in hand was shown, whichever is later.
    pub since: i64,
    /// It is the pre-test.
    #[serde(default)]
    pub placement: bool,
    /// It is a detour.
    #[serde(default, skip_serializing_if = "is_false")]
    pub detour: bool,
    /// Signs of work on the question that did not solve it: misses, hints.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub signs: u32,
    /// Work on the question up to the last of these signs (ms): times between them, each counted up to a limit
    /// ([`crate::detect::work_of`]), since a long silence may be work or an errand.
    #[serde(default, skip_serializing_if = "is_none_ms")]
    pub worked_ms: i64,
    /// The last of these signs, or since when (ms UTC).
    #[serde(default)]
    pub last_sign_at: i64,
}

/// How far one part of one presentation has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartProgress {
    /// The presentation.
    pub presentation: Uuid,
    /// The part.
    pub part: PartId,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The skills.
    pub skills: Vec<SkillId>,
    /// Valid tries.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tries: u32,
    /// Misses.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub misses: u32,
    /// Answered right.
    #[serde(default, skip_serializing_if = "is_false")]
    pub right: bool,
    /// Hints opened.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hints: u32,
    /// Hints opened faster than they can be read.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hints_quick: u32,
    /// The hint that contains the answer, or the solution, was seen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bottom_out: bool,
    /// Its solution was shown as a worked example.
    #[serde(default, skip_serializing_if = "is_false")]
    pub example: bool,
    /// Help changed its form here: a worked example of another question may have stood beside it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub changed: bool,
    /// Help that was declined.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub declined: u32,
    /// The first valid response was taken as evidence.
    #[serde(default, skip_serializing_if = "is_false")]
    pub taken: bool,
    /// The wrong idea that an answer matched last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<MisconceptionId>,
    /// The question belongs to a detour.
    #[serde(default, skip_serializing_if = "is_false")]
    pub in_detour: bool,
    /// The last thing that happened here (ms UTC).
    pub at: i64,
}

impl PartProgress {
    /// Any help was seen: a hint, a scaffold or the solution.
    pub fn helped(&self) -> bool {
        self.hints > 0 || self.bottom_out || self.example
    }
}

/// A first valid response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentAnswer {
    /// The event.
    pub event: Uuid,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
    /// The skills.
    pub skills: Vec<SkillId>,
    /// When (ms UTC).
    pub at: i64,
    /// Right.
    #[serde(default, skip_serializing_if = "is_false")]
    pub right: bool,
    /// After help.
    #[serde(default, skip_serializing_if = "is_false")]
    pub helped: bool,
    /// Far quicker than this student usually is, and wrong.
    #[serde(default, skip_serializing_if = "is_false")]
    pub quick: bool,
    /// What for.
    pub purpose: Purpose,
}

impl HeadState {
    /// Progress on a part, if it is still kept.
    pub fn progress(&self, presentation: Uuid, part: &PartId) -> Option<&PartProgress> {
        self.open.iter().rev().find(|open| open.presentation == presentation && open.part == *part)
    }

    /// How often the item was presented, as far as it is kept.
    pub fn times_seen(&self, course: &CourseId, item: &ItemId) -> u32 {
        self.seen(course, item).map_or(0, |seen| seen.count)
    }

    /// What is kept of an item.
    pub fn seen(&self, course: &CourseId, item: &ItemId) -> Option<&SeenItem> {
        self.items.iter().find(|seen| seen.item == *item && seen.course == *course)
    }

    /// Counts of that school day; zero when the last work was on another.
    pub fn today(&self, school_day: &str) -> Today {
        if self.today.school_day == school_day {
            self.today.clone()
        } else {
            Today { school_day: school_day.to_owned(), ..Today::default() }
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_none_ms(number: &i64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Appends and drops the oldest beyond `kept`.
pub(crate) fn push_bounded<T>(list: &mut Vec<T>, entry: T, kept: usize) {
    list.push(entry);
    if list.len() > kept {
        let surplus = list.len() - kept;
        list.drain(..surplus);
    }
}
