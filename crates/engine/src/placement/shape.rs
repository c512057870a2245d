//! The shapes of knowledge: from a possible student's numbers to how likely each skill is known.
//!
//! Given the numbers, skills are taken as independent and their chances are summed instead of drawn
//! (Rao-Blackwellised particles; Doucet, de Freitas, Murphy and Russell 2000): one particle stands for many students.

use super::{
    Terrain,
    draw::Chance,
    population::{
        ABILITY, AREA_SPREAD, AREAS, Closure, HOLINESS, Head, ISLANDNESS, Kind, ROUGHNESS, SHARPNESS, SLOPE, SPREAD,
        share_of,
    },
};
use libm::{expf, logf};

/// Needed edges leak: at least one in fourteen of those who would know a skill knows it without what it needs.
const LEAK_LOGITS: f32 = 2.6;
/// Sharpness where there is no between.
const CLEAR_CUT: f32 = 1e6;
/// Share of students without many holes, and, apart from it, of those without many islands.
const WHOLE: f32 = 0.60;
/// Share of what would be known that is not: of those without many holes; from and to for the others.
const HOLES: [f32; 3] = [0.01, 0.02, 0.25];
/// Share of what would not be known that is: likewise.
const ISLANDS: [f32; 3] = [0.005, 0.01, 0.17];
/// Logits over one deviation of height: from all but random to a clear cut.
const LEVEL_SHARPNESS: (f32, f32) = (0.5, 20.0);
/// Share of a strand over which known fades to unknown (logistic scale).
const STRAND_WIDTH: (f32, f32) = (0.25, 0.012);
/// Levels are even for this share of students; for the others skills vary by up to so much (logistic scale, in
/// deviations of height) and carry it on to what rests on them.
const EVEN: f32 = 0.4;
const ROUGH: f32 = 1.2;
const READIER: f32 = 2.0;
/// Sharper shapes are a little likelier: the share between the bounds is raised to this power.
const SHARP_POWER: f32 = 0.8;
/// The logistic curve is tabled over this many logits to each side.
const LOGITS_MAX: f32 = 8.0;
const STEPS: usize = 1024;
/// Growth is watched in this many draws for the times at which shares are known.
const WATCHED: u64 = 48;
const SHARES: usize = 64;
/// In growth, what needs nothing may begin spread over 0, 1, 2 or 3 steps.
const STARTS: usize = 4;

/// Tables of one terrain, made once.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    pub areas: usize,
    /// Needed edges, a skill and one that it needs; a skill comes after what it needs.
    edges: Vec<(usize, usize)>,
    /// How far into its strand a skill stands, within 0..1; those at one height share their place.
    place: Vec<f32>,
    /// Times by which growth has reached each share of the skills, by how spread its beginnings are.
    time_of_share: [Vec<f32>; STARTS],
    logistic: Vec<f32>,
}

/// From a level to the chance that the skill is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve<'s> {
    lowest: f32,
    reach: f32,
    scale: f32,
    logistic: &'s [f32],
}

impl Curve<'_> {
    /// The chance in 255ths.
    pub(super) fn byte(&self, level: f32) -> u8 {
        let step = (level * self.scale + (STEPS / 2) as f32).clamp(0.0, STEPS as f32);
        // Over `i32`: one instruction in most machines, where `usize` takes ten.
        (self.lowest + self.reach * self.logistic[step as i32 as usize]) as i32 as u8
    }

    /// The chances of all skills in 255ths.
    pub(super) fn write(&self, levels: &[f32], row: &mut [u8]) {
        for (level, byte) in levels.iter().zip(row) {
            *byte = self.byte(*level);
        }
    }
}

impl Shapes {
    pub(super) fn new(terrain: &Terrain) -> Self {
        let logistic = (0..=STEPS).map(|step| {
            let logit = (step as f32 / STEPS as f32 * 2.0 - 1.0) * LOGITS_MAX;
            1.0 / (1.0 + expf(-logit))
        });
        let areas = terrain.area.iter().max().map_or(0, |last| last + 1);
        let edges = terrain.order.iter().flat_map(|skill| terrain.needs[*skill].iter().map(|below| (*skill, *below)));
        let mut shapes = Self {
            areas,
            edges: edges.collect(),
            place: places(terrain),
            time_of_share: Default::default(),
            logistic: logistic.collect(),
        };
        shapes.time_of_share = std::array::from_fn(|start| shapes.watch(terrain, start));
        shapes
    }

