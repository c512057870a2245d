//! The shapes of knowledge: from a possible student's numbers to how likely each skill is known.
//!
//! Given the numbers, skills are taken as independent and their chances are summed instead of drawn
//! (Rao-Blackwellised particles; Doucet, de Freitas, Murphy and Russell 2000): one particle stands for many students.

use super::{
    Terrain,
    draw::OfSkills,
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
/// Share of what would be known that is not: of those without many holes; from and to for the others.
const HOLES: [f32; 3] = [0.01, 0.02, 0.25];
/// Share of what would not be known that is: likewise.
const ISLANDS: [f32; 3] = [0.005, 0.01, 0.17];
/// Where skills need each other, what is known hangs together more closely than where they only stand side by side.
const ALONG_EDGES: Ranges = Ranges { level_sharpness: (2.0, 20.0), strand_width: (0.10, 0.012), whole: 0.70 };
const WITHOUT_EDGES: Ranges = Ranges { level_sharpness: (0.5, 20.0), strand_width: (0.25, 0.012), whole: 0.60 };
/// Levels are even for this share of students; for the others skills vary by up to so much (logistic scale, in
/// deviations of height) and carry it on to what rests on them.
const EVEN: f32 = 0.4;
const ROUGH: f32 = 1.2;
const READIER: f32 = 2.0;
/// Sharper shapes are a little likelier: the share between the bounds is raised to this power.
const SHARP_POWER: f32 = 0.8;
/// A small number to which this is added stands rounded in the lowest bits of the sum.
const ROUNDING: f32 = 8_388_608.0;
/// Growth is watched in this many draws for the times at which shares are known.
const WATCHED: u64 = 48;
const SHARES: usize = 64;
/// In growth, what needs nothing may begin spread over 0, 1, 2 or 3 steps.
const STARTS: usize = 4;

/// How clear cut knowledge may be.
#[derive(Clone, Copy, Debug)]
struct Ranges {
    /// Logits over one deviation of height: from the softest, which may be all but random, to a clear cut.
    level_sharpness: (f32, f32),
    /// Share of a strand over which known fades to unknown (logistic scale): from the softest on.
    strand_width: (f32, f32),
    /// Share of students without many holes, and, apart from it, of those without many islands.
    whole: f32,
}

/// Tables of one terrain, made once.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    pub areas: usize,
    ranges: Ranges,
    /// All skills.
    all: Scope,
    /// Topic and area together, by skill; and both of each such group.
    group: Vec<u32>,
    groups: Vec<(usize, usize)>,
    /// How far into its strand a skill stands, within 0..1; those at one height share their place.
    place: Vec<f32>,
    /// Times by which growth has reached each share of the skills, by how spread its beginnings are.
    time_of_share: [Vec<f32>; STARTS],
}

/// Skills whose levels are wanted.
#[derive(Clone, Debug, Default)]
struct Scope {
    /// Each after what it needs.
    skills: Vec<usize>,
    /// Needed edges among them, a skill and one that it needs, in the order of the skills.
    edges: Vec<(usize, usize)>,
}

/// What the levels of a few skills rest on, so that a step can be judged without forming all.
#[derive(Clone, Debug)]
pub(super) struct Near {
    open: Scope,
    down: Scope,
    up: Scope,
}

impl Scope {
    fn new(terrain: &Terrain, holds: impl Fn(usize) -> bool) -> Self {
        let skills: Vec<usize> = terrain.order.iter().copied().filter(|skill| holds(*skill)).collect();
        let edges = skills.iter().flat_map(|skill| terrain.needs[*skill].iter().map(|below| (*skill, *below)));
        let edges = edges.filter(|(_, below)| holds(*below)).collect();
        Self { skills, edges }
    }
}

impl Near {
    pub(super) fn new(terrain: &Terrain, of: impl Iterator<Item = usize>) -> Self {
        let mut own = vec![false; terrain.skills.len()];
        of.for_each(|skill| own[skill] = true);
        let (mut down, mut up) = (own.clone(), own.clone());
        for skill in terrain.order.iter().rev() {
            if down[*skill] {
                terrain.needs[*skill].iter().for_each(|below| down[*below] = true);
            }
        }
        for skill in &terrain.order {
            up[*skill] |= terrain.needs[*skill].iter().any(|below| up[*below]);
        }
        let scope = |held: &[bool]| Scope::new(terrain, |skill| held[skill]);
        Self { open: scope(&own), down: scope(&down), up: scope(&up) }
    }

