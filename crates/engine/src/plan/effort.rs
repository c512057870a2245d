//! How long a skill is expected to take, of whoever is believed to know so much of it.

use crate::{
    mastery::{self, GuessSlip},
    parameters::SkillParameters,
};

/// Questions of one skill beyond which nothing is planned.
const QUESTIONS_MAX: f64 = 20.0;
/// The share of [`minutes_for`] until the first right answer: what comes after it is asked on other days.
pub fn share_until_right(p: f64, constants: SkillParameters, ready_at: f64) -> f64 {
    let p = if p.is_finite() { p.clamp(0.0, 1.0) } else { constants.known_first };
    let learn = constants.learn.clamp(0.01, 1.0);
    let until_right = (1.0 - p) * (1.0 / learn - 1.0) + 1.0;
    (until_right / minutes_for(p, constants, ready_at)).min(1.0)
}

/// Minutes until a skill with this p(known) is ready, at one a question; at least one.
///
/// While it is not known, each question teaches with chance T, so `(1-p)(1/T - 1)` questions go by; then as many
/// rights in a row as carry the belief from there to `ready_at`. Worked number by the defaults (p .25, T .15): 4.25 + 3.
pub fn minutes_for(p: f64, constants: SkillParameters, ready_at: f64) -> f64 {
    let learn = constants.learn.clamp(0.01, 1.0);
    let p = if p.is_finite() { p.clamp(0.0, 1.0) } else { constants.known_first };
    let question = GuessSlip { guess: constants.guess.clamp(0.01, 0.5), slip: constants.slip.clamp(0.01, 0.35) };
    let (mut belief, mut rights) = (p, 0.0);
    while (belief < ready_at && rights < QUESTIONS_MAX) || rights < 2.0 {
        belief = mastery::learn(mastery::update(belief, true, question), constants);
        rights += 1.0;
    }
    ((1.0 - p) * (1.0 / learn - 1.0) + rights).clamp(1.0, QUESTIONS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_known_takes_less_and_nothing_takes_nothing() {
        let minutes = |p| minutes_for(p, SkillParameters::default(), 0.95);
        assert!((minutes(0.25) - 7.25).abs() < 1e-9, "{}", minutes(0.25));
        assert!(minutes(0.9) < minutes(0.5) && minutes(0.5) < minutes(0.1) && minutes(1.0) >= 1.0);
        assert!(minutes(f64::NAN).is_finite());
    }
}