    fn watch(&self, terrain: &Terrain, start: usize) -> Vec<f32> {
        let count = terrain.skills.len();
        let mut mean = vec![0.0; count];
        let mut times = vec![0.0; count];
        let even = vec![0.0; terrain.strands.len()];
        for seed in 0..WATCHED {
            grow(terrain, (&even, 0.0), start, seed, &mut times);
            times.sort_unstable_by(f32::total_cmp);
            mean.iter_mut().zip(&times).for_each(|(mean, time)| *mean += time / WATCHED as f32);
        }
        let at = |share: usize| (share * count / SHARES).min(count.saturating_sub(1));
        (0..=SHARES).map(|share| mean.get(at(share)).copied().unwrap_or(0.0)).collect()
    }

    /// The levels of all skills, written to `levels`, and the curve on which they are read.
    pub(super) fn form(&self, terrain: &Terrain, numbers: &[f32], head: Head, levels: &mut Vec<f32>) -> Curve<'_> {
        levels.resize(terrain.skills.len(), 0.0);
        let sharp = libm::powf(share_of(numbers[SHARPNESS]), SHARP_POWER);
        let sharpness = match head.kind {
            Kind::Levels => {
                self.levels(terrain, numbers, head.noise, levels);
                between(LEVEL_SHARPNESS, sharp)
            }
            Kind::Strands => {
                self.strands(terrain, numbers, levels);
                1.0 / between(STRAND_WIDTH, sharp)
            }
            Kind::Growth => {
                let end = self.growth(terrain, numbers, head.noise, levels);
                levels.iter_mut().for_each(|level| *level = end - *level);
                CLEAR_CUT
            }
        };
        match (head.kind, head.closure) {
            (Kind::Growth, _) | (_, Closure::Open) => {}
            (Kind::Strands, Closure::Up) => self.close_up(LEAK_LOGITS / sharpness, levels),
            _ => self.close_down(-LEAK_LOGITS / sharpness, levels),
        }
        let holes = patches(HOLES, numbers[HOLINESS]);
        let islands = patches(ISLANDS, numbers[ISLANDNESS]);
        Curve {
            lowest: 255.0 * islands + 0.5,
            reach: 255.0 * (1.0 - holes - islands),
            scale: sharpness * STEPS as f32 / (2.0 * LOGITS_MAX),
            logistic: &self.logistic,
        }
    }

    fn levels(&self, terrain: &Terrain, numbers: &[f32], noise: u64, levels: &mut [f32]) {
        let topics = &numbers[AREAS + self.areas..];
        let (of_area, of_topic) = (0.6 * share_of(numbers[AREA_SPREAD]), share_of(numbers[SPREAD]));
        let slope = 0.25 + share_of(numbers[SLOPE]);
        let ability = 1.4 * numbers[ABILITY];
        for (skill, level) in levels.iter_mut().enumerate() {
            let area = of_area * numbers[AREAS + terrain.area[skill]];
            *level = ability + area + of_topic * topics[terrain.topic[skill]] - slope * terrain.height[skill];
        }
        // Without edges nothing is carried on, and the curve says as much.
        let rough = ROUGH * (share_of(numbers[ROUGHNESS]) - EVEN);
        if rough > 0.0 && !self.edges.is_empty() {
            let mut chance = Chance::new(noise);
            for (level, needs) in levels.iter_mut().zip(&terrain.needs) {
                // Whoever knows all that it needs is the readier for it; else long ways would never be gone to the end.
                let readier = if needs.is_empty() { 0.0 } else { READIER * rough };
                *level += rough * chance.logistic() + readier;
            }
        }
    }

    fn strands(&self, terrain: &Terrain, numbers: &[f32], levels: &mut [f32]) {
        let topics = &numbers[AREAS + self.areas..];
        let spread = 0.03 + 0.40 * share_of(numbers[SPREAD]);
        let cut = 1.16 * share_of(numbers[ABILITY]) - 0.08;
        for (skill, level) in levels.iter_mut().enumerate() {
            *level = cut + spread * topics[terrain.topic[skill]] - self.place[skill];
        }
    }

    /// Writes when each skill is learned and returns the time that has come.
    fn growth(&self, terrain: &Terrain, numbers: &[f32], noise: u64, times: &mut [f32]) -> f32 {
        let topics = &numbers[AREAS + self.areas..];
        let spread = 0.7 * share_of(numbers[SPREAD]);
        let start = ((share_of(numbers[SLOPE]) * STARTS as f32) as usize).min(STARTS - 1);
        grow(terrain, (topics, spread), start, noise, times);
        if start > 0 {
            let later = 2.0 * share_of(numbers[AREA_SPREAD]);
            for (time, topic) in times.iter_mut().zip(&terrain.topic) {
                *time += later * topics[*topic];
            }
        }
        self.time_at(start, 1.1 * share_of(numbers[ABILITY]) - 0.05)
    }

    /// No skill stands above what it needs, but for the leak.
    fn close_down(&self, leak: f32, levels: &mut [f32]) {
        for (skill, below) in &self.edges {
            levels[*skill] = levels[*skill].min(levels[*below].max(leak));
        }
    }

    /// Whoever knows a skill knows what it needs, but for the leak.
    fn close_up(&self, leak: f32, levels: &mut [f32]) {
        for (skill, below) in self.edges.iter().rev() {
            levels[*below] = levels[*below].max(levels[*skill].min(leak));
        }
    }

    fn time_at(&self, start: usize, share: f32) -> f32 {
        let at = share.clamp(0.0, 1.0) * SHARES as f32;
        let below = (at as usize).min(SHARES - 1);
        let (low, high) = (self.time_of_share[start][below], self.time_of_share[start][below + 1]);
        // Beyond the ends: nothing at all, or everything.
        match share {
            share if share <= 0.0 => f32::NEG_INFINITY,
            share if share >= 1.0 => f32::INFINITY,
            _ => low + (high - low) * (at - below as f32),
        }
    }
}

