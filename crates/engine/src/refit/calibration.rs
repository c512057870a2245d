//! Calibration (Platt 1999): a chance of .8 shall come true eight times in ten for students whom the weights have
//! not seen.

use super::{Weights, design::Design, newton::product};
use crate::response::sigma;

const STEPS_MAX: usize = 25;
/// The stretch is held at 1 and the shift at 0 as by that many answers, so that few students cannot bend it.
const HELD: f64 = 20.0;

/// Stretch and shift of the sum, by the calibration's tenth of the students; nothing where it has no answers.
///
/// The pair minimizes the log loss of `sigma(stretch * sum + shift)`, by Newton's method.
pub fn calibrate(design: &Design, weights: &Weights) -> Option<(f64, f64)> {
    let narrow = weights.map(|weight| weight as f32);
    let rows = design.x.chunks_exact(super::design::WIDTH).enumerate().filter(|(at, _)| !design.fits(*at));
    let sums: Vec<(f64, bool)> = rows.map(|(at, row)| (f64::from(product(row, &narrow)), design.right[at])).collect();
    if sums.is_empty() {
        return None;
    }
    let (mut stretch, mut shift) = (1.0, 0.0);
    for _ in 0..STEPS_MAX {
        let mut gradient = (HELD * (1.0 - stretch), HELD * (0.0 - shift));
        let mut curvature = (HELD, 0.0, HELD);
        for (sum, right) in &sums {
            let p = sigma((stretch * sum + shift).clamp(-30.0, 30.0));
            let (error, spread) = (f64::from(u8::from(*right)) - p, p * (1.0 - p));
            gradient = (gradient.0 + error * sum, gradient.1 + error);
            curvature = (curvature.0 + spread * sum * sum, curvature.1 + spread * sum, curvature.2 + spread);
        }
        let determinant = curvature.0 * curvature.2 - curvature.1 * curvature.1;
        let step = (
            (gradient.0 * curvature.2 - gradient.1 * curvature.1) / determinant,
            (gradient.1 * curvature.0 - gradient.0 * curvature.1) / determinant,
        );
        stretch = (stretch + step.0).clamp(0.2, 5.0);
        shift = (shift + step.1).clamp(-3.0, 3.0);
        if step.0.abs().max(step.1.abs()) < 1e-9 {
            break;
        }
    }
    Some((stretch, shift))
}
