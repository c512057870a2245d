//! What a student is at, and how much work has gone into it.

use super::{HeadState, WorkingOn, head_parts::TEMPO_MAX_MS};
use crate::detect;
use curriculum::{CourseId, ItemId, LessonId, SkillId};
use uuid::Uuid;

/// What was done at a question, as far as it tells what the student is at.
pub(super) struct Deed<'e> {
    pub course: &'e CourseId,
    pub lesson: Option<LessonId>,
    pub skills: &'e [SkillId],
    pub item: &'e ItemId,
    pub presentation: Uuid,
    /// Since the question was shown or the last deed there, as the device measured (ms); away or not.
    pub after_ms: i64,
    pub right: bool,
    pub placement: bool,
    pub detour: bool,
    pub at: i64,
}

/// A miss or a hint is a sign of work on the question; with a right answer it is left behind.
pub(super) fn work_on(head: &mut HeadState, deed: &Deed<'_>) {
    let work_of = |silent_ms: i64| detect::work_of(silent_ms, head.tempo.median_ms());
    let (since, signs, worked_ms) = match &head.working_on {
        _ if deed.right => (deed.at, 0, 0),
        Some(on) if on.presentation == Some(deed.presentation) => {
            let work_ms = work_of(deed.at.saturating_sub(on.last_sign_at));
            (on.since, on.signs.saturating_add(1), on.worked_ms.saturating_add(work_ms))
        }
        // Only the first question of a run is an event by being shown: of the others the device's own measure tells.
        _ => {
            let after_ms = deed.after_ms.clamp(0, TEMPO_MAX_MS);
            (deed.at.saturating_sub(after_ms), 1, work_of(after_ms))
        }
    };
    head.working_on = Some(WorkingOn {
        course: deed.course.clone(),
        lesson: deed.lesson.clone(),
        skill: deed.skills.first().cloned(),
        item: Some(deed.item.clone()),
        presentation: Some(deed.presentation),
        since,
        placement: deed.placement,
        detour: deed.detour,
        signs,
        worked_ms,
        last_sign_at: deed.at,
    });
}
