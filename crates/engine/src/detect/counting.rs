//! How the counters move.

use super::counters::{Counters, MATCHES_KEPT, MISCONCEPTIONS_KEPT, MisconceptionCount, SKILLS_KEPT, SkillCount};
use crate::record::{SkillState, push_bounded};
use curriculum::{CourseId, ItemId, MisconceptionId, SkillId};

/// First answers on a skill after which a match of a wrong idea there is no longer fresh.
const FRESH_MAX: u32 = 10;
/// Three rights in a row settle a skill: no wheel is spinning.
const SETTLED: u32 = 3;

/// Follows a skill from its first answer until it is ready.
pub(crate) fn count_skill(
    counters: &mut Counters,
    of: (&CourseId, &SkillId),
    skill: &SkillState,
    success_next: f64,
    at: i64,
) {
    let known = counters.skills.iter().position(|count| count.course == *of.0 && count.skill == *of.1);
    let before = known.map(|place| counters.skills.remove(place));
    let settled = before.as_ref().is_some_and(|count| count.settled) || skill.in_a_row >= SETTLED;
    let is_right = u32::from(skill.in_a_row > 0);
    // A skill is followed from its first answer, or from the first miss after it became ready: what lies between was right.
    let rights = before.map_or(skill.attempts.saturating_sub(1), |count| count.rights).saturating_add(is_right);
    if skill.ready.is_some() && skill.misses_in_a_row == 0 {
        return;
    }
    let count = SkillCount {
        course: of.0.clone(),
        skill: of.1.clone(),
        attempts: skill.attempts,
        in_a_row: skill.in_a_row,
        rights,
        settled,
        success_next,
        at,
    };
    push_bounded(&mut counters.skills, count, SKILLS_KEPT);
}

/// A first answer on some skills: what was seen of wrong ideas there grows older. Two matches that lie many answers apart
/// are more likely chance than an idea that is held.
pub(crate) fn age_misconceptions(counters: &mut Counters, course: &CourseId, skills: &[SkillId]) {
    let of_these = |count: &&mut MisconceptionCount| {
        count.course == *course && count.skill.as_ref().is_some_and(|skill| skills.contains(skill))
    };
    for count in counters.misconceptions.iter_mut().filter(of_these) {
        count.fresh.iter_mut().for_each(|answers| *answers += 1);
        count.fresh.retain(|answers| *answers <= FRESH_MAX);
    }
}

/// Notes a wrong idea; the same numbers twice are one place.
pub(crate) fn count_misconception(
    counters: &mut Counters,
    (course, misconception, skill): (&CourseId, &MisconceptionId, Option<&SkillId>),
    place: (ItemId, i64),
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
            at,
        },
    };
    count.skill = skill.cloned();
    count.at = count.at.max(at);
    if !count.matches.contains(&place) {
        push_bounded(&mut count.matches, place, MATCHES_KEPT);
        push_bounded(&mut count.fresh, 0, MATCHES_KEPT);
    }
    push_bounded(&mut counters.misconceptions, count, MISCONCEPTIONS_KEPT);
}
