//! The particles with their weights: weighing by answers, thinning out, splitting and moving.

use super::{
    Outcome, Terrain,
    draw::Chance,
    population::{ABILITY, Head, Population, weight_in},
    shape::Near,
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
/// Parts into which the weight is divided for sums over all particles, and how many of them sixteen bits can hold.
const PARTS: u32 = 32_768;
const SHORT: u32 = 257;
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

/// How many particles a question is chosen by.
pub(super) const SAMPLE: usize = 192;

/// Equal particles skill by skill: how likely each of them knows it, in 255ths, and the sum.
pub(super) struct Sample {
    pub known: Vec<[i16; SAMPLE]>,
    pub sums: Vec<i32>,
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
    /// What each particle has for each answer's skill, answer by answer: read often, and far apart in the rows.
    answered: Vec<(usize, Vec<u8>)>,
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
            let curve = population.form(terrain, (own, head), None, &mut levels);
            curve.write(&levels, &mut known[nth * skills..(nth + 1) * skills]);
            heads.push(head);
        }
        Self {
            heads,
            numbers,
            known,
            weights: vec![1.0 / count.max(1) as f64; count],
            answered: Vec::new(),
            skills,
            width,
        }
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
        let parts = self.parts();
        // As many parts at once as their sums of bytes fit into sixteen bits: these are quickly added.
        let mut short = vec![0_u16; self.skills];
        let mut whole = vec![0_u32; self.skills];
        let mut rest = parts.as_slice();
        while !rest.is_empty() {
            let mut filled = 0;
            let taken = rest.iter().take_while(|(_, count)| {
                filled += u32::from(*count);
                filled <= SHORT
            });
            let (now, later) = rest.split_at(taken.count());
            rest = later;
            let (fours, few) = now.as_chunks::<4>();
            for four in fours {
                let [a, b, c, d] = four.map(|(nth, _)| self.row(nth));
                let [e, f, g, h] = four.map(|(_, count)| count);
                for ((((sum, a), b), c), d) in short.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                    let (ab, cd) = (u16::from(*a) * e + u16::from(*b) * f, u16::from(*c) * g + u16::from(*d) * h);
                    *sum += ab + cd;
                }
            }
            for (nth, count) in few {
                short.iter_mut().zip(self.row(*nth)).for_each(|(sum, known)| *sum += u16::from(*known) * count);
            }
            whole.iter_mut().zip(&mut short).for_each(|(whole, short)| *whole += u32::from(std::mem::take(short)));
        }
        let of_all = 1.0 / (255.0 * PARTS as f32);
        sums.iter_mut().zip(&whole).for_each(|(sum, whole)| *sum = *whole as f32 * of_all);
        // Of an asked skill it is told what the answers say of this student beyond the shape.
        for answer in answers {
            sums[answer.skill] = self.told(answer.skill, answers, &parts);
        }
        sums.iter_mut().for_each(|sum| *sum = sum.clamp(0.0, 1.0));
    }

    /// The weight in whole parts, whose rounding is passed on from one to the next; at most `SHORT` to an entry.
    fn parts(&self) -> Vec<(usize, u16)> {
        let mut parts = Vec::with_capacity(self.len());
        let (mut sum, mut given) = (0.0, 0);
        for (nth, weight) in self.weights.iter().enumerate() {
            sum += weight * f64::from(PARTS);
            let mut own = (sum + 0.5) as u32 - given;
            given += own;
            while own > 0 {
                let entry = own.min(SHORT);
                parts.push((nth, entry as u16));
                own -= entry;
            }
        }
        parts
    }

    fn told(&self, skill: usize, answers: &[Weighed], parts: &[(usize, u16)]) -> f32 {
        let of_skill = answers.iter().filter(|answer| answer.skill == skill);
        let (known, unknown) = of_skill.fold((1.0, 1.0), |(known, unknown), answer| {
            (known * answer.likelihood.known, unknown * answer.likelihood.unknown)
        });
        let Some((_, bytes)) = self.answered.iter().find(|(answered, _)| *answered == skill) else { return 0.0 };
        let mut counts = [0_u32; 256];
        parts.iter().for_each(|(nth, count)| counts[usize::from(bytes[*nth])] += u32::from(*count));
        let told = |(byte, count): (usize, &u32)| {
            let share = byte as f64 / 255.0;
            f64::from(*count) * share * known / (share * known + (1.0 - share) * unknown)
        };
        (counts.iter().enumerate().map(told).sum::<f64>() / f64::from(PARTS)) as f32
    }

    pub(super) fn weigh(&mut self, answer: Weighed) {
        let mut by_byte = [0.0; 256];
        by_byte.iter_mut().enumerate().for_each(|(byte, chance)| *chance = answer.likelihood.at(byte as u8));
        let column: Vec<u8> = (0..self.len()).map(|nth| self.known[nth * self.skills + answer.skill]).collect();
        self.weights.iter_mut().zip(&column).for_each(|(weight, byte)| *weight *= by_byte[usize::from(*byte)]);
        self.answered.push((answer.skill, column));
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
    pub(super) fn sample(&self) -> Sample {
        let rows: Vec<&[u8]> = self.places(SAMPLE, 0.5).into_iter().map(|nth| self.row(nth)).collect();
        let mut known = vec![[0; SAMPLE]; self.skills];
        for (block, columns) in known.chunks_mut(BLOCK).enumerate() {
            for (nth, row) in rows.iter().enumerate() {
                for (column, byte) in columns.iter_mut().zip(&row[block * BLOCK..]) {
                    column[nth] = i16::from(*byte);
                }
            }
        }
        let sums = known.iter().map(|of| of.iter().map(|known| i32::from(*known)).sum()).collect();
        Sample { known, sums }
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
        let near = Near::new(terrain, answers.iter().map(|answer| answer.skill));
        for parent in parents {
            let whole = self.weights[parent] < 1.5 * part;
            let Some(place) = (if whole { Some(parent) } else { empty.last().copied() }) else { continue };
            let head = population.neighbour((self.own(parent), self.heads[parent]), &mut numbers, chance);
            let curve = population.form(terrain, (&numbers, head), Some(&near), &mut levels);
            let ratio = |(answer, (_, bytes)): (&Weighed, &(usize, Vec<u8>))| {
                let proposed = answer.likelihood.at(curve.byte(levels[answer.skill]));
                proposed / answer.likelihood.at(bytes[parent])
            };
            let gain: f64 = answers.iter().zip(&self.answered).map(ratio).product();
            if f64::from(chance.share()) >= gain {
                continue;
            }
            let curve = population.form(terrain, (&numbers, head), None, &mut levels);
            if !whole {
                empty.pop();
                self.weights[parent] -= part;
                self.weights[place] = part;
            }
            self.heads[place] = head;
            self.numbers[place * self.width..(place + 1) * self.width].copy_from_slice(&numbers);
            curve.write(&levels, &mut self.known[place * self.skills..(place + 1) * self.skills]);
            self.answered.iter_mut().for_each(|(skill, bytes)| bytes[place] = curve.byte(levels[*skill]));
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
