//! The weights of a logistic model by Newton's method (iteratively reweighted least squares).
//!
//! Numbers are multiplied as f32 in blocks of fixed size and the blocks are summed as f64, so the result does not
//! depend on the machine. Where there are many, every eighth block first tells about where the answer lies, and few steps
//! over all of them are left. The curvature only says how far to go: it is taken from some of the blocks and in the first
//! steps only. The gradient, which says where the answer lies, is exact in every step over all.

use super::design::{Design, ONE_AT, WIDTH};
use crate::response::sigma;
use libm::{exp, log, log1p, sqrt};

/// One weight for each number of a row.
pub type Weights = [f64; WIDTH];

/// Penalty on squared weights, beside the sum of all rows' log losses: `RIDGE/2 |w|^2`. A weight is expected within
/// `1 / sqrt(50) = .14` of nothing, and a long log may say otherwise; a short one of mere chance cannot say much. Chosen on
/// made logs of 240 to 24,000 answers, half of them coin flips.
const RIDGE: f64 = 50.0;
const STEPS_MAX: usize = 40;
/// A step that gains less than this share of the loss is the last.
const DONE: f64 = 1e-7;
/// Rows of a block.
const BLOCK: usize = 96;
/// Blocks from which only every fourth tells the curvature.
const BLOCKS_MANY: usize = 400;
/// Blocks from which every eighth is looked at first.
const BLOCKS_VERY_MANY: usize = 1600;
/// Columns and rows of the part of the curvature that is kept in registers.
const TILE: (usize, usize) = (4, 8);

/// Which blocks a way down looks at.
#[derive(Clone, Copy)]
struct Pass {
    /// Every so many blocks; the curvature from every so many of those.
    every: usize,
    curved_every: usize,
    /// Steps that compute the curvature.
    curved_steps: usize,
}

/// Finds the weights, from all rows but the calibration's.
pub fn newton(design: &Design) -> Weights {
    let blocks = design.right.len().div_ceil(BLOCK);
    let curved_every = if blocks > BLOCKS_MANY { 4 } else { 1 };
    let mut weights = [0.0; WIDTH];
    let mut whole = Pass { every: 1, curved_every, curved_steps: 3 };
    if blocks > BLOCKS_VERY_MANY {
        descend(design, &mut weights, Pass { every: 8, curved_every: 1, ..whole });
        whole.curved_steps = 1;
    }
    descend(design, &mut weights, whole);
    weights
}

fn descend(design: &Design, weights: &mut Weights, pass: Pass) {
    let mut curvature = vec![0.0; WIDTH * WIDTH];
    let mut before = f64::INFINITY;
    let mut step = [0.0; WIDTH];
    for nth in 0..STEPS_MAX {
        let slope = slope(design, weights, pass, (nth < pass.curved_steps).then_some(&mut curvature));
        if slope.loss > before + 1e-9 * before.abs() {
            // Too far: half the way back.
            for at in 0..WIDTH {
                step[at] *= 0.5;
                weights[at] -= step[at];
            }
            before = f64::INFINITY;
            continue;
        }
        let gained = before - slope.loss;
        before = slope.loss;
        step = slope.gradient;
        if nth < pass.curved_steps {
            factor(&mut curvature);
        }
        solve(&curvature, &mut step);
        weights.iter_mut().zip(step).for_each(|(weight, by)| *weight += by);
        if gained < DONE * slope.loss {
            break;
        }
    }
}

struct Slope {
    /// Penalized log loss, summed.
    loss: f64,
    gradient: Weights,
}

fn slope(design: &Design, weights: &Weights, pass: Pass, mut curvature: Option<&mut Vec<f64>>) -> Slope {
    if let Some(curvature) = &mut curvature {
        curvature.fill(0.0);
    }
    let narrow = weights.map(|weight| weight as f32);
    let mut slope = Slope { loss: 0.0, gradient: [0.0; WIDTH] };
    let mut scaled = vec![0.0_f32; BLOCK * WIDTH];
    for (nth, block) in design.x.chunks(BLOCK * WIDTH).enumerate().step_by(pass.every) {
        let mut sum = [0.0_f32; WIDTH];
        let curved = (nth / pass.every).is_multiple_of(pass.curved_every) && curvature.is_some();
        if curved {
            scaled.fill(0.0);
        }
        // The logarithm of a product instead of a sum of logarithms: of factors up to 2, as many as a block has.
        let mut doubts = 1.0;
        for (at, row) in block.chunks_exact(WIDTH).enumerate() {
            let place = nth * BLOCK + at;
            if !design.fits(place) {
                continue;
            }
            let one = one(product(row, &narrow), design.right[place]);
            slope.loss += one.against;
            doubts *= one.doubt;
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += one.error * x);
            if curved {
                let to = &mut scaled[at * WIDTH..(at + 1) * WIDTH];
                to.iter_mut().zip(row).for_each(|(to, x)| *to = one.spread * x);
            }
        }
        slope.loss += log(doubts);
        slope.gradient.iter_mut().zip(sum).for_each(|(to, sum)| *to += f64::from(sum));
        if let Some(curvature) = curvature.as_deref_mut().filter(|_| curved) {
            add_products(&scaled, curvature);
        }
    }
    if let Some(curvature) = &mut curvature {
        curvature.iter_mut().for_each(|sum| *sum *= pass.curved_every as f64);
    }
    penalize(&mut slope, weights, curvature);
    slope
}

