//! Who might be sitting there: a mixture of populations, since no single one is right for every child.
//!
//! *Smooth*: ability, area, topic and height with logistic noise. *Strands*: each topic learned up to its own place.
//! *Patchy*: either of these with holes and islands. *Growth*: skills learned one by one in random order.
//! Needed edges bind, with a small leak; helping edges never do.

use super::{
    Terrain,
    draw::{Chance, normal_share},
};

/// Chance that a skill is known without something it needs.
const LEAK: f32 = 0.07;
const HOLES: f32 = 0.06;
const ISLANDS: f32 = 0.02;
const STRAND_SPREAD: f32 = 0.2;
/// Share of each kind: smooth, strands, patchy, growth; growth only where edges give it a shape.
const MIX: [f32; 4] = [0.30, 0.25, 0.20, 0.25];
const MIX_WITHOUT_EDGES: [f32; 4] = [0.45, 0.30, 0.25, 0.0];
/// How much a grade above the seventh raises the expected ability (deviations), at most by `GRADE_MAX`.
const GRADE_STEP: f64 = 0.10;
const GRADE_MAX: f64 = 0.4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Smooth,
    Strands,
    Patchy,
    Growth,
}

/// What a particle's set of skills is made from.
#[derive(Clone, Debug)]
pub(super) struct Latent {
    kind: Kind,
    ability: f32,
    areas: Vec<f32>,
    topics: Vec<f32>,
    noise: u64,
}

impl Latent {
    /// How much likelier the particle is in a grade than over all grades: the ability's mean is shifted a little.
    pub(super) fn weight_in(&self, grade: u8) -> f64 {
        let mean = ((f64::from(grade) - 7.0) * GRADE_STEP).clamp(-GRADE_MAX, GRADE_MAX);
        libm::exp(mean * f64::from(self.ability) - mean * mean / 2.0)
    }
}

/// Draws particles over one terrain.
pub(super) struct Population<'t> {
    terrain: &'t Terrain,
    mix: [f32; 4],
    areas: usize,
}

impl<'t> Population<'t> {
    pub(super) fn new(terrain: &'t Terrain) -> Self {
        let edges = terrain.needs.iter().map(Vec::len).sum::<usize>();
        let mix = if edges * 4 >= terrain.skills.len() { MIX } else { MIX_WITHOUT_EDGES };
        let areas = terrain.area.iter().max().map_or(0, |last| last + 1);
        Self { terrain, mix, areas }
    }

    /// A particle of the mixture.
    pub(super) fn draw(&self, chance: &mut Chance) -> Latent {
        let mut at = chance.share();
        let mut kind = Kind::Smooth;
        for (share, next) in self.mix.iter().zip([Kind::Smooth, Kind::Strands, Kind::Patchy, Kind::Growth]) {
            kind = next;
            at -= share;
            if at < 0.0 {
                break;
            }
        }
        Latent {
            kind,
            ability: chance.normal(),
            areas: (0..self.areas).map(|_| chance.normal()).collect(),
            topics: (0..self.terrain.strands.len()).map(|_| chance.normal()).collect(),
            noise: chance.bits64(),
        }
    }

    /// A neighbour of a particle: a proposal under which the population itself stays as it is
    /// (preconditioned Crank-Nicolson; Cotter, Roberts, Stuart and White 2013).
    pub(super) fn neighbour(&self, of: &Latent, chance: &mut Chance) -> Latent {
        const KEEP: f32 = 0.85;
        const MOVE: f32 = 0.526_783_1;
        let fresh_noise = chance.share() < 0.5;
        let mut near = |value: f32| KEEP * value + MOVE * chance.normal();
        Latent {
            kind: of.kind,
            ability: near(of.ability),
            areas: of.areas.iter().map(|value| near(*value)).collect(),
            topics: of.topics.iter().map(|value| near(*value)).collect(),
            noise: if fresh_noise { chance.bits64() } else { of.noise },
        }
    }

    /// Writes the particle's skills, one byte each, 1 where known.
    pub(super) fn skills(&self, of: &Latent, known: &mut [u8]) {
        let mut chance = Chance::new(of.noise);
        match of.kind {
            Kind::Smooth => self.smooth(of, &mut chance, known),
            Kind::Strands => self.strands(of, &mut chance, known),
            Kind::Patchy => {
                if chance.share() < 0.5 {
                    self.smooth(of, &mut chance, known);
                } else {
                    self.strands(of, &mut chance, known);
                }
                for skill in known.iter_mut() {
                    let flips = chance.share() < if *skill == 1 { HOLES } else { ISLANDS };
                    *skill ^= u8::from(flips);
                }
            }
            Kind::Growth => self.growth(of, &mut chance, known),
        }
    }

    fn smooth(&self, of: &Latent, chance: &mut Chance, known: &mut [u8]) {
        let terrain = self.terrain;
        let ability = 1.6 * of.ability;
        for skill in &terrain.order {
            let needs = &terrain.needs[*skill];
            let level = ability + 0.6 * of.areas[terrain.area[*skill]] + 0.8 * of.topics[terrain.topic[*skill]];
            let ease = level - 1.3 * terrain.height[*skill] + 0.5 * chance.logistic();
            // Whoever knows all that it needs is the readier for it.
            let bar = if needs.is_empty() { 0.0 } else { -0.6 };
            let met = needs.iter().all(|below| known[*below] == 1);
            known[*skill] = u8::from(ease > bar && (met || chance.share() < LEAK));
        }
    }

    fn strands(&self, of: &Latent, chance: &mut Chance, known: &mut [u8]) {
        let terrain = self.terrain;
        let place = 0.03 + 0.94 * normal_share(of.ability);
        let swap = 1.0 + chance.share();
        for (topic, strand) in terrain.strands.iter().enumerate() {
            let cut = (place + STRAND_SPREAD * of.topics[topic]).clamp(0.0, 1.0) * strand.len() as f32;
            for (nth, skill) in strand.iter().enumerate() {
                // Nobody's order is exactly the author's: neighbours change places.
                known[*skill] = u8::from(nth as f32 + 0.5 + swap * (chance.share() - 0.5) < cut);
            }
        }
        if chance.share() < 0.5 {
            for skill in &terrain.order {
                let met = terrain.needs[*skill].iter().all(|below| known[*below] == 1);
                known[*skill] &= u8::from(met || chance.share() < LEAK);
            }
        } else {
            for skill in terrain.order.iter().rev().filter(|skill| !terrain.needs[**skill].is_empty()) {
                if known[*skill] == 1 && chance.share() >= LEAK {
                    for below in &terrain.needs[*skill] {
                        known[*below] = 1;
                    }
                }
            }
        }
    }

    /// Picking uniformly among what is ready, again and again, is a race of equal exponential clocks.
    fn growth(&self, of: &Latent, chance: &mut Chance, known: &mut [u8]) {
        let terrain = self.terrain;
        let mut time = vec![0.0f32; known.len()];
        for skill in &terrain.order {
            let ready = terrain.needs[*skill].iter().map(|below| time[*below]).fold(0.0, f32::max);
            time[*skill] = ready + chance.exponential();
        }
        let share = 0.03 + 0.94 * normal_share(of.ability);
        let count = ((share * known.len() as f32) as usize).min(known.len().saturating_sub(1));
        let mut sorted = time.clone();
        let (_, end, _) = sorted.select_nth_unstable_by(count, f32::total_cmp);
        for (skill, time) in time.iter().enumerate() {
            known[skill] = u8::from(*time < *end);
        }
    }
}
