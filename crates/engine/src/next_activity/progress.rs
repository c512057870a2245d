//! How far a lesson is, and what stands in its way.

use super::{Situation, view::View};
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

/// First answers that an assigned lesson asks for even where all of its skills are open already.
const ASSIGNED_ANSWERS_MIN: u32 = 3;

impl View<'_> {
    /// Chance of a right answer on a typical question of the skill.
    pub(super) fn success(&self, place: usize) -> f64 {
        let constants = self.parameters.of(&self.facts.id, &self.facts.skills[place].id);
        let p = self.state(place).map_or(constants.known_first, |state| state.p);
        mastery::success_next(p, mastery::guess_slip(constants, 0.0, 0))
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
