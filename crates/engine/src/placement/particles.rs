//! The particles with their weights: weighing by answers, thinning out, splitting and moving.

use super::{
    Outcome, Terrain,
    draw::Chance,
    population::{ABILITY, Head, Population, weight_in},
};

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
/// A particle lighter than this share of the mean is kept by chance only.
const LIGHT: f64 = 0.5;
/// Steps after one answer, by skills: about the same time for every graph.
const MOVES_BY_SKILLS: usize = 200_000;
const MOVES: (usize, usize) = (150, 1500);
/// Skills that are turned from rows to columns at once: few enough to stay at hand.
const BLOCK: usize = 64;
/// Share of the weight that steps after one answer.
const MOVED: f64 = 0.45;

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

impl Likelihood {
    /// Of the answer, where the skill is known with this chance in 255ths.
    fn at(self, byte: u8) -> f64 {
        self.unknown + (self.known - self.unknown) * (f64::from(byte) / 255.0)
    }
}

/// An answer as the particles see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub skill: usize,
    pub likelihood: Likelihood,
}

/// Equal particles skill by skill: how likely each of them knows it, in 255ths, and the sum.
pub(super) struct Sample {
    known: Vec<i16>,
    pub sums: Vec<i32>,
    pub count: usize,
}

impl Sample {
    /// Of one skill, particle by particle.
    pub(super) fn of(&self, skill: usize) -> &[i16] {
        &self.known[skill * self.count..(skill + 1) * self.count]
    }
}

/// Possible students. One of weight 0 is an empty place.
#[derive(Clone)]
pub(super) struct Particles {
    heads: Vec<Head>,
    /// The numbers of all, row by row.
    numbers: Vec<f32>,
    /// How likely each skill is known to each, in 255ths, row by row.
    known: Vec<u8>,
    weights: Vec<f64>,
    skills: usize,
    width: usize,
}

