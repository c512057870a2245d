//! Forgetting: how likely something that is known can be recalled after some time without it.

use serde::{Deserialize, Serialize};

const DAY_MS: f64 = 86_400_000.0;

/// How what was learned fades; every success doubles the half-life, up to sixteen times.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "curve", rename_all = "snake_case", deny_unknown_fields)]
pub enum Forgetting {
    /// It does not.
    None {},
    /// `1 / (1 + t / h)`.
    Power {
        /// Days after which half is lost.
        half_life_days: f64,
    },
    /// `2^(-t / h)`.
    Exponential {
        /// Days after which half is lost.
        half_life_days: f64,
    },
}

impl Forgetting {
    /// Chance of recalling after `silent_ms`, with `successes` before. Worked number: exponential with 45 days,
    /// two successes, 90 days of silence: half-life 180 days, 2^(-1/2) = .707.
    pub fn recall(self, silent_ms: i64, successes: u32) -> f64 {
        let days = silent_ms.max(0) as f64 / DAY_MS;
        let grown = f64::from(1_u32 << successes.min(4));
        match self {
            Self::None {} => 1.0,
            Self::Power { half_life_days } => 1.0 / (1.0 + days / (half_life_days * grown)),
            Self::Exponential { half_life_days } => libm::exp2(-days / (half_life_days * grown)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(curve: Forgetting, days: i64, successes: u32, expected: f64) {
        let found = curve.recall(days * 86_400_000, successes);
        assert!((found - expected).abs() < 1e-3, "{found}");
    }

    #[test]
    fn half_is_left_after_a_half_life_and_success_lengthens_it() {
        check(Forgetting::Power { half_life_days: 30.0 }, 30, 0, 0.5);
        check(Forgetting::Exponential { half_life_days: 45.0 }, 45, 0, 0.5);
        check(Forgetting::Exponential { half_life_days: 45.0 }, 90, 2, 0.707);
        check(Forgetting::None {}, 1_000, 0, 1.0);
    }
}
