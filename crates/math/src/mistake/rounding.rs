//! Rounding: the wrong way, to another place, or not at all.

use num_traits::{ToPrimitive, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
};
use crate::{Rational, tree::Node, value::number_of_node};

/// Looks only where the question asks to round. The step of the key is the place of its last digit that is not 0.
pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if !asked.asks(Cue::Round) {
        return;
    }
    let (Some(key), Some(given)) = (number_of_node(key), number_of_node(given)) else { return };
    let Some(step) = step_of(key) else { return };
    let from =
        asked.numbers.iter().filter_map(Rational::to_f64).find(|number| (number - key).abs() <= step / 2.0 + 1e-9);
    let near = (given - key).abs();
    // The digits behind the place as they were: 785,951 for 785,000.
    let behind = |from: f64| from - libm::floor(from / step + 1e-9) * step;
    if let Some(tail) = from.map(behind)
        && tail > 0.0
        && ((given - key).abs() - tail).abs() < 1e-9 * (1.0 + given.abs())
        && from.is_some_and(|from| (from - given).abs() > 1e-9)
    {
        found.push(KeptDigits);
        return;
    }
    if near <= step * (1.0 + 1e-9) {
        found.push(Rounding);
    } else if let Some(from) = from {
        // Rounded to another place, or with digits left behind the place.
        let mut place = 1e-6;
        while place < 1e9 {
            if (libm::round(from / place) * place - given).abs() < 1e-9 * (1.0 + given.abs()) && given.abs() > 0.0 {
                found.push(Rounding);
            }
            place *= 10.0;
        }
    }
}

/// 17,900 has the step 100, 3.6 the step 0.1.
fn step_of(value: f64) -> Option<f64> {
    if value.is_zero() || !value.is_finite() {
        return None;
    }
    let mut step = 1e6;
    while step > 1e-7 {
        let parts = value.abs() / step;
        if (parts - libm::round(parts)).abs() < 1e-9 * (1.0 + parts) && parts >= 0.5 {
            return Some(step);
        }
        step /= 10.0;
    }
    None
}
