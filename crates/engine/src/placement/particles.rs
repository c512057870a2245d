//! The particles with their weights: weighing by answers, resampling and moving.

use super::{
    Outcome,
    draw::Chance,
    population::{Latent, Population},
};
use libm::exp;

/// Chances of a pre-test answer: by one who knows, by one who does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likelihood {
    pub known: f64,
    pub unknown: f64,
}

const SLIP: f64 = 0.10;
const GUESS_TYPED: f64 = 0.12;
/// Chance that one who knows says "I have not learned this": a miss with guess 0, and rarer than a slip.
const SHY: f64 = 0.03;

/// The chances of an outcome, with `options` shown (0: typed).
///
/// Worked number: wrong on four options: .10 against .75; "I have not learned this": .03 against 1.
pub(super) fn likelihood(outcome: Outcome, options: u16) -> Likelihood {
    let guess = if options >= 2 { (1.0 / f64::from(options)).max(GUESS_TYPED) } else { GUESS_TYPED };
    match outcome {
        Outcome::Right => Likelihood { known: 1.0 - SLIP, unknown: guess },
        Outcome::Wrong => Likelihood { known: SLIP, unknown: 1.0 - guess },
        Outcome::DontKnow => Likelihood { known: SHY, unknown: 1.0 },
    }
}

/// An answer as the particles see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub skill: usize,
    pub likelihood: Likelihood,
}

#[derive(Clone)]
pub(super) struct Particles {
    latents: Vec<Latent>,
    known: Vec<u8>,
    weights: Vec<f64>,
    skills: usize,
}

impl Particles {
    pub(super) fn draw(population: &Population<'_>, count: usize, skills: usize, chance: &mut Chance) -> Self {
        let mut known = vec![0; count * skills];
        let mut latents = Vec::with_capacity(count);
        for row in known.chunks_exact_mut(skills.max(1)) {
            let latent = population.draw(chance);
            population.skills(&latent, row);
            latents.push(latent);
        }
        let count = latents.len();
        Self { latents, known, weights: vec![1.0 / count.max(1) as f64; count], skills }
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Chance of each skill being known.
    pub(super) fn marginals(&self) -> Vec<f32> {
        let mut sums = vec![0.0f32; self.skills];
        for (row, weight) in self.known.chunks_exact(self.skills.max(1)).zip(&self.weights) {
            let weight = *weight as f32;
            if weight > 1e-9 {
                for (sum, known) in sums.iter_mut().zip(row) {
                    *sum += weight * f32::from(*known);
                }
            }
        }
        for sum in &mut sums {
            *sum = sum.clamp(0.0, 1.0);
        }
        sums
    }

    pub(super) fn weigh(&mut self, answer: Weighed) {
        let mut total = 0.0;
        for (row, weight) in self.known.chunks_exact(self.skills.max(1)).zip(&mut self.weights) {
            *weight *= if row[answer.skill] == 1 { answer.likelihood.known } else { answer.likelihood.unknown };
            total += *weight;
        }
        for weight in &mut self.weights {
            *weight /= total;
        }
    }

    /// How many equal particles would say as much (Kong 1992).
    pub(super) fn effective(&self) -> f64 {
        1.0 / self.weights.iter().map(|weight| weight * weight).sum::<f64>()
    }

    /// Weighs by the student's grade.
    pub(super) fn weigh_grade(&mut self, grade: u8) {
        let mut total = 0.0;
        for (latent, weight) in self.latents.iter().zip(&mut self.weights) {
            *weight *= latent.weight_in(grade);
            total += *weight;
        }
        for weight in &mut self.weights {
            *weight /= total;
        }
    }

    /// Draws the particles anew by weight and lets every further copy make a move that keeps the answers in mind
    /// (Gilks and Berzuini 2001): the copies spread out again without forgetting what was answered.
    pub(super) fn resample(&mut self, population: &Population<'_>, answers: &[Weighed], chance: &mut Chance) {
        let picked = self.systematic(chance);
        let old = std::mem::take(&mut self.known);
        let old_latents = std::mem::take(&mut self.latents);
        let count = picked.len();
        self.known = Vec::with_capacity(old.len());
        let mut row = vec![0; self.skills];
        let mut before = usize::MAX;
        for from in picked {
            let current = &old[from * self.skills..(from + 1) * self.skills];
            if std::mem::replace(&mut before, from) != from {
                self.known.extend_from_slice(current);
                self.latents.push(old_latents[from].clone());
                continue;
            }
            let proposal = population.neighbour(&old_latents[from], chance);
            population.skills(&proposal, &mut row);
            let gain: f64 = answers.iter().map(|answer| log_ratio(answer, current, &row)).sum();
            if gain >= 0.0 || f64::from(chance.share()) < exp(gain) {
                self.known.extend_from_slice(&row);
                self.latents.push(proposal);
            } else {
                self.known.extend_from_slice(current);
                self.latents.push(old_latents[from].clone());
            }
        }
        self.weights = vec![1.0 / count.max(1) as f64; count];
    }

    fn systematic(&self, chance: &mut Chance) -> Vec<usize> {
        let count = self.weights.len();
        let step = 1.0 / count.max(1) as f64;
        let mut at = f64::from(chance.share()) * step;
        let (mut place, mut sum) = (0, self.weights.first().copied().unwrap_or(0.0));
        (0..count)
            .map(|_| {
                while at > sum && place + 1 < count {
                    place += 1;
                    sum += self.weights[place];
                }
                at += step;
                place
            })
            .collect()
    }
}

fn log_ratio(answer: &Weighed, current: &[u8], proposed: &[u8]) -> f64 {
    let of = |row: &[u8]| if row[answer.skill] == 1 { answer.likelihood.known } else { answer.likelihood.unknown };
    libm::log(of(proposed) / of(current))
}
