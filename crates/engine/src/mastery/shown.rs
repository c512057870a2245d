//! What is shown of a level: five steps with a range. One wrong answer never looks like a fall.

use crate::record::SkillState;
use libm::sqrt;
use serde::{Deserialize, Serialize};

/// Lower ends of the steps 2 to 5. Each step is wider than [`DROP_MAX`], so a drop crosses one at most.
const STEPS: [f64; 4] = [0.25, 0.50, 0.75, 0.95];
/// The most that one wrong answer takes from what is shown, after three unaided rights.
pub const DROP_MAX: f64 = 0.15;
/// Unaided rights from which a drop is limited.
pub const RIGHTS_FOR_CLAMP: u32 = 3;
/// Evidence below which a level is marked as resting on few answers.
const FEW_ANSWERS: u32 = 3;
/// For a range that holds four times in five.
const Z: f64 = 1.281_551_565_544_6;

/// What is shown of a skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// In one word.
    pub state: ShownState,
    /// 0 before any evidence, then 1 to 5.
    pub step: u8,
    /// It rests on fewer than three answers.
    pub few_answers: bool,
    /// Where the level lies four times in five.
    pub range: Range,
}

/// A range within 0..=1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// From.
    pub low: f64,
    /// To.
    pub high: f64,
}

/// A skill in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownState {
    /// No evidence yet.
    NotStarted,
    /// Begun.
    Started,
    /// Nearly ready.
    Nearly,
    /// Placed as known by the pre-test.
    Placed,
    /// Ready to go on.
    Ready,
    /// Lasting.
    Lasting,
}

/// What is shown of a skill.
///
/// The range is Wilson's interval (1927) at four in five around the shown level, with two answers more than
/// were given. Worked number: level .66 after one answer: n = 3, range .32 to .89.
pub fn state_of(skill: &SkillState) -> Shown {
    let begun = skill.answers + skill.helped > 0;
    let level = level_of(skill);
    let step = if begun || skill.placed.is_some() || skill.overridden.is_some() { step_of(level) } else { 0 };
    Shown {
        state: word_for(skill, begun, step),
        step,
        few_answers: skill.answers < FEW_ANSWERS,
        range: range(level, skill.answers),
    }
}

fn level_of(skill: &SkillState) -> f64 {
    skill.shown.max(skill.p).clamp(0.0, 1.0)
}

fn word_for(skill: &SkillState, begun: bool, step: u8) -> ShownState {
    let teacher_says = skill.overridden.as_ref().map(|word| word.ready);
    if teacher_says != Some(false) {
        if skill.lasting.is_some() {
            return ShownState::Lasting;
        }
        if skill.ready.is_some() || teacher_says == Some(true) {
            return ShownState::Ready;
        }
        if skill.is_placed_known() {
            return ShownState::Placed;
        }
    }
    match (begun, step >= 4) {
        (false, _) => ShownState::NotStarted,
        (true, false) => ShownState::Started,
        (true, true) => ShownState::Nearly,
    }
}

/// The step of a level: 1 below .25, 2 below .50, 3 below .75, 4 below .95, else 5.
pub fn step_of(level: f64) -> u8 {
    1 + STEPS.iter().map(|end| u8::from(level >= *end)).sum::<u8>()
}

fn range(level: f64, answers: u32) -> Range {
    let n = f64::from(answers) + 2.0;
    let z2 = Z * Z;
    let middle = (level + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * sqrt(level * (1.0 - level) / n + z2 / (4.0 * n * n));
    Range { low: (middle - half).clamp(0.0, level), high: (middle + half).clamp(level, 1.0) }
}

/// The shown level after a right answer: never below what was shown.
pub fn raise_shown(shown: f64, p: f64) -> f64 {
    shown.max(p)
}

/// The shown level after a wrong answer: the belief, but after three unaided rights at most .15 lower than
/// before. Worked number: shown .98, belief falls to .85: shown .85; belief falls to .70: shown .83.
pub fn lower_shown(shown: f64, p: f64, unaided_rights: u32) -> f64 {
    if unaided_rights >= RIGHTS_FOR_CLAMP { p.max(shown - DROP_MAX) } else { p }
}
