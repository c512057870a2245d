//! Which students judge a school's refit: about one in five, always the same ones, so that no version is ever learnt from
//! those who judge the next.

use super::{Measures, Predicted, measure, measures::bins};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// One student in so many is held out.
const ONE_IN: u64 = 5;

/// A number that a student keeps for good, spread evenly: the first eight bytes of a hash of the id.
pub fn draw(student: Uuid) -> u64 {
    let digest = Sha256::digest(student.as_bytes());
    u64::from_be_bytes(std::array::from_fn(|nth| digest[nth]))
}

/// True for a student who is not learnt from.
pub fn is_held_out(student: Uuid) -> bool {
    draw(student).is_multiple_of(ONE_IN)
}

/// Predictions whose chance fell into one fifteenth of 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// How many.
    pub answers: u32,
    /// Their mean chance.
    pub chance: f64,
    /// The share that was right.
    pub right: f64,
}

/// What held-out answers say of one set of constants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The four measures.
    #[serde(flatten)]
    pub measures: Measures,
    /// Fifteen bins, from the least likely answers to the likeliest.
    pub reliability: Vec<Bin>,
}

impl Figures {
    /// Of these predictions.
    pub fn of(predicted: &[Predicted]) -> Self {
        let mean = |sum: f64, answers: u32| if answers == 0 { 0.0 } else { sum / f64::from(answers) };
        let bin = |(answers, chance, right): (u32, f64, f64)| Bin {
            answers,
            chance: mean(chance, answers),
            right: mean(right, answers),
        };
        Self { measures: measure(predicted), reliability: bins(predicted).into_iter().map(bin).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first eight bytes of SHA-256 of fifteen zeros and a one.
    const DRAW_OF_ONE: u64 = 0x7c3c_cd10_bb7e_c37b;

    #[test]
    fn about_a_fifth_is_held_out_and_always_the_same() {
        let students = |from: u128| (from..from + 2_000).map(Uuid::from_u128);
        let held_out = students(1).filter(|student| is_held_out(*student)).count();
        assert!((340..460).contains(&held_out), "{held_out} of 2,000");
        // Who judges must not change with a version of Tandem.
        assert_eq!(draw(Uuid::from_u128(1)), DRAW_OF_ONE);
    }

    #[test]
    fn every_answer_stands_in_its_bin() {
        let one = |p, right| Predicted { row: 0, p, right };
        let figures = Figures::of(&[one(0.0, false), one(0.5, true), one(0.51, false), one(1.0, true)]);
        assert_eq!(figures.reliability.len(), 15);
        assert_eq!(figures.reliability[7], Bin { answers: 2, chance: 0.505, right: 0.5 });
        // No chance is taken for certain.
        assert_eq!(figures.reliability[14], Bin { answers: 1, chance: 0.999_999, right: 1.0 });
        assert_eq!(figures.reliability.iter().map(|bin| bin.answers).sum::<u32>(), 4);
        let nothing = Figures::of(&[]);
        assert!(nothing.reliability.iter().all(|bin| *bin == Bin::default()));
    }
}
