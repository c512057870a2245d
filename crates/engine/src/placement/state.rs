//! Where a pre-test stands in the record: its seed and its answers, from which it is folded anew at any time.

use crate::record::{Answered, HeadState, Placed, PlacementStarted};
use crate::{grading::Verdict, record};
use curriculum::{ItemId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Answers of a pre-test that are kept; more are never asked.
const ANSWERS_KEPT: usize = 64;
/// Minutes of work after which a pre-test comes to its end: who works slowly is not to sit over it for half an hour.
pub const PLACEMENT_MINUTES: u16 = 10;
const WORK_MS: i64 = PLACEMENT_MINUTES as i64 * 60 * 1000;
/// What one answer counts of it at most (ms): a longer time was an errand.
const AN_ANSWER_MS: i64 = 3 * 60 * 1000;

/// Where a pre-test stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacementState {
    /// Begun or ended.
    pub status: PlacementStatus,
    /// The server's secret seed.
    pub seed: i64,
    /// The student's grade, where the roster says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// In the order given, while it is under way: once there is a result nothing reads them, and they would be the
    /// larger part of the head.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<PlacementAnswer>,
    /// How many there were when it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<u16>,
    /// Work on it so far (ms).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub worked_ms: i64,
    /// Answers after which its time was over, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_after: Option<u16>,
    /// When it began (ms UTC).
    pub started_at: i64,
    /// When it ended (ms UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
    /// Skills that it could not tell, to be looked at in the first lessons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<SkillId>,
}

/// Begun or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacementStatus {
    /// Questions are being asked.
    Started,
    /// There is a result.
    Done,
}

/// One answer of a pre-test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementAnswer {
    /// The event.
    pub event: Uuid,
    /// The presentation, so that only its first part counts.
    pub presentation: Uuid,
    /// The skill that was asked: the first of the answer's skills.
    pub skill: SkillId,
    /// The item.
    pub item: ItemId,
    /// How it went.
    pub outcome: Outcome,
    /// Options shown; 0 for typed answers.
    pub options: u16,
}

/// How an answer of a pre-test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Right.
    Right,
    /// Wrong.
    Wrong,
    /// "I have not learned this yet".
    DontKnow,
}

impl PlacementState {
    /// How many questions were answered.
    pub fn count(&self) -> usize {
        self.answered.map_or(self.answers.len(), usize::from)
    }

    /// The answers as [`super::Placement::resume`] takes them.
    pub fn outcomes(&self) -> Vec<(SkillId, Outcome, u16)> {
        self.answers.iter().map(|answer| (answer.skill.clone(), answer.outcome, answer.options)).collect()
    }
}

pub(crate) fn started(head: &mut HeadState, started: &PlacementStarted, at: i64) {
    // A pre-test that is under way goes on; one that has ended may be taken again.
    if head.placements.get(&started.course).is_some_and(|state| state.status == PlacementStatus::Started) {
        return;
    }
    let state = PlacementState {
        status: PlacementStatus::Started,
        seed: started.seed,
        grade: started.grade,
        answers: Vec::new(),
        answered: None,
        worked_ms: 0,
        over_after: None,
        started_at: at,
        ended_at: None,
        uncertain: Vec::new(),
    };
    head.placements.insert(started.course.clone(), state);
    while head.placements.len() > record::PLACEMENTS_KEPT {
        let oldest = head.placements.iter().min_by_key(|(course, state)| (state.started_at, (*course).clone()));
        let oldest = oldest.map(|(course, _)| course.clone()).expect("there are more than are kept");
        head.placements.remove(&oldest);
    }
}

pub(crate) fn answered(head: &mut HeadState, event: Uuid, answer: &Answered) {
    let Some(state) = head.placements.get_mut(&answer.course) else { return };
    let again = state.answers.iter().any(|known| known.presentation == answer.presentation);
    let Some(skill) = answer.skills.first() else { return };
    if state.status == PlacementStatus::Done {
        return;
    }
    state.worked_ms = state.worked_ms.saturating_add(answer.elapsed_ms.clamp(0, AN_ANSWER_MS));
    if again || state.answers.len() >= ANSWERS_KEPT {
        return;
    }
    let outcome = match answer.judgement.verdict {
        Verdict::Right => Outcome::Right,
        Verdict::DontKnow => Outcome::DontKnow,
        _ => Outcome::Wrong,
    };
    state.answers.push(PlacementAnswer {
        event,
        presentation: answer.presentation,
        skill: skill.clone(),
        item: answer.item.clone(),
        outcome,
        options: answer.options_shown,
    });
    if state.worked_ms >= WORK_MS && state.over_after.is_none() {
        state.over_after = Some(state.answers.len() as u16);
    }
}

pub(crate) fn ended(head: &mut HeadState, placed: &Placed, at: i64) {
    let state = head.placements.entry(placed.course.clone()).or_insert_with(|| PlacementState {
        status: PlacementStatus::Done,
        seed: 0,
        grade: None,
        answers: Vec::new(),
        answered: None,
        worked_ms: 0,
        over_after: None,
        started_at: at,
        ended_at: None,
        uncertain: Vec::new(),
    });
    state.status = PlacementStatus::Done;
    let answers = std::mem::take(&mut state.answers);
    state.answered.get_or_insert(answers.len() as u16);
    state.ended_at = Some(at);
    state.uncertain.clone_from(&placed.uncertain);
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(ms: &i64) -> bool {
    *ms == 0
}
