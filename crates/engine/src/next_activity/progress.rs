//! How far a lesson is, and what stands in its way.

use super::{Situation, items, view::View};
use crate::{facts::LessonFacts, mastery, record::SkillState};
use curriculum::{LessonId, SkillId};
use serde::{Deserialize, Serialize};

/// How far a lesson is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonProgress {
    /// Skills that are open: ready, placed known, or a teacher's word.
    pub open: u32,
    /// Skills with questions, in all.
    pub of: u32,
    /// Something of it was answered.
    pub started: bool,
    /// Nothing is left to do in it.
    pub done: bool,
}

/// Chance by the pre-test from which a skill is left to mixed sets while something is new.
const LIKELY_AT: f64 = 0.70;
/// Level from which a skill that was answered right at once without help is passed for now.
const PASSED_AT: f64 = 0.30;
/// Tries without a right answer after which something else comes first: one more than it takes help to change its form;
/// and while time is short.
const TRIES_FIRST: (u32, u32) = (4, 2);
/// A day's answers for each skill that becomes ready on it. While fewer do, what was right at once is asked on until it
/// is, so that every day's work brings something to its end.
const READY_EVERY: u32 = 10;
/// Tries of a skill up to which it is asked on for that.
const AT_ONCE_TRIES: u32 = 4;
/// Longer than a school day, shorter than the time to the next (ms).
pub(super) const HALF_A_DAY_MS: i64 = 43_200_000;

/// First answers that an assigned lesson asks for even where all of its skills are open already.
const ASSIGNED_ANSWERS_MIN: u32 = 3;

impl View<'_> {
    /// Chance of a right answer on a typical question of the skill.
    pub(super) fn success(&self, place: usize) -> f64 {
        let constants = self.parameters.of(&self.facts.id, &self.facts.skills[place].id);
        mastery::success_next(self.level(place), mastery::guess_slip(constants, 0.0, 0))
    }

    /// Chance that the skill is known.
    pub(super) fn level(&self, place: usize) -> f64 {
        let first = || self.parameters.of(&self.facts.id, &self.facts.skills[place].id).known_first;
        self.state(place).map_or_else(first, |state| state.p)
    }

    /// The student's own answers on the skill so far.
    pub(super) fn attempts(&self, place: usize) -> u32 {
        self.state(place).map_or(0, |state| state.answers + state.helped)
    }
}

/// True when the skill opens what rests on it. A skill without questions cannot be shown, so it blocks nothing.
pub(super) fn is_open(situation: &View<'_>, place: usize) -> bool {
    let state = situation.state(place);
    situation.facts.skills[place].items == 0 || state.is_some_and(SkillState::opens) || situation.plan.is_excused(place)
}

/// Skills that `lesson` needs from elsewhere and that are not open; while there are any, it is not offered.
pub fn unmet_needs(situation: &Situation<'_>, lesson: &LessonId) -> Vec<SkillId> {
    let Some(lesson) = situation.facts.lesson(lesson) else { return Vec::new() };
    let places = unmet_places(&View::new(situation), lesson);
    places.into_iter().map(|place| situation.facts.skills[place].id.clone()).collect()
}

pub(super) fn unmet_places(situation: &View<'_>, lesson: &LessonFacts) -> Vec<usize> {
    let mut unmet: Vec<usize> = Vec::new();
    for skill in &lesson.skills {
        for (below, _) in &situation.facts.skills[*skill].needs {
            if !lesson.skills.contains(below) && !is_open(situation, *below) && !unmet.contains(below) {
                unmet.push(*below);
            }
        }
    }
    unmet
}

/// True when the skill was answered since about the last night.
pub(super) fn answered_today(situation: &View<'_>, place: usize) -> bool {
    let last = situation.state(place).and_then(|state| state.last_at);
    last.is_some_and(|last| situation.now.saturating_sub(last) <= HALF_A_DAY_MS)
}

/// True when a first try at another skill teaches more than another try at this one: it was answered right without help,
/// or the pre-test thought it known while there is something that it did not, or four tries in a row (two while time is
/// short) did not help and something else had better come first. It is not ready by that: it is asked again on other
/// days, spaced rather than massed, until it is. What was right at once goes on to ready in one go while the day has
/// brought little to its end.
///
/// Worked number: by the defaults one right passes it: the level is .66 without a miss before it and .47 between two
/// options; a miss on another day leaves it passed at .32, a second one does not.
pub(super) fn is_passed(situation: &View<'_>, place: usize) -> bool {
    passed_by(situation, place, !situation.is_all_met())
}

/// True when all that can be asked today was passed, by the pre-test's word where there is no other.
pub(super) fn all_passed(situation: &View<'_>) -> bool {
    (0..situation.facts.skills.len()).all(|place| {
        passed_by(situation, place, true)
            || !items::needs_met(situation, place)
            || !items::can_practise(situation, place)
    })
}