    fn scope(&self, head: Head) -> &Scope {
        match (head.kind, head.closure) {
            (Kind::Growth, _) => &self.down,
            (_, Closure::Open) => &self.open,
            (Kind::Strands, Closure::Up) => &self.up,
            _ => &self.down,
        }
    }
}

/// From a level to the chance that the skill is known: nearly the logistic curve, by a continued fraction of its
/// hyperbolic tangent after Lambert (1770) that ends at 0 and 1 after six logits. Steps that all machines take alike,
/// several skills at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    middle: f32,
    reach: f32,
    scale: f32,
}

impl Curve {
    /// The chance in 255ths.
    pub(super) fn byte(self, level: f32) -> u8 {
        let at = lower(higher(level * self.scale, -3.0), 3.0);
        let square = at * at;
        (self.middle + self.reach * (at * (27.0 + square) / (27.0 + 9.0 * square)) + ROUNDING).to_bits() as u8
    }

    /// The chances of all skills in 255ths.
    pub(super) fn write(self, levels: &[f32], row: &mut [u8]) {
        for (level, byte) in levels.iter().zip(row) {
            *byte = self.byte(*level);
        }
    }
}

impl Ranges {
    /// How many holes or islands: few for most, anything up to many for the others.
    fn patches(&self, [few, from, to]: [f32; 3], number: f32) -> f32 {
        let share = (share_of(number) - self.whole) / (1.0 - self.whole);
        if share < 0.0 { few } else { from + (to - from) * share }
    }
}

impl Shapes {
    pub(super) fn new(terrain: &Terrain) -> Self {
        let areas = terrain.area.iter().max().map_or(0, |last| last + 1);
        let of_skill = || terrain.topic.iter().copied().zip(terrain.area.iter().copied());
        let mut groups: Vec<(usize, usize)> = of_skill().collect();
        groups.sort_unstable();
        groups.dedup();
        let group = of_skill().map(|own| groups.partition_point(|other| *other < own) as u32).collect();
        let mut shapes = Self {
            areas,
            ranges: if terrain.hangs_together() { ALONG_EDGES } else { WITHOUT_EDGES },
            all: Scope::new(terrain, |_| true),
            group,
            groups,
            place: places(terrain),
            time_of_share: Default::default(),
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
            grow((terrain, &self.all), (&even, 0.0), start, seed, &mut times);
            times.sort_unstable_by(f32::total_cmp);
            mean.iter_mut().zip(&times).for_each(|(mean, time)| *mean += time / WATCHED as f32);
        }
        let at = |share: usize| (share * count / SHARES).min(count.saturating_sub(1));
        (0..=SHARES).map(|share| mean.get(at(share)).copied().unwrap_or(0.0)).collect()
    }

    /// The levels of all skills, or of the near ones alone, written to `levels`, and the curve on which they are read.
    pub(super) fn form(
        &self,
        terrain: &Terrain,
        (numbers, head): (&[f32], Head),
        near: Option<&Near>,
        levels: &mut Vec<f32>,
    ) -> Curve {
        let scope = near.map_or(&self.all, |near| near.scope(head));
        levels.resize(terrain.skills.len(), 0.0);
        let sharp = libm::powf(share_of(numbers[SHARPNESS]), SHARP_POWER);
        let sharpness = match head.kind {
            Kind::Levels => {
                self.levels((terrain, scope), numbers, head.noise, levels);
                between(self.ranges.level_sharpness, sharp)
            }
            Kind::Strands => {
                self.strands(scope, numbers, levels);
                1.0 / between(self.ranges.strand_width, sharp)
            }
            Kind::Growth => {
                let end = self.growth((terrain, scope), numbers, head.noise, levels);
                scope.skills.iter().for_each(|skill| levels[*skill] = end - levels[*skill]);
                CLEAR_CUT
            }
        };
        match (head.kind, head.closure) {
            (Kind::Growth, _) | (_, Closure::Open) => {}
            (Kind::Strands, Closure::Up) => close_up(scope, LEAK_LOGITS / sharpness, levels),
            _ => close_down(scope, -LEAK_LOGITS / sharpness, levels),
        }
        let holes = self.ranges.patches(HOLES, numbers[HOLINESS]);
        let islands = self.ranges.patches(ISLANDS, numbers[ISLANDNESS]);
        Curve {
            middle: 127.5 * (1.0 - holes + islands),
            reach: 127.5 * (1.0 - holes - islands),
            scale: sharpness / 2.0,
        }
    }

