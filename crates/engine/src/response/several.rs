//! Questions of several skills.

use super::features::{Features, SKILL_SURPRISE_AT, WEAKEST_AT};

/// The features of a question with several skills: the mean over its skills, and by how much the skill with the
/// lowest recent surprises lies below that mean. Of one skill they are its own, and the last is 0; of none, all 0.
pub fn average(by_skill: &[Features]) -> Features {
    let mut mean = [0.0; super::FEATURES];
    let Some(first) = by_skill.first() else { return mean };
    let mut weakest = first[SKILL_SURPRISE_AT];
    for features in by_skill {
        weakest = weakest.min(features[SKILL_SURPRISE_AT]);
        for (sum, value) in mean.iter_mut().zip(features) {
            *sum += value;
        }
    }
    let count = by_skill.len() as f64;
    mean.iter_mut().for_each(|sum| *sum /= count);
    mean[WEAKEST_AT] = weakest - mean[SKILL_SURPRISE_AT];
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weakest_skill_stands_apart_from_the_mean() {
        let mut one = [0.0; super::super::FEATURES];
        one[SKILL_SURPRISE_AT] = 0.4;
        let mut other = one;
        other[SKILL_SURPRISE_AT] = -0.2;
        assert_eq!(average(&[one]), one);
        let both = average(&[one, other]);
        assert!((both[SKILL_SURPRISE_AT] - 0.1).abs() < 1e-12 && (both[WEAKEST_AT] + 0.3).abs() < 1e-12);
        assert_eq!(average(&[]), [0.0; super::super::FEATURES]);
    }
}