/// `likely`: the pre-test's word counts for what was never asked.
fn passed_by(situation: &View<'_>, place: usize, likely: bool) -> bool {
    if is_open(situation, place) {
        return true;
    }
    let Some(state) = situation.state(place) else { return false };
    let tries = situation.attempts(place);
    let passed = match (tries, state.wins) {
        (0, _) => likely && state.p >= LIKELY_AT,
        (_, 0) => tries >= if situation.is_time_short() { TRIES_FIRST.1 } else { TRIES_FIRST.0 },
        _ => state.p >= PASSED_AT && !goes_for_ready(situation, place, state),
    };
    passed && !has_to_be_ready(situation, place)
}

/// True while a skill that was met today and right at once is asked on until it is ready: for somebody of whom little is
/// ready today, that is the nearest thing to have finished. Not while time is short.
fn goes_for_ready(situation: &View<'_>, place: usize, state: &SkillState) -> bool {
    let today = situation.head.today(situation.school_day);
    today.ready * READY_EVERY < today.answers
        && (situation.attempts(place)..AT_ONCE_TRIES).contains(&state.in_a_row)
        && state.rights.iter().all(|right| right.question.day == situation.school_day)
        && items::can_practise(situation, place)
        && !situation.is_time_short()
}

/// True when one right answer is not enough for now. What something else needs is practised until it is ready, since
/// nothing else opens that; what a person asked for this week, since they asked for it; what a teacher said is not yet.
pub(super) fn has_to_be_ready(situation: &View<'_>, place: usize) -> bool {
    let blocks = situation.facts.skills[place].opens.iter().any(|above| !is_open(situation, *above));
    let word = situation.state(place).and_then(|state| state.overridden.as_ref());
    blocks || word.is_some_and(|word| !word.ready) || situation.plan.is_asked_for(place)
}

/// True while a teacher asks for the lesson.
pub(super) fn is_assigned(situation: &View<'_>, lesson: &LessonFacts) -> bool {
    let assignments = &situation.head.assignments;
    assignments.iter().any(|open| open.course == situation.facts.id && open.lesson == lesson.id)
}

/// Skills of the lesson whose turn it is, in the lesson's order: those not passed; all that are left, where a teacher
/// asked for the lesson.
pub(super) fn new_in(situation: &View<'_>, lesson: &LessonFacts) -> Vec<usize> {
    let mut left = left_in(situation, lesson);
    if !is_assigned(situation, lesson) {
        left.retain(|place| !is_passed(situation, *place));
    }
    left
}

/// Skills of the lesson that were passed by the pre-test's word alone.
pub(super) fn unasked_in(situation: &View<'_>, lesson: &LessonFacts) -> Vec<usize> {
    let mut left = left_in(situation, lesson);
    left.retain(|place| situation.attempts(*place) == 0);
    left
}

/// Skills of a lesson in which all was passed that are asked again before another day's mixed set, the least known
/// first, but not today's.
pub(super) fn again_in(situation: &View<'_>, lesson: &LessonFacts) -> Vec<usize> {
    let mut left = left_in(situation, lesson);
    left.retain(|place| !answered_today(situation, *place));
    left.sort_by(|a, b| situation.level(*a).total_cmp(&situation.level(*b)));
    left
}

/// Skills of the lesson that still ask for work, in the lesson's order.
pub(super) fn left_in(situation: &View<'_>, lesson: &LessonFacts) -> Vec<usize> {
    let has_items = |place: &&usize| situation.facts.skills[**place].items > 0;
    let left: Vec<usize> =
        lesson.skills.iter().filter(has_items).filter(|place| !is_open(situation, **place)).copied().collect();
    if left.is_empty() && assigned_answers_left(situation, &lesson.id) {
        // Placed known, but a teacher asked for the lesson: a few questions show it.
        return lesson.skills.iter().filter(has_items).copied().collect();
    }
    left
}

fn assigned_answers_left(situation: &View<'_>, lesson: &LessonId) -> bool {
    let mut here =
        situation.head.assignments.iter().filter(|open| open.course == situation.facts.id && open.lesson == *lesson);
    here.any(|open| open.answers < ASSIGNED_ANSWERS_MIN)
}

/// How far a lesson is.
pub fn lesson_progress(situation: &Situation<'_>, lesson: &LessonId) -> LessonProgress {
    let Some(lesson) = situation.facts.lesson(lesson) else { return LessonProgress::default() };
    progress_of(&View::new(situation), lesson)
}

pub(super) fn progress_of(situation: &View<'_>, lesson: &LessonFacts) -> LessonProgress {
    let with_items = || lesson.skills.iter().filter(|place| situation.facts.skills[**place].items > 0);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    LessonProgress {
        open: count(with_items().filter(|place| is_open(situation, **place)).count()),
        of: count(with_items().count()),
        started: with_items().any(|place| situation.attempts(*place) > 0),
        done: left_in(situation, lesson).is_empty(),
    }
}
