//! Item-aware Bayesian knowledge tracing (Corbett and Anderson 1995; item effects after Pardos and Heffernan
//! 2011): with `e1 = P(answer | known)` and `e0 = P(answer | not known)`,
//! `p <- p e1 / (p e1 + (1-p) e0)`, then `p <- p + (1-p) T`.
//!
//! Worked number: p = .25 and a right answer, guess .20, slip .10: .25 x .9 / (.225 + .15) = .6; with T = .15
//! the level is .66. A second right answer gives .9127, a third .9823.

use crate::parameters::SkillParameters;
use libm::{exp, log};

/// Chances of a right answer without knowing and of a wrong one in spite of knowing, for one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuessSlip {
    /// Right without knowing.
    pub guess: f64,
    /// Wrong in spite of knowing.
    pub slip: f64,
}

/// A belief is never certain: a thousand rights must not make one wrong answer invisible.
const CERTAIN: f64 = 0.999;
const GUESS: (f64, f64) = (0.01, 0.50);
const SLIP: (f64, f64) = (0.01, 0.35);

/// Guess and slip of one question: the skill's own, shifted on the logit scale by how much easier the item is
/// (`item_shift = b_i - b_k`); with options shown, guessing is at least one in that many.
///
/// Worked number: guess .20, an item one logit easier: logit(.2) + 1 = -.386, so .405. Slip .10 falls to .039.
pub fn guess_slip(parameters: SkillParameters, item_shift: f64, options_shown: u16) -> GuessSlip {
    let mut guess = shifted(parameters.guess, item_shift).clamp(GUESS.0, GUESS.1);
    let slip = shifted(parameters.slip, -item_shift).clamp(SLIP.0, SLIP.1);
    if options_shown >= 2 {
        // Guessing is likelier on two-option questions, so they count for less.
        guess = (1.0 / f64::from(options_shown)).clamp(GUESS.0, GUESS.1);
    }
    GuessSlip { guess, slip }
}

fn shifted(chance: f64, shift: f64) -> f64 {
    if shift == 0.0 {
        return chance;
    }
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + exp(-(log(chance / (1.0 - chance)) + shift)))
}

/// Belief after an answer, before learning.
pub fn update(p: f64, right: bool, question: GuessSlip) -> f64 {
    let (known, unknown) =
        if right { (1.0 - question.slip, question.guess) } else { (question.slip, 1.0 - question.guess) };
    let total = p * known + (1.0 - p) * unknown;
    if total <= 0.0 { p } else { (p * known / total).clamp(0.0, 1.0) }
}

/// Belief after an occasion to learn.
pub fn learn(p: f64, parameters: SkillParameters) -> f64 {
    (p + (1.0 - p) * parameters.learn).clamp(0.0, 1.0)
}

/// A belief within what may be believed, .001 to .999; .5 for what is no number.
pub fn bounded(p: f64) -> f64 {
    if p.is_nan() { 0.5 } else { p.clamp(1.0 - CERTAIN, CERTAIN) }
}

/// Belief after an answer that is evidence and the learning that came with it.
pub fn believe(p: f64, right: bool, question: GuessSlip, parameters: SkillParameters) -> f64 {
    bounded(learn(update(p, right, question), parameters))
}

/// Chance of a right answer on such a question.
pub fn success_next(p: f64, question: GuessSlip) -> f64 {
    p * (1.0 - question.slip) + (1.0 - p) * question.guess
}
