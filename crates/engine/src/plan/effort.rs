//! How long a skill takes a student.

use crate::{
    mastery::{self, GuessSlip},
    parameters::SkillParameters,
};
use serde::{Deserialize, Serialize};

/// Questions of one skill beyond which nothing is planned.
const QUESTIONS_MAX: f64 = 20.0;
/// Without any evidence the own pace weighs as little as this many skills.
const PRIOR_SKILLS: f64 = 4.0;
/// Ratio of minutes really needed to those expected: never beyond these, however odd the record.
const OWN: (f64, f64) = (0.25, 4.0);

/// How fast a student works.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Minutes of one question, with all that belongs to it.
    pub minutes_per_question: f64,
    /// Skills that became ready since the plan began to be followed.
    pub skills_done: u32,
    /// Minutes that they were expected to take, and took.
    pub minutes_expected: f64,
    /// See `minutes_expected`.
    pub minutes_taken: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { minutes_per_question: 1.0, skills_done: 0, minutes_expected: 0.0, minutes_taken: 0.0 }
    }
}

impl Pace {
    /// Minutes taken for a minute expected, drawn toward 1 while little is known.
    ///
    /// Worked number: four skills expected at 20 minutes took 40: (40 + 20)/(20 + 20) = 1.5.
    pub fn own(self) -> f64 {
        let each = self.minutes_expected / f64::from(self.skills_done.max(1));
        if self.skills_done == 0 || each.is_nan() || each <= 0.0 {
            return 1.0;
        }
        let own = (self.minutes_taken + PRIOR_SKILLS * each) / (self.minutes_expected + PRIOR_SKILLS * each);
        if own.is_finite() { own.clamp(OWN.0, OWN.1) } else { 1.0 }
    }
}

/// Minutes until a skill with this p(known) is ready, at least one question's.
///
/// While it is not known, each question teaches with chance T, so `(1-p)(1/T - 1)` questions go by; then as many
/// rights in a row as carry the belief from there to `ready_at`. Worked number by the defaults (p .25, T .15): 4.25 + 3.
pub fn minutes_for(p: f64, constants: SkillParameters, ready_at: f64, minutes_per_question: f64) -> f64 {
    let learn = constants.learn.clamp(0.01, 1.0);
    let p = if p.is_finite() { p.clamp(0.0, 1.0) } else { constants.known_first };
    let question = GuessSlip { guess: constants.guess.clamp(0.01, 0.5), slip: constants.slip.clamp(0.01, 0.35) };
    let (mut belief, mut rights) = (p, 0.0);
    while (belief < ready_at && rights < QUESTIONS_MAX) || rights < 2.0 {
        belief = mastery::learn(mastery::update(belief, true, question), constants);
        rights += 1.0;
    }
    let questions = ((1.0 - p) * (1.0 / learn - 1.0) + rights).clamp(1.0, QUESTIONS_MAX);
    questions * if minutes_per_question.is_finite() { minutes_per_question.clamp(0.1, 30.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_known_takes_less_and_nothing_takes_nothing() {
        let minutes = |p| minutes_for(p, SkillParameters::default(), 0.95, 1.0);
        assert!((minutes(0.25) - 7.25).abs() < 1e-9, "{}", minutes(0.25));
        assert!(minutes(0.9) < minutes(0.5) && minutes(0.5) < minutes(0.1) && minutes(1.0) >= 1.0);
        assert!(minutes(f64::NAN).is_finite());
    }

    #[test]
    fn the_own_pace_is_drawn_toward_the_expected_one_while_little_is_known() {
        let pace = |skills_done, minutes_expected, minutes_taken| {
            Pace { skills_done, minutes_expected, minutes_taken, ..Pace::default() }.own()
        };
        assert_eq!((pace(0, 0.0, 0.0), pace(4, 20.0, 40.0)), (1.0, 1.5));
        assert!(pace(100, 500.0, 1000.0) > 1.9 && pace(1, 0.0, 9.0) == 1.0 && pace(1, 1.0, 1e9) <= 4.0);
    }
}
