//! Which wrong ideas answers matched, and when that is more than chance.

use super::counters::{Counters, MATCHES_KEPT, MISCONCEPTIONS_KEPT, MisconceptionCount};
use crate::record::push_bounded;
use curriculum::{CourseId, ItemId, MisconceptionId, SkillId};

/// Different numbers on which a wrong idea has to be seen to be a finding.
const MATCHES_MIN: usize = 2;
/// First answers on a skill after which a match of a wrong idea there is no longer fresh.
const FRESH_MAX: u32 = 10;
/// Matches of a wrong idea that chance would bring more often than this are no finding.
const CHANCE_MAX: f64 = 0.07;
/// Chance that a typed answer is by chance the one that a wrong idea leads to, in thousandths.
const TYPED_BY_CHANCE: u16 = 30;

/// A first answer on some skills: what was seen of wrong ideas there grows older. Two matches that lie many answers apart
/// are more likely chance than an idea that is held.
pub(crate) fn age_misconceptions(counters: &mut Counters, course: &CourseId, skills: &[SkillId]) {
    let of_these = |count: &&mut MisconceptionCount| {
        count.course == *course && count.skill.as_ref().is_some_and(|skill| skills.contains(skill))
    };
    for count in counters.misconceptions.iter_mut().filter(of_these) {
        count.fresh.iter_mut().for_each(|answers| *answers += 1);
        let old = count.fresh.iter().filter(|answers| **answers > FRESH_MAX).count();
        count.fresh.drain(..old);
        count.by_chance.drain(..old.min(count.by_chance.len()));
    }
}

/// A wrong idea is a finding from two matches on, where chance would hardly bring so many among the answers since the first.
pub(super) fn is_found(count: &MisconceptionCount) -> bool {
    let matches = count.fresh.len();
    let Some(since_first) = count.fresh.first().filter(|_| matches >= MATCHES_MIN) else { return false };
    at_least(matches, matches.max(*since_first as usize + 1), &count.by_chance) <= CHANCE_MAX
}

/// The idea is found, so that a miss by it needs no other explanation.
pub(crate) fn is_found_idea(counters: &Counters, course: &CourseId, idea: &MisconceptionId) -> bool {
    counters
        .misconceptions
        .iter()
        .any(|count| count.course == *course && count.misconception == *idea && is_found(count))
}

/// Chance of so many matches or more among so many answers, if each came by chance. Worked numbers: two of two among four
/// options (a quarter each): .0625; two of three: .156; two of eleven typed ones (.03 each): .042.
fn at_least(matches: usize, answers: usize, by_chance: &[u16]) -> f64 {
    if by_chance.is_empty() {
        return 0.0;
    }
    let sum: f64 = by_chance.iter().map(|thousandths| f64::from(*thousandths)).sum();
    let chance = sum / by_chance.len() as f64 / 1000.0;
    // Chances of 0, 1, ... matches, answer by answer; what reaches `matches` stays there.
    let mut counts = vec![0.0; matches + 1];
    counts[0] = 1.0;
    for _ in 0..answers {
        for so_many in (0..matches).rev() {
            counts[so_many + 1] += counts[so_many] * chance;
            counts[so_many] *= 1.0 - chance;
        }
    }
    counts[matches]
}

/// Notes a wrong idea; the same numbers twice are one place.
pub(crate) fn count_misconception(
    counters: &mut Counters,
    (course, misconception, skill): (&CourseId, &MisconceptionId, Option<&SkillId>),
    place: (ItemId, i64),
    options_shown: u16,
    at: i64,
) {
    let known = counters
        .misconceptions
        .iter()
        .position(|count| count.course == *course && count.misconception == *misconception);
    let mut count = match known {
        Some(known) => counters.misconceptions.remove(known),
        None => MisconceptionCount {
            course: course.clone(),
            misconception: misconception.clone(),
            skill: None,
            matches: Vec::new(),
            fresh: Vec::new(),
            by_chance: Vec::new(),
            at,
        },
    };
    count.skill = skill.cloned();
    count.at = count.at.max(at);
    if !count.matches.contains(&place) {
        push_bounded(&mut count.matches, place, MATCHES_KEPT);
        push_bounded(&mut count.fresh, 0, MATCHES_KEPT);
        // Whoever chooses blindly among the options comes upon it as well.
        let by_chance = if options_shown >= 2 { 1000 / options_shown } else { TYPED_BY_CHANCE };
        push_bounded(&mut count.by_chance, by_chance, MATCHES_KEPT);
    }
    push_bounded(&mut counters.misconceptions, count, MISCONCEPTIONS_KEPT);
}