/// How many holes or islands: few for most, anything up to many for the others.
fn patches([few, from, to]: [f32; 3], number: f32) -> f32 {
    let share = (share_of(number) - WHOLE) / (1.0 - WHOLE);
    if share < 0.0 { few } else { from + (to - from) * share }
}

/// Between two bounds by ratio.
fn between(bounds: (f32, f32), share: f32) -> f32 {
    expf(logf(bounds.0) + (logf(bounds.1) - logf(bounds.0)) * share)
}

/// Places in the strands; skills at one height share the middle of theirs.
fn places(terrain: &Terrain) -> Vec<f32> {
    let mut place = vec![0.0; terrain.skills.len()];
    for strand in &terrain.strands {
        let alike = strand.chunk_by(|a, b| terrain.height[*a].total_cmp(&terrain.height[*b]).is_eq());
        let mut before = 0;
        for skills in alike {
            let middle = (before as f32 + skills.len() as f32 / 2.0) / strand.len() as f32;
            skills.iter().for_each(|skill| place[*skill] = middle);
            before += skills.len();
        }
    }
    place
}

/// Picking among what is ready, again and again, is a race of exponential clocks; topics may differ in speed.
fn grow(terrain: &Terrain, (topics, spread): (&[f32], f32), start: usize, noise: u64, times: &mut [f32]) {
    let mut chance = Chance::new(noise);
    for skill in &terrain.order {
        let needs = &terrain.needs[*skill];
        let ready = if needs.is_empty() {
            start as f32 * chance.normal()
        } else {
            needs.iter().map(|below| times[*below]).fold(f32::NEG_INFINITY, f32::max)
        };
        let slowness = 1.0 + spread * topics[terrain.topic[*skill]].clamp(-1.3, 2.5);
        times[*skill] = ready + slowness * chance.exponential();
    }
}
