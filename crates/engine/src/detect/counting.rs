//! How the count of a skill moves.

use super::{
    Came, Tried,
    counters::{Counters, SKILLS_KEPT, SkillCount},
    outlook::{TRIES_KEPT, three_soon},
};
use crate::{
    mastery::GuessSlip,
    parameters::SkillParameters,
    record::{SkillState, push_bounded},
};
use curriculum::{CourseId, SkillId};

/// Three rights in a row settle a skill: no wheel is spinning.
const SETTLED: u32 = 3;

/// A first answer, as the count of a skill takes it.
pub(crate) struct Try {
    pub constants: SkillParameters,
    pub question: GuessSlip,
    pub came: Came,
    /// It was given without reading, or a wrong idea that is found explains it: it says nothing of how the skill goes on.
    pub explained: bool,
    /// When the sitting began, and when it was given (ms UTC).
    pub sitting_at: i64,
    pub at: i64,
}

/// Follows a skill from its first answer until it is ready.
pub(crate) fn count_skill(counters: &mut Counters, of: (&CourseId, &SkillId), skill: &SkillState, tried: &Try) {
    let known = counters.skills.iter().position(|count| count.course == *of.0 && count.skill == *of.1);
    if skill.ready.is_some() {
        known.map(|place| counters.skills.remove(place));
        return;
    }
    if tried.explained {
        return;
    }
    let before = known.map(|place| counters.skills.remove(place));
    let begins_sitting = before.as_ref().is_none_or(|count| count.at < tried.sitting_at);
    let mut count = before.unwrap_or_else(|| begun(of));
    count.attempts = count.attempts.saturating_add(1);
    count.in_a_row = skill.in_a_row;
    count.settled |= skill.in_a_row >= SETTLED;
    count.at = tried.at;
    if count.settled {
        (count.tries, count.misses_here, count.three_soon) = (Vec::new(), 0, 1.0);
    } else {
        count.misses_here = if begins_sitting { 0 } else { count.misses_here } + u32::from(tried.came == Came::Miss);
        push_bounded(&mut count.tries, Tried::new(tried.came, tried.question, begins_sitting), TRIES_KEPT);
        let known_first = skill.placed.as_ref().map_or(tried.constants.known_first, |placed| placed.p0);
        let constants = SkillParameters { known_first, ..tried.constants };
        count.three_soon = three_soon(&count.tries, count.in_a_row, constants);
    }
    push_bounded(&mut counters.skills, count, SKILLS_KEPT);
}

fn begun((course, skill): (&CourseId, &SkillId)) -> SkillCount {
    SkillCount {
        course: course.clone(),
        skill: skill.clone(),
        attempts: 0,
        in_a_row: 0,
        settled: false,
        tries: Vec::new(),
        misses_here: 0,
        three_soon: 1.0,
        at: 0,
    }
}
