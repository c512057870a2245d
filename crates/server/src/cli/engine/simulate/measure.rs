//! Differences between groups of simulated students, in deviations of a reference group, with intervals by
//! resampling students (bootstrap, Efron 1979): the same student is in both groups, so pairs are drawn.

use serde::Serialize;
use simulation::Chance;

/// Resamples.
const RESAMPLES: usize = 2_000;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// Mean of `ours` less mean of `reference`, in `deviation`s. 0 with an empty interval where there is nobody.
pub fn difference(ours: &[f64], reference: &[f64], deviation: f64, seed: u64) -> Estimate {
    let pairs: Vec<f64> = ours.iter().zip(reference).map(|(ours, reference)| ours - reference).collect();
    let unit = if deviation > 0.0 { deviation } else { 1.0 };
    if pairs.is_empty() {
        return Estimate { value: 0.0, low: 0.0, high: 0.0 };
    }
    let mut chance = Chance::named(seed, "bootstrap");
    let mut draw = || (0..pairs.len()).map(|_| pairs[chance.below(pairs.len())]).sum::<f64>();
    let mut means: Vec<f64> = (0..RESAMPLES).map(|_| draw() / pairs.len() as f64 / unit).collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[((RESAMPLES - 1) as f64 * share).round() as usize];
    Estimate { value: mean(&pairs) / unit, low: at(0.025), high: at(0.975) }
}

/// The mean; 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The standard deviation of a sample; 0 of fewer than two.
pub fn deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    (squares / values.len().saturating_sub(1).max(1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_stands_within_its_interval_and_is_in_deviations_of_the_reference() {
        let reference: Vec<f64> = (0..40).map(|nth| f64::from(nth % 5)).collect();
        let ours: Vec<f64> = reference.iter().enumerate().map(|(nth, value)| value + (nth % 3) as f64).collect();
        let found = difference(&ours, &reference, 2.0, 1);
        assert!(
            (found.value - 0.4875).abs() < 1e-9 && found.low < found.value && found.value < found.high,
            "{found:?}"
        );
        assert_eq!(found, difference(&ours, &reference, 2.0, 1));
    }

    #[test]
    fn nobody_differs_from_nobody() {
        assert_eq!(difference(&[], &[], 0.0, 1).value, 0.0);
    }
}
