//! Performance factors (Pavlik, Cen and Koedinger 2009): each skill with weights of its own for log-wins and
//! log-fails, and no items. A baseline: nothing in the product rests on it.

use super::Predicted;
use crate::{
    refit::Log,
    response::{Logarithms, sigma},
};

/// Penalty on squared weights, in answers.
const RIDGE: f64 = 1.0;
const STEPS: usize = 25;

/// By skill: constant, weight of wins, weight of fails.
pub struct Pfa(Vec<[f64; 3]>);

/// Answers with their log-wins and log-fails on the skill before.
struct Rows {
    skill: u32,
    x: [f64; 3],
    predicted: Predicted,
}

fn rows(log: &Log, of: impl Fn(u32) -> bool) -> Vec<Rows> {
    let logarithms = Logarithms::default();
    let mut rows = Vec::new();
    for attempts in log.by_student().filter(|attempts| of(attempts[0].student)) {
        let mut counts = vec![(0, 0); log.skills.len()];
        for attempt in attempts {
            let (wins, fails) = &mut counts[attempt.skill as usize];
            rows.push(Rows {
                skill: attempt.skill,
                x: [1.0, logarithms.of(*wins), logarithms.of(*fails)],
                predicted: Predicted { row: attempt.row, p: 0.5, right: attempt.right },
            });
            *(if attempt.right { wins } else { fails }) += 1;
        }
    }
    rows
}

/// Fits every skill by Newton's method; the constant starts from all answers, to which a skill without any keeps.
pub fn fit_pfa(log: &Log, learn_from: &[bool]) -> Pfa {
    let mut rows = rows(log, |student| learn_from[student as usize]);
    let right = rows.iter().filter(|row| row.predicted.right).count() as f64;
    let start = libm::log((right + 1.0) / (rows.len() as f64 - right + 1.0));
    rows.sort_by_key(|row| row.skill);
    let mut weights = vec![[start, 0.0, 0.0]; log.skills.len()];
    for of_skill in rows.chunk_by(|one, other| one.skill == other.skill) {
        weights[of_skill[0].skill as usize] = fit_skill(of_skill, start);
    }
    Pfa(weights)
}

fn fit_skill(rows: &[Rows], start: f64) -> [f64; 3] {
    let mut weights = [start, 0.0, 0.0];
    for _ in 0..STEPS {
        let mut slope = [RIDGE * (start - weights[0]), -RIDGE * weights[1], -RIDGE * weights[2]];
        let mut curve = [[RIDGE, 0.0, 0.0], [0.0, RIDGE, 0.0], [0.0, 0.0, RIDGE]];
        for row in rows {
            let p = chance(&weights, &row.x);
            let error = f64::from(u8::from(row.predicted.right)) - p;
            for i in 0..3 {
                slope[i] += error * row.x[i];
                (0..3).for_each(|j| curve[i][j] += p * (1.0 - p) * row.x[i] * row.x[j]);
            }
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(step).for_each(|(weight, by)| *weight += by.clamp(-2.0, 2.0));
        if step.iter().all(|by| by.abs() < 1e-6) {
            break;
        }
    }
    weights
}

fn chance(weights: &[f64; 3], x: &[f64; 3]) -> f64 {
    sigma((weights[0] + weights[1] * x[1] + weights[2] * x[2]).clamp(-30.0, 30.0))
}

/// Gauss's elimination; the ridge keeps every pivot above 0.
fn solve(mut a: [[f64; 3]; 3], mut b: [f64; 3]) -> [f64; 3] {
    for column in 0..3 {
        for row in column + 1..3 {
            let share = a[row][column] / a[column][column];
            let above = a[column];
            a[row].iter_mut().zip(above).for_each(|(to, from)| *to -= share * from);
            b[row] -= share * b[column];
        }
    }
    for row in (0..3).rev() {
        let known: f64 = (row + 1..3).map(|at| a[row][at] * b[at]).sum();
        b[row] = (b[row] - known) / a[row][row];
    }
    b
}

impl Pfa {
    /// Predicts the answers of those who were not learnt from.
    pub fn predict(&self, log: &Log, learn_from: &[bool]) -> Vec<Predicted> {
        let of = |row: Rows| Predicted { p: chance(&self.0[row.skill as usize], &row.x), ..row.predicted };
        rows(log, |student| !learn_from[student as usize]).into_iter().map(of).collect()
    }
}