impl Particles {
    pub(super) fn draw(population: &Population, terrain: &Terrain, count: usize, chance: &mut Chance) -> Self {
        let (skills, width) = (terrain.skills.len(), population.numbers());
        let (mut numbers, mut known) = (vec![0.0; count * width], vec![0; count * skills]);
        let mut levels = Vec::new();
        let mut heads = Vec::with_capacity(count);
        for nth in 0..count {
            let own = &mut numbers[nth * width..(nth + 1) * width];
            let head = population.draw(own, chance);
            let curve = population.form(terrain, own, head, &mut levels);
            curve.write(&levels, &mut known[nth * skills..(nth + 1) * skills]);
            heads.push(head);
        }
        Self { heads, numbers, known, weights: vec![1.0 / count.max(1) as f64; count], skills, width }
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    fn row(&self, nth: usize) -> &[u8] {
        &self.known[nth * self.skills..(nth + 1) * self.skills]
    }

    /// Chance of each skill being known, after the answers.
    pub(super) fn marginals(&self, answers: &[Weighed], sums: &mut Vec<f32>) {
        sums.clear();
        sums.resize(self.skills, 0.0);
        let heavy: Vec<usize> = (0..self.len()).filter(|nth| self.weights[*nth] > 0.0).collect();
        // Four rows at once: the sums are read and written a fourth as often.
        let (fours, rest) = heavy.as_chunks::<4>();
        for four in fours {
            let [a, b, c, d] = four.map(|nth| self.row(nth));
            let weights = four.map(|nth| (self.weights[nth] / 255.0) as f32);
            for (skill, sum) in sums.iter_mut().enumerate() {
                let [a, b, c, d] = [a[skill], b[skill], c[skill], d[skill]].map(f32::from);
                *sum += (weights[0] * a + weights[1] * b) + (weights[2] * c + weights[3] * d);
            }
        }
        for nth in rest {
            let weight = (self.weights[*nth] / 255.0) as f32;
            sums.iter_mut().zip(self.row(*nth)).for_each(|(sum, known)| *sum += weight * f32::from(*known));
        }
        // Of an asked skill it is told what the answers say of this student beyond the shape.
        for answer in answers {
            sums[answer.skill] = self.told(answer.skill, answers);
        }
        sums.iter_mut().for_each(|sum| *sum = sum.clamp(0.0, 1.0));
    }

    fn told(&self, skill: usize, answers: &[Weighed]) -> f32 {
        let of_skill = answers.iter().filter(|answer| answer.skill == skill);
        let (known, unknown) = of_skill.fold((1.0, 1.0), |(known, unknown), answer| {
            (known * answer.likelihood.known, unknown * answer.likelihood.unknown)
        });
        let mut by_byte = [0.0; 256];
        for (byte, told) in by_byte.iter_mut().enumerate() {
            let share = byte as f64 / 255.0;
            *told = share * known / (share * known + (1.0 - share) * unknown);
        }
        let of = |(nth, weight): (usize, &f64)| weight * by_byte[usize::from(self.known[nth * self.skills + skill])];
        self.weights.iter().enumerate().map(of).sum::<f64>() as f32
    }

    pub(super) fn weigh(&mut self, answer: Weighed) {
        let mut by_byte = [0.0; 256];
        by_byte.iter_mut().enumerate().for_each(|(byte, chance)| *chance = answer.likelihood.at(byte as u8));
        for (nth, weight) in self.weights.iter_mut().enumerate() {
            *weight *= by_byte[usize::from(self.known[nth * self.skills + answer.skill])];
        }
        self.normalize();
    }

    /// Weighs by the student's grade.
    pub(super) fn weigh_grade(&mut self, grade: u8) {
        for (nth, weight) in self.weights.iter_mut().enumerate() {
            *weight *= weight_in(grade, self.numbers[nth * self.width + ABILITY]);
        }
        self.normalize();
    }

    fn normalize(&mut self) {
        let total: f64 = self.weights.iter().sum();
        self.weights.iter_mut().for_each(|weight| *weight /= total);
    }

    /// How many equal particles would say as much (Kong 1992).
    pub(super) fn effective(&self) -> f64 {
        1.0 / self.weights.iter().map(|weight| weight * weight).sum::<f64>()
    }

    /// Some particles that stand for all, each as often as it weighs.
    pub(super) fn sample(&self, count: usize) -> Sample {
        let rows: Vec<&[u8]> = self.places(count, 0.5).into_iter().map(|nth| self.row(nth)).collect();
        let mut known = vec![0; self.skills * count];
        for (block, columns) in known.chunks_mut((BLOCK * count).max(1)).enumerate() {
            for (nth, row) in rows.iter().enumerate() {
                for (column, byte) in columns.chunks_exact_mut(count).zip(&row[block * BLOCK..]) {
                    column[nth] = i16::from(*byte);
                }
            }
        }
        let sums = known.chunks_exact(count.max(1)).map(|of| of.iter().map(|known| i32::from(*known)).sum()).collect();
        Sample { known, sums, count }
    }

    /// Thins out the light particles without leaning (Fearnhead and Clifford 2003).
    pub(super) fn thin_out(&mut self, chance: &mut Chance) {
        let least = LIGHT / self.weights.len() as f64;
        for weight in self.weights.iter_mut().filter(|weight| **weight < least) {
            *weight = if f64::from(chance.share()) < *weight / least { least } else { 0.0 };
        }
        self.normalize();
    }

    /// Lets some of the weight move, each part by one step that keeps the answers in mind (Gilks and Berzuini 2001):
    /// into an empty place if it is part of a particle, in place if it is all of it. Which parts is drawn evenly over
    /// the weight, so that the step leans nowhere. Bounded, so that no answer takes long.
    pub(super) fn spread(
        &mut self,
        population: &Population,
        terrain: &Terrain,
        answers: &[Weighed],
        chance: &mut Chance,
    ) {
        let moves = (MOVES_BY_SKILLS / self.skills.max(1)).clamp(MOVES.0, MOVES.1);
        let part = (MOVED / moves as f64).max(1.0 / self.len().max(1) as f64);
        let mut empty: Vec<usize> = (0..self.len()).rev().filter(|nth| self.weights[*nth] == 0.0).collect();
        let parents = self.places(moves, f64::from(chance.share()));
        let (mut levels, mut numbers) = (Vec::new(), vec![0.0; self.width]);
        for parent in parents {
            let whole = self.weights[parent] < 1.5 * part;
            let Some(place) = (if whole { Some(parent) } else { empty.last().copied() }) else { continue };
            let head = population.neighbour((self.own(parent), self.heads[parent]), &mut numbers, chance);
            let curve = population.form(terrain, &numbers, head, &mut levels);
            let current = self.row(parent);
            let ratio = |answer: &Weighed| {
                let proposed = answer.likelihood.at(curve.byte(levels[answer.skill]));
                proposed / answer.likelihood.at(current[answer.skill])
            };
            let gain: f64 = answers.iter().map(ratio).product();
            if f64::from(chance.share()) >= gain {
                continue;
            }
            if !whole {
                empty.pop();
                self.weights[parent] -= part;
                self.weights[place] = part;
            }
            self.heads[place] = head;
            self.numbers[place * self.width..(place + 1) * self.width].copy_from_slice(&numbers);
            curve.write(&levels, &mut self.known[place * self.skills..(place + 1) * self.skills]);
        }
    }

    fn own(&self, nth: usize) -> &[f32] {
        &self.numbers[nth * self.width..(nth + 1) * self.width]
    }

    /// Places drawn by weight, evenly spaced from `offset` on.
    fn places(&self, count: usize, offset: f64) -> Vec<usize> {
        let (mut nth, mut sum) = (0, self.weights.first().copied().unwrap_or(0.0));
        let at = |at: usize| (at as f64 + offset) / count as f64;
        (0..count)
            .map(|draw| {
                while at(draw) > sum && nth + 1 < self.weights.len() {
                    nth += 1;
                    sum += self.weights[nth];
                }
                nth
            })
            .collect()
    }
}
