//! What the head keeps of detours, and how events move it.

use super::{
    Because, after_answer,
    event::{DetourDeclined, DetourEnded, DetourOffered, DetourStarted, Ending},
};
use crate::record::{Answered, Derived, Event, HeadState, WorkingOn, push_bounded};
use curriculum::{CourseId, ItemId, PartId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Detours that are kept; an item has its one detour as long as that is among them.
const KEPT: usize = 24;

/// Where a detour stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Offered, not answered yet.
    Offered,
    /// Under way.
    Running,
    /// Declined before it began.
    Declined,
    /// Left on the way, back to the question.
    Left,
    /// Ended: the idea beneath was there.
    Known,
    /// Ended: it was learned.
    Learned,
    /// Ended without help: the teacher's turn.
    Failed,
}

/// One detour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detour {
    /// Its id: that of the event that offered it.
    pub id: Uuid,
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
    /// The skill that it leads to.
    pub skill: SkillId,
    /// Why there.
    pub because: Because,
    /// Misses on the waiting part when it was offered.
    pub misses: u32,
    /// The school day.
    pub day: String,
    /// Where it stands.
    pub phase: Phase,
    /// Since when (ms UTC).
    pub at: i64,
    /// When it began (ms UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<i64>,
    /// Its questions with a first valid response.
    #[serde(default)]
    pub questions: u32,
    /// Times mislead (a screen reader, read aloud, extra time): the limit of minutes is off.
    #[serde(default)]
    pub untimed: bool,
    /// The waiting question was answered right since.
    #[serde(default)]
    pub settled: bool,
}

/// Extra time; beside the supports with which times say nothing at all.
const EXTRA_TIME: &str = "extra_time";

pub(crate) fn offered(head: &mut HeadState, event: &Event, offered: &DetourOffered) {
    if head.detours.iter().any(|known| known.id == event.id) {
        return;
    }
    let detour = Detour {
        id: event.id,
        presentation: offered.presentation,
        part: offered.part.clone(),
        course: offered.course.clone(),
        item: offered.item.clone(),
        from: offered.from.clone(),
        skill: offered.skill.clone(),
        because: offered.because.clone(),
        misses: offered.misses,
        day: event.school_day.clone(),
        phase: Phase::Offered,
        at: event.effective_at,
        started_at: None,
        questions: 0,
        untimed: false,
        settled: false,
    };
    push_bounded(&mut head.detours, detour, KEPT);
}

pub(crate) fn started(head: &mut HeadState, event: &Event, started: &DetourStarted) {
    let Some(detour) = find(head, started.detour).filter(|detour| detour.phase == Phase::Offered) else { return };
    detour.phase = Phase::Running;
    detour.at = event.effective_at;
    detour.started_at = Some(event.effective_at);
    head.working_on = Some(WorkingOn {
        course: started.course.clone(),
        lesson: None,
        skill: Some(started.skill.clone()),
        item: None,
        presentation: Some(started.presentation),
        since: event.effective_at,
        placement: false,
        detour: true,
        signs: 0,
        worked_ms: 0,
        last_sign_at: event.effective_at,
    });
}

pub(crate) fn declined(head: &mut HeadState, event: &Event, declined: &DetourDeclined) {
    let Some(detour) = find(head, declined.detour) else { return };
    detour.phase = match detour.phase {
        Phase::Offered => Phase::Declined,
        Phase::Running => Phase::Left,
        _ => return,
    };
    detour.at = event.effective_at;
    back_to_question(head, declined.detour, event.effective_at);
}

/// The first valid response to a question of a detour: what the detour comes to.
pub(crate) fn answered(
    head: &mut HeadState,
    event: &Event,
    answer: &Answered,
    p: f64,
    unaided_right: bool,
    time_misleads: bool,
) -> Option<Derived> {
    let id = answer.detour?;
    let detour = find(head, id).filter(|detour| detour.phase == Phase::Running)?;
    detour.questions = detour.questions.saturating_add(1);
    detour.untimed |= time_misleads || answer.supports.iter().any(|support| support == EXTRA_TIME);
    let ending = after_answer(detour, p, unaided_right, event.effective_at)?;
    let ended =
        DetourEnded { detour: id, course: detour.course.clone(), skill: detour.skill.clone(), cause: event.id, ending };
    end(head, &ended, event.effective_at);
    Some(Derived::detour_ended(ended))
}

pub(crate) fn ended(head: &mut HeadState, event: &Event, ended: &DetourEnded) {
    end(head, ended, event.effective_at);
}

fn end(head: &mut HeadState, ended: &DetourEnded, at: i64) {
    let Some(detour) = find(head, ended.detour).filter(|detour| detour.phase == Phase::Running) else { return };
    detour.phase = match ended.ending {
        Ending::Known => Phase::Known,
        Ending::Learned => Phase::Learned,
        Ending::NotYet | Ending::OutOfTime => Phase::Failed,
    };
    detour.at = at;
    back_to_question(head, ended.detour, at);
}

/// The waiting question was answered; once right, nothing is left of the detour to tell.
pub(crate) fn question_answered(head: &mut HeadState, presentation: Uuid, part: &PartId, right: bool) {
    if right {
        let of_it = |detour: &&mut Detour| detour.presentation == presentation && detour.part == *part;
        head.detours.iter_mut().filter(of_it).for_each(|detour| detour.settled = true);
    }
}

fn back_to_question(head: &mut HeadState, id: Uuid, at: i64) {
    let Some(detour) = head.detour(id) else { return };
    head.working_on = Some(WorkingOn {
        course: detour.course.clone(),
        lesson: None,
        skill: Some(detour.from.clone()),
        item: Some(detour.item.clone()),
        presentation: Some(detour.presentation),
        since: at,
        placement: false,
        detour: false,
        signs: 0,
        worked_ms: 0,
        last_sign_at: at,
    });
}

fn find(head: &mut HeadState, id: Uuid) -> Option<&mut Detour> {
    head.detours.iter_mut().rev().find(|detour| detour.id == id)
}

impl HeadState {
    /// A detour by its id, if it is still kept.
    pub fn detour(&self, id: Uuid) -> Option<&Detour> {
        self.detours.iter().rev().find(|detour| detour.id == id)
    }

    /// The detour of a question's part, if it had one.
    pub fn detour_of(&self, presentation: Uuid, part: &PartId) -> Option<&Detour> {
        self.detours.iter().rev().find(|detour| detour.presentation == presentation && detour.part == *part)
    }
}