/// What one row says.
struct One {
    /// Right or wrong, less the chance of right.
    error: f32,
    /// Square root of the spread.
    spread: f32,
    /// Its loss is `against + log(doubt)`, with a doubt of 1 to 2.
    against: f64,
    doubt: f64,
}

/// Worked number: sum 0, right: error .5, spread .5, loss 0 + log 2 = .693.
fn one(sum: f32, right: bool) -> One {
    let sum = f64::from(sum).clamp(-30.0, 30.0);
    let odds = exp(-sum.abs());
    let doubt = 1.0 + odds;
    // Chances of the likelier and of the other.
    let (likely, other) = (1.0 / doubt, odds / doubt);
    let agrees = right == (sum >= 0.0);
    let error = if agrees { other } else { likely };
    One {
        error: (if right { error } else { -error }) as f32,
        spread: sqrt(likely * other) as f32,
        against: if agrees { 0.0 } else { sum.abs() },
        doubt,
    }
}

/// The ridge on all weights but the constant, which is held by one right and one wrong answer more.
fn penalize(slope: &mut Slope, weights: &Weights, curvature: Option<&mut Vec<f64>>) {
    for (at, weight) in weights.iter().enumerate().filter(|(at, _)| *at != ONE_AT) {
        slope.loss += 0.5 * RIDGE * weight * weight;
        slope.gradient[at] -= RIDGE * weight;
    }
    let constant = weights[ONE_AT].clamp(-30.0, 30.0);
    let p = sigma(constant);
    slope.loss += constant.abs() + 2.0 * log1p(libm::exp(-constant.abs()));
    slope.gradient[ONE_AT] += 1.0 - 2.0 * p;
    if let Some(curvature) = curvature {
        for at in 0..WIDTH {
            curvature[at * WIDTH + at] += if at == ONE_AT { 2.0 * p * (1.0 - p) } else { RIDGE };
        }
    }
}

/// The sum of products, in eight sums side by side.
pub(super) fn product(row: &[f32], weights: &[f32; WIDTH]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (x, w) in row.chunks_exact(8).zip(weights.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += x[lane] * w[lane];
        }
    }
    ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]))
}

/// Adds `x^T x` of a block; of a symmetric matrix only the tiles at and below the diagonal.
fn add_products(block: &[f32], curvature: &mut [f64]) {
    for down in (0..WIDTH).step_by(TILE.0) {
        for across in (0..=down).step_by(TILE.1) {
            let mut sums = [[0.0_f32; TILE.1]; TILE.0];
            for row in block.chunks_exact(WIDTH) {
                let right: &[f32; TILE.1] = row[across..across + TILE.1].try_into().expect("a tile lies within a row");
                let left: &[f32; TILE.0] = row[down..down + TILE.0].try_into().expect("a tile lies within a row");
                for (sums, left) in sums.iter_mut().zip(left) {
                    for lane in 0..TILE.1 {
                        sums[lane] += left * right[lane];
                    }
                }
            }
            for (nth, sums) in sums.iter().enumerate() {
                let to = &mut curvature[(down + nth) * WIDTH + across..][..TILE.1];
                to.iter_mut().zip(sums).for_each(|(to, sum)| *to += f64::from(*sum));
            }
        }
    }
}

/// Cholesky's factor in place, from the lower triangle.
fn factor(a: &mut [f64]) {
    for column in 0..WIDTH {
        for before in 0..column {
            let share = a[column * WIDTH + before];
            for row in column..WIDTH {
                a[row * WIDTH + column] -= a[row * WIDTH + before] * share;
            }
        }
        let pivot = sqrt(a[column * WIDTH + column].max(1e-12));
        for row in column..WIDTH {
            a[row * WIDTH + column] /= pivot;
        }
    }
}

/// Solves with the factor, in place.
fn solve(factor: &[f64], b: &mut Weights) {
    for row in 0..WIDTH {
        for before in 0..row {
            b[row] -= factor[row * WIDTH + before] * b[before];
        }
        b[row] /= factor[row * WIDTH + row];
    }
    for row in (0..WIDTH).rev() {
        for after in row + 1..WIDTH {
            b[row] -= factor[after * WIDTH + row] * b[after];
        }
        b[row] /= factor[row * WIDTH + row];
    }
}
