//! What a student truly knows at first.
//!
//! Needed edges leak a little: a skill may be known although something that it needs is not, for one skill in
//! fifteen. Helping edges never bind, except that a smooth student's knowledge follows the course's order anyway.

use crate::{Chance, Knowledge, Landscape};

/// Chance that a skill is known in spite of an unknown need, where it would be known otherwise.
const LEAK: f64 = 1.0 / 15.0;

/// Draws what is known, by place.
pub(crate) fn draw(landscape: &Landscape, kind: Knowledge, ability: f64, chance: &mut Chance) -> Vec<bool> {
    let units = landscape.skills.iter().map(|spot| spot.unit + 1).max().unwrap_or(0);
    let cuts: Vec<f64> = (0..units).map(|_| ability + 0.25 * chance.normal()).collect();
    let mut known = vec![false; landscape.len()];
    for place in &landscape.order {
        let spot = &landscape.skills[*place];
        let would = match kind {
            Knowledge::Smooth => spot.depth + 0.04 * chance.normal() < ability,
            Knowledge::Strand => spot.depth_in_unit + 0.04 * chance.normal() < cuts[spot.unit],
            Knowledge::Patchy => {
                // Half of the ability is where it is in the course, half is chance.
                let lean = 5.0 * (ability - 0.6 * spot.depth - 0.2);
                chance.unit() < 1.0 / (1.0 + libm::exp(-lean))
            }
        };
        let needs_met = spot.needs.iter().all(|below| known[*below]);
        let leaks = chance.happens(LEAK);
        known[*place] = would && (needs_met || leaks);
    }
    known
}
