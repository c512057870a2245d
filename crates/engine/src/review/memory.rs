//! The memory of one skill, in the form of FSRS-6 (open-spaced-repetition, "The algorithm", version 6; Ye, Su
//! and Cao 2022 for its origin): a stability `S` in days, a difficulty `D` within 1..=10, and
//! recall `R(t) = (1 + f t/S)^-w20` with `f = 0.9^(-1/w20) - 1`, so that `R(S) = 0.9`.
//!
//! Worked number: a first right answer in the usual time gives S = 2.3065 days; after 2.3065 days R = 0.9,
//! after a week 0.808.
//! The constants come from adults' flashcards; [`crate::Parameters::stability_scale`] is refitted for skills.

use libm::{exp, pow};
use serde::{Deserialize, Serialize};

/// Default weights of FSRS-6.
pub const WEIGHTS: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

const STABILITY_MIN: f64 = 0.001;
const STABILITY_MAX: f64 = 36_500.0;

/// How well a skill was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Wrong.
    Wrong,
    /// Right with help.
    Helped,
    /// Right in the usual time.
    Slow,
    /// Right, clearly quicker than usual.
    Fast,
}

impl Grade {
    fn number(self) -> f64 {
        match self {
            Self::Wrong => 1.0,
            Self::Helped => 2.0,
            Self::Slow => 3.0,
            Self::Fast => 4.0,
        }
    }
}

/// The memory of one skill.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Days until recall has fallen to 0.9. Invariant: within 0.001..=36500.
    pub stability: f64,
    /// Within 1..=10.
    pub difficulty: f64,
    /// The answer it was last updated by (ms UTC).
    pub last: i64,
}

impl Memory {
    /// After the first answer.
    pub fn first(grade: Grade, at: i64) -> Self {
        let stability = WEIGHTS[grade as usize];
        Self { stability, difficulty: difficulty_first(grade).clamp(1.0, 10.0), last: at }
    }

    /// After another answer, `days` after the one before; within the same school day pass 0.
    pub fn next(self, grade: Grade, days: f64, at: i64) -> Self {
        let days = days.max(0.0);
        let stability = if days == 0.0 {
            self.same_day(grade)
        } else if grade == Grade::Wrong {
            self.forgotten(days)
        } else {
            self.recalled(grade, days)
        };
        Self {
            stability: stability.clamp(STABILITY_MIN, STABILITY_MAX),
            difficulty: self.difficulty_next(grade),
            last: at.max(self.last),
        }
    }

    /// Chance of recall after `days`; `scale` stretches the stability.
    pub fn recall_after(self, days: f64, scale: f64) -> f64 {
        let decay = WEIGHTS[20];
        let factor = pow(0.9, -1.0 / decay) - 1.0;
        pow(1.0 + factor * days.max(0.0) / (self.stability * scale), -decay).clamp(0.0, 1.0)
    }

    fn recalled(self, grade: Grade, days: f64) -> f64 {
        let w = &WEIGHTS;
        let recall = self.recall_after(days, 1.0);
        let hard = if grade == Grade::Helped { w[15] } else { 1.0 };
        let easy = if grade == Grade::Fast { w[16] } else { 1.0 };
        let growth = exp(w[8])
            * (11.0 - self.difficulty)
            * pow(self.stability, -w[9])
            * (exp((1.0 - recall) * w[10]) - 1.0)
            * hard
            * easy;
        self.stability * (1.0 + growth)
    }

    fn forgotten(self, days: f64) -> f64 {
        let w = &WEIGHTS;
        let recall = self.recall_after(days, 1.0);
        let long = w[11]
            * pow(self.difficulty, -w[12])
            * (pow(self.stability + 1.0, w[13]) - 1.0)
            * exp((1.0 - recall) * w[14]);
        long.min(self.stability / exp(w[17] * w[18]))
    }

    fn same_day(self, grade: Grade) -> f64 {
        let w = &WEIGHTS;
        let growth = exp(w[17] * (grade.number() - 3.0 + w[18])) * pow(self.stability, -w[19]);
        self.stability * if grade >= Grade::Helped { growth.max(1.0) } else { growth }
    }

    fn difficulty_next(self, grade: Grade) -> f64 {
        let w = &WEIGHTS;
        let change = -w[6] * (grade.number() - 3.0);
        let damped = self.difficulty + change * (10.0 - self.difficulty) / 9.0;
        (w[7] * difficulty_first(Grade::Fast) + (1.0 - w[7]) * damped).clamp(1.0, 10.0)
    }
}

fn difficulty_first(grade: Grade) -> f64 {
    WEIGHTS[4] - exp(WEIGHTS[5] * (grade.number() - 1.0)) + 1.0
}
