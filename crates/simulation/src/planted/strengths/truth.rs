//! What is truly the matter with a skill: the chance of three rights in a row, by the strength itself.

use super::learner::{Strength, success};

/// The next tries that are looked at.
const WITHIN: usize = 10;

/// The true chance of three unaided rights in a row within the next ten tries, as the strength grows; an idea is held on.
/// By the row in hand: a chance for each of none, one and two rights, moved on try by try.
pub(super) fn three_soon(skill: &Strength) -> f64 {
    let mut at = [0.0; 3];
    match skill.row {
        0..=2 => at[skill.row as usize] = 1.0,
        _ => return 1.0,
    }
    let (mut strength, mut reached) = (skill.strength, 0.0);
    let free_of_idea = 1.0 - skill.idea.map_or(0.0, |(_, holds)| holds);
    for _ in 0..WITHIN {
        let right = success(strength, skill.options) * free_of_idea;
        reached += at[2] * right;
        at = [at.iter().sum::<f64>() * (1.0 - right), at[0] * right, at[1] * right];
        strength += skill.step();
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planted::strengths::learner::ITEMS;

    fn skill(strength: f64, grows: f64, options: u16) -> Strength {
        let difficulties = [0.0; ITEMS];
        let (blocked, idea, tries, row, settled) = (false, None, 0, 0, false);
        Strength { strength, grows, blocked, idea, tries, row, settled, options, named: 0, weight: 1.0, difficulties }
    }

    #[test]
    fn who_grows_will_get_there_and_who_does_not_will_not() {
        assert!(three_soon(&skill(-2.0, 0.0, 0)) < 0.05);
        assert!(three_soon(&skill(-2.0, 0.5, 0)) > 0.6);
        assert!(three_soon(&skill(2.0, 0.0, 0)) > 0.95);
        let idea = Strength { idea: Some((1, 0.8)), ..skill(2.0, 0.0, 0) };
        assert!(three_soon(&idea) < 0.1, "an idea that decides four times in five leaves no row of three");
    }

    fn ways_with_a_row_of_three(right: f64) -> f64 {
        let weight =
            |way: u32| (0..10).map(|nth| if way >> nth & 1 == 1 { right } else { 1.0 - right }).product::<f64>();
        let has_row = |way: &u32| (0..8).any(|nth| way >> nth & 7 == 7);
        (0..1024_u32).filter(has_row).map(weight).sum()
    }

    #[test]
    fn a_constant_chance_gives_the_known_figure() {
        // Success .3 throughout: of 1,024 ways to answer ten questions those with a row of three weigh .155.
        let logit = libm::log(0.28 / 0.98 / (1.0 - 0.28 / 0.98));
        assert!((three_soon(&skill(logit, 0.0, 0)) - ways_with_a_row_of_three(0.3)).abs() < 1e-9);
    }
}
