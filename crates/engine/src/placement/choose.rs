//! Which skill to ask next: the one whose answer is expected to tell most (largest expected drop in entropy), with
//! a small bonus for gates, and never a third time running from a topic that was just missed twice.

use super::{Outcome, Terrain, particles::likelihood};
use libm::log;

const GATE_BONUS: f64 = 0.03;
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

/// The best question among `open`, ties by place.
pub(super) fn next(terrain: &Terrain, marginals: &[f32], open: &[usize], asked: &[(usize, Outcome)]) -> Option<usize> {
    let avoided = missed_topic(terrain, asked);
    let gates = log(2.0 + terrain.above.iter().copied().max().unwrap_or(0) as f64);
    let score = |skill: usize| tells(marginals[skill]) + GATE_BONUS * log(1.0 + terrain.above[skill] as f64) / gates;
    let best = |avoid: Option<usize>| {
        let mut best: Option<(f64, usize)> = None;
        for skill in open.iter().copied().filter(|skill| Some(terrain.topic[*skill]) != avoid) {
            let score = score(skill);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, skill));
            }
        }
        best.map(|(_, skill)| skill)
    };
    best(avoided).or_else(|| best(None))
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
