//! Rates that are counted and shrunk toward what is expected of their kind.

use libm::{exp, log};
use serde::{Deserialize, Serialize};

/// Logits beyond this say no more than this: one right answer in a hundred, or one wrong.
const LOGIT_MAX: f64 = 4.595_119_850_134_59;

/// The logistic function, `1 / (1 + e^-x)`. Worked number: sigma(1) = .7311.
pub fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Its inverse, for a chance strictly between 0 and 1. Worked number: logit(.2) = -1.3863.
pub fn logit(p: f64) -> f64 {
    log(p / (1.0 - p))
}

/// Answers and rights among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Count {
    /// Answers.
    pub answers: u32,
    /// Those that were right.
    pub right: u32,
}

impl From<(u32, u32)> for Count {
    fn from((answers, right): (u32, u32)) -> Self {
        Self { answers, right }
    }
}

impl From<Count> for (u32, u32) {
    fn from(count: Count) -> Self {
        (count.answers, count.right)
    }
}

impl Count {
    /// One answer more.
    pub fn add(&mut self, right: bool) {
        self.answers = self.answers.saturating_add(1);
        self.right = self.right.saturating_add(u32::from(right));
    }

    /// Those that were wrong.
    pub fn wrong(self) -> u32 {
        self.answers.saturating_sub(self.right)
    }

    /// What is left without some of them.
    pub fn without(self, part: Self) -> Self {
        Self { answers: self.answers.saturating_sub(part.answers), right: self.right.saturating_sub(part.right) }
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        Self { answers: self.answers.saturating_add(other.answers), right: self.right.saturating_add(other.right) }
    }
}

/// How strongly a rate is held at what is expected: as by that many answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrinking(pub f64);

impl Shrinking {
    /// For an item, toward its skill.
    pub const ITEM: Self = Self(8.0);
    /// For a skill, toward all answers.
    pub const SKILL: Self = Self(20.0);

    /// Easiness in logits: `logit((s + m sigma(b)) / (n + m))`, with `b` what is expected.
    ///
    /// Worked number: 6 of 8 right, expected even (b = 0), m = 8: (6 + 4) / 16 = .625, so .511.
    pub fn easiness(self, count: Count, expected_logit: f64) -> f64 {
        let expected = self.0 * sigma(expected_logit);
        let right = f64::from(count.right) + expected;
        let wrong = f64::from(count.wrong()) + self.0 - expected;
        log(right / wrong).clamp(-LOGIT_MAX, LOGIT_MAX)
    }
}

/// Easiness over all answers, where nothing else is expected (Laplace's rule: one right and one wrong more).
pub fn logit_of(count: Count) -> f64 {
    log((f64::from(count.right) + 1.0) / (f64::from(count.wrong()) + 1.0)).clamp(-LOGIT_MAX, LOGIT_MAX)
}
