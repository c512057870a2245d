//! When a skill is ready to go on, and when it is lasting.
//!
//! Ready: p >= .95 (.98 for hubs), at least two unaided rights on different questions, none of them spoilt by a
//! hint that contains the answer, and, once constants are fitted, predicted success on the skill's median item
//! of at least min(.80, 1 - slip - .05). Lasting: an unaided right, on a later school day than the one on which
//! the skill opened, within a mixed set.

use super::{guess_slip, success_next};
use crate::{
    facts::CourseFacts,
    parameters::Parameters,
    record::{SeenQuestion, SkillState},
};
use curriculum::SkillId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is missing for readiness; an empty answer means ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingForReady {
    /// The level is below the bar.
    Level,
    /// Fewer than two unaided rights on different questions.
    Rights,
    /// A hint held the answer; a fresh question must be answered without help.
    Fresh,
    /// Success on the median item is not likely enough.
    Prediction,
}

/// What is missing for readiness.
pub fn missing_for_ready(
    facts: &CourseFacts,
    parameters: &Parameters,
    skill: &SkillId,
    state: &SkillState,
) -> Vec<MissingForReady> {
    let hub = facts.skill(skill).is_some_and(|facts| facts.hub);
    let bar = if hub { parameters.ready_hub_at } else { parameters.ready_at };
    let mut missing = Vec::new();
    if state.p < bar {
        missing.push(MissingForReady::Level);
    }
    if different_rights(facts, skill, state) < 2 {
        missing.push(MissingForReady::Rights);
    }
    if state.fresh_after.is_some() {
        missing.push(MissingForReady::Fresh);
    }
    if parameters.is_fitted(&facts.id) && !predicts_success(facts, parameters, skill, state) {
        missing.push(MissingForReady::Prediction);
    }
    missing
}

/// True when the skill is ready to go on.
pub fn is_ready(facts: &CourseFacts, parameters: &Parameters, skill: &SkillId, state: &SkillState) -> bool {
    missing_for_ready(facts, parameters, skill, state).is_empty()
}

/// True when an unaided right in a mixed set on `day` makes the skill lasting.
pub fn is_lasting(state: &SkillState, day: &str) -> bool {
    // A teacher's "not yet" closes the skill until a teacher opens it again.
    state.opens() && state.open_since().is_some_and(|since| day > since)
}

/// Unaided rights on different questions: different items or variants; where the skill has fewer than six
/// items, the same item on a later school day also counts as different.
fn different_rights(facts: &CourseFacts, skill: &SkillId, state: &SkillState) -> usize {
    let few = facts.has_few_items(skill);
    let key = |question: &SeenQuestion| {
        (question.item.clone(), question.variant, if few { question.day.clone() } else { String::new() })
    };
    state.rights.iter().map(|right| key(&right.question)).collect::<BTreeSet<_>>().len()
}

fn predicts_success(facts: &CourseFacts, parameters: &Parameters, skill: &SkillId, state: &SkillState) -> bool {
    let constants = parameters.of(&facts.id, skill);
    let Some(skill) = facts.skill(skill) else { return false };
    let mut shifts: Vec<f64> = skill.practice.iter().map(|item| parameters.item_shift(&facts.id, item)).collect();
    shifts.sort_by(f64::total_cmp);
    let median = shifts.get(shifts.len() / 2).copied().unwrap_or(0.0);
    let question = guess_slip(constants, median, 0);
    success_next(state.p, question) >= (1.0 - constants.slip - 0.05).min(0.80)
}
