//! Which skill to ask next: the one whose answer is expected to tell most (largest expected drop in entropy), with
//! a small bonus for gates, and never a third time running from a topic that was just missed twice. Nothing is asked
//! that the student would hardly know, and after three misses in a row something that is likely to go well.

use super::{
    Outcome, Terrain,
    particles::{Particles, SAMPLE, Sample, likelihood},
};
use libm::log;

const GATE_BONUS: f64 = 0.03;
/// Questions that are looked at closely.
const SHORTLIST: usize = 10;
/// After so many misses in a row the next question is one that is likely to go well: known with this chance, so that
/// a right answer is expected with .60.
const DISCOURAGED: usize = 3;
const ENCOURAGING: f32 = 0.62;
/// Nothing is asked that is known with less than this chance, as long as there is anything else: it would be far
/// above where the student stands.
const WITHIN_REACH: f32 = 0.20;
/// Chances of success within which a question makes a good end.
const LIKELY: (f32, f32) = (0.80, 0.97);

fn entropy(p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 { 0.0 } else { -(p * log(p) + (1.0 - p) * log(1.0 - p)) }
}

/// Expected drop in entropy (nats) by asking a skill known with chance `m`.
///
/// Worked number: m = .5, slip .10, guess .12: H(.51) - .5 H(.10) - .5 H(.12) = .693 - .163 - .183 = .347.
pub(super) fn tells(m: f32) -> f64 {
    let right = likelihood(Outcome::Right, 0);
    let m = f64::from(m);
    entropy(m * right.known + (1.0 - m) * right.unknown) - m * entropy(right.known) - (1.0 - m) * entropy(right.unknown)
}

/// What the choice of a question looks at.
pub(super) struct Situation<'p> {
    pub terrain: &'p Terrain,
    pub particles: &'p Particles,
    pub marginals: &'p [f32],
    pub asked: &'p [(usize, Outcome)],
}

/// The best question among `open`, ties by place: of those that tell most about themselves, the one that tells most
/// about all.
pub(super) fn next(situation: &Situation<'_>, open: &[usize]) -> Option<usize> {
    let Situation { terrain, marginals, .. } = *situation;
    let avoided = missed_topic(terrain, situation.asked);
    let gates = log(2.0 + terrain.above.iter().copied().max().unwrap_or(0) as f64);
    let discouraged = misses_in_a_row(situation.asked) >= DISCOURAGED;
    let least = if discouraged { ENCOURAGING } else { WITHIN_REACH };
    let reached: Vec<usize> = open.iter().copied().filter(|skill| marginals[*skill] >= least).collect();
    if reached.is_empty() && discouraged {
        // Nothing is likely to go well: the likeliest there is.
        let elsewhere = open.iter().copied().filter(|skill| Some(terrain.topic[*skill]) != avoided);
        return likely_success(marginals, &elsewhere.collect::<Vec<_>>()).or_else(|| likely_success(marginals, open));
    }
    let open = if reached.is_empty() { open } else { &reached };
    let score = |skill: usize| tells(marginals[skill]) + GATE_BONUS * log(1.0 + terrain.above[skill] as f64) / gates;
    let shortlist = |avoid: Option<usize>| {
        let may = open.iter().copied().filter(|skill| Some(terrain.topic[*skill]) != avoid);
        let mut scored: Vec<(f64, usize)> = may.map(|skill| (score(skill), skill)).collect();
        let order = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if scored.len() > SHORTLIST {
            scored.select_nth_unstable_by(SHORTLIST, order);
            scored.truncate(SHORTLIST);
        }
        scored.sort_by(order);
        scored
    };
    let mut short = shortlist(avoided);
    if short.is_empty() {
        short = shortlist(None);
    }
    let sample = situation.particles.sample();
    let mut best: Option<(f64, usize)> = None;
    for (bonus, skill) in short {
        let score = tells_of_all(&sample, skill) + 1e-3 * bonus;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, skill));
        }
    }
    best.map(|(_, skill)| skill)
}

/// Expected drop in the variance of what is known, `m (1 - m)` over all skills, by asking one: what is gained in
/// certainty everywhere, not only where it is asked.
///
/// With `q` the chance of a right answer, of which knowing makes `d`, that is `d^2 / (q (1 - q))` times the sum over
/// all skills of the squared covariance with the skill asked. The sums are whole numbers, so that their order is free.
fn tells_of_all(sample: &Sample, skill: usize) -> f64 {
    let right = likelihood(Outcome::Right, 0);
    let (count, full) = (SAMPLE as f64, 255.0 * SAMPLE as f64);
    let known = f64::from(sample.sums[skill]) / full;
    let makes = right.known - right.unknown;
    let share = right.unknown + makes * known;
    let asked = &sample.known[skill];
    let squared = sample.known.iter().zip(&sample.sums).map(|(other, sum)| {
        let covariance = f64::from(dot(asked, other)) / (255.0 * 255.0 * count) - known * f64::from(*sum) / full;
        covariance * covariance
    });
    makes * makes / (share * (1.0 - share)) * squared.sum::<f64>()
}

/// In eight sums side by side, as machines have instructions for.
fn dot(a: &[i16; SAMPLE], b: &[i16; SAMPLE]) -> i32 {
    let mut sums = [0; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += i32::from(*a) * i32::from(*b);
        }
    }
    sums.iter().sum()
}

/// Misses since the last right answer; "I have not learned this" is one.
pub(super) fn misses_in_a_row(asked: &[(usize, Outcome)]) -> usize {
    asked.iter().rev().take_while(|(_, outcome)| *outcome != Outcome::Right).count()
}

fn missed_topic(terrain: &Terrain, asked: &[(usize, Outcome)]) -> Option<usize> {
    let [.., (before, first), (last, second)] = asked else { return None };
    let missed = *first != Outcome::Right && *second != Outcome::Right;
    (missed && terrain.topic[*before] == terrain.topic[*last]).then(|| terrain.topic[*last])
}

/// A question to end on: likely right, but not an insult; else the likeliest there is.
pub(super) fn likely_success(marginals: &[f32], open: &[usize]) -> Option<usize> {
    let within = |skill: &usize| (LIKELY.0..=LIKELY.1).contains(&marginals[*skill]);
    let highest = |skills: &mut dyn Iterator<Item = usize>| {
        let mut best: Option<usize> = None;
        for skill in skills {
            if best.is_none_or(|best| marginals[skill] > marginals[best]) {
                best = Some(skill);
            }
        }
        best
    };
    highest(&mut open.iter().copied().filter(|skill| within(skill))).or_else(|| highest(&mut open.iter().copied()))
}