    fn levels(&self, (terrain, scope): (&Terrain, &Scope), numbers: &[f32], noise: u64, levels: &mut [f32]) {
        let topics = &numbers[AREAS + self.areas..];
        let (of_area, of_topic) = (0.6 * share_of(numbers[AREA_SPREAD]), share_of(numbers[SPREAD]));
        let slope = 0.25 + share_of(numbers[SLOPE]);
        let ability = 1.4 * numbers[ABILITY];
        let group =
            |(topic, area): &(usize, usize)| ability + of_area * numbers[AREAS + area] + of_topic * topics[*topic];
        self.slant(scope, &self.groups.iter().map(group).collect::<Vec<_>>(), (slope, &terrain.height), levels);
        // Without edges nothing is carried on, and the curve says as much.
        let rough = ROUGH * (share_of(numbers[ROUGHNESS]) - EVEN);
        if rough > 0.0 && !self.all.edges.is_empty() {
            let chance = OfSkills::new(noise);
            for skill in scope.skills.iter().copied() {
                // Whoever knows all that it needs is the readier for it; else long ways would never be gone to the end.
                let readier = if terrain.needs[skill].is_empty() { 0.0 } else { READIER * rough };
                levels[skill] += rough * chance.logistic(skill) + readier;
            }
        }
    }

    fn strands(&self, scope: &Scope, numbers: &[f32], levels: &mut [f32]) {
        let topics = &numbers[AREAS + self.areas..];
        let spread = 0.03 + 0.40 * share_of(numbers[SPREAD]);
        let cut = 1.16 * share_of(numbers[ABILITY]) - 0.08;
        let group = |(topic, _): &(usize, usize)| cut + spread * topics[*topic];
        self.slant(scope, &self.groups.iter().map(group).collect::<Vec<_>>(), (1.0, &self.place), levels);
    }

    /// Each skill's level: its group's, falling with its height.
    fn slant(&self, scope: &Scope, groups: &[f32], (slope, height): (f32, &[f32]), levels: &mut [f32]) {
        if scope.skills.len() == levels.len() {
            for ((level, group), height) in levels.iter_mut().zip(&self.group).zip(height) {
                *level = groups[*group as usize] - slope * height;
            }
        } else {
            for skill in scope.skills.iter().copied() {
                levels[skill] = groups[self.group[skill] as usize] - slope * height[skill];
            }
        }
    }

    /// Writes when each skill is learned and returns the time that has come.
    fn growth(&self, (terrain, scope): (&Terrain, &Scope), numbers: &[f32], noise: u64, times: &mut [f32]) -> f32 {
        let topics = &numbers[AREAS + self.areas..];
        let spread = 0.7 * share_of(numbers[SPREAD]);
        let start = ((share_of(numbers[SLOPE]) * STARTS as f32) as usize).min(STARTS - 1);
        grow((terrain, scope), (topics, spread), start, noise, times);
        if start > 0 {
            let later = 2.0 * share_of(numbers[AREA_SPREAD]);
            for skill in scope.skills.iter().copied() {
                times[skill] += later * topics[terrain.topic[skill]];
            }
        }
        self.time_at(start, 1.1 * share_of(numbers[ABILITY]) - 0.05)
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

/// The lower of two numbers: `min` would ask whether they are any.
fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The higher of two, likewise.
fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// No skill stands above what it needs, but for the leak.
fn close_down(scope: &Scope, leak: f32, levels: &mut [f32]) {
    for (skill, below) in &scope.edges {
        levels[*skill] = lower(levels[*skill], higher(levels[*below], leak));
    }
}

/// Whoever knows a skill knows what it needs, but for the leak.
fn close_up(scope: &Scope, leak: f32, levels: &mut [f32]) {
    for (skill, below) in scope.edges.iter().rev() {
        levels[*below] = higher(levels[*below], lower(levels[*skill], leak));
    }
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
fn grow(
    (terrain, scope): (&Terrain, &Scope),
    (topics, spread): (&[f32], f32),
    start: usize,
    noise: u64,
    times: &mut [f32],
) {
    let chance = OfSkills::new(noise);
    for skill in &scope.skills {
        let needs = &terrain.needs[*skill];
        let ready = if needs.is_empty() {
            start as f32 * chance.normal(*skill)
        } else {
            needs.iter().map(|below| times[*below]).fold(f32::NEG_INFINITY, higher)
        };
        let slowness = 1.0 + spread * topics[terrain.topic[*skill]].clamp(-1.3, 2.5);
        times[*skill] = ready + slowness * chance.exponential(*skill);
    }
}
