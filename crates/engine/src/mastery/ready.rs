//! When a skill is ready to go on, and when it is lasting.
//!
//! Ready: p >= .95 (.98 for hubs), answers that prove it (see [`odds_wanted`]), at least two unaided rights on different
//! questions, none of them spoilt by a hint that contains the answer, and, once constants are fitted, predicted success
//! on the skill's median item of at least min(.80, 1 - slip - .05). Lasting: an unaided right, on a later school day
//! than the one on which the skill opened, within a mixed set.

use super::{guess_slip, success_next};
use crate::{
    facts::CourseFacts,
    parameters::{Parameters, READY_PROOF, SkillParameters},
    record::{SeenQuestion, SkillState},
};
use curriculum::SkillId;
use libm::pow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Odds that are enough in any case: a level of .9989, just below the highest that may be believed, which six or seven
/// rights reach from anywhere. The bound on guessing holds up to there.
const ODDS_MAX: f64 = 900.0;

/// Tries within which somebody who never learns a skill is to be told from who learned it.
const TRIES: f64 = 12.0;

/// What is missing for readiness; an empty answer means ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingForReady {
    /// The level is below the bar.
    Level,
    /// Somebody who never learns the skill would answer like this too often.
    Proof,
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
    let odds = state.p / (1.0 - state.p).max(f64::MIN_POSITIVE);
    if odds < odds_wanted(parameters, parameters.of(&facts.id, skill), state) {
        missing.push(MissingForReady::Proof);
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

/// Odds of the level from which the answers are a proof: those of somebody who has learned the skill by now are then
/// [`Parameters::ready_proof`] times likelier than those of somebody who never does.
///
/// The level supposes that practice teaches, so it rises with every try, and whoever guesses for long enough passes any
/// bar of it. So the bar rises too, by what `n` tries bring by themselves: `proof / ((1 - p0) (1 - T)^n)`. What then has
/// to be outweighed is a weighted sum, over all moments at which the skill may have been learned, of the likelihood of
/// the answers since; the weights come to 1 at most. For who never learns it is a martingale, so it ever reaches 25 for
/// less than one in 25 of them (Ville 1939).
///
/// Worked numbers, by the defaults: three rights at first are odds of 55.5 and 54.3 are wanted; after a miss three
/// rights give 39.5 where 63.9 are wanted, and the fourth brings 209; after ten misses it takes five. Exactly, within 12
/// tries: of those who never learn and guess one in five 1.9 % are called ready; who knows it, with a slip in ten, needs
/// 3.9 questions on average.
fn odds_wanted(parameters: &Parameters, constants: SkillParameters, state: &SkillState) -> f64 {
    let first = state.placed.as_ref().map_or(constants.known_first, |placed| placed.p0);
    let by_itself = (1.0 - first) * pow(1.0 - constants.learn, f64::from(state.answers + state.helped));
    (parameters.ready_proof / by_itself.max(f64::MIN_POSITIVE)).min(ODDS_MAX)
}

/// The largest share that a refit may hold to know a skill before anything is seen of it.
pub const KNOWN_FIRST_MAX: f64 = 0.80;

/// The most that a refit may hold a try to teach (chance of learning) where a share `known_first` knows the skill before:
/// so much that [`odds_wanted`] stays below its cap for twelve tries, `(1 - p0) (1 - T)^12 >= proof / cap`. Beyond it
/// nobody could tell who learned from who never does.
///
/// Worked numbers: .24 where one in four knows it before, .20 at .60, .15 at .80.
pub fn learn_at_most(known_first: f64) -> f64 {
    1.0 - pow(READY_PROOF / ODDS_MAX / (1.0 - known_first), 1.0 / TRIES)
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
