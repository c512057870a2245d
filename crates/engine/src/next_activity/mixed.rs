//! Mixed sets: three to five questions of as many skills, none announced. They keep what is known, and they ask once more
//! what was passed on another day, until it is ready.

use super::{
    OfferKind, Reason, Work,
    candidates::{Candidate, offer},
    items, minutes, progress, short_time,
    view::View,
};
use crate::{
    mastery::is_lasting,
    plan::day_of,
    record::{HeadState, SITTING_GAP_MS, SkillState},
    review::{self, Grade, Memory},
};
use curriculum::SkillId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Skills in a mixed set, at most: fewer while there is something new, so that looking back takes little of a sitting.
const MIXED_MAX: usize = 5;
/// Questions from one set to the next that comes first, while there is something new: a look back takes one in sixteen;
/// and one in 32 while time is short.
const QUESTIONS_BETWEEN: (u32, u32) = (48, 96);
/// What is worth a look back by itself: the set that opens a sitting, another one while something new waits, another one
/// when nothing does, and one of which nothing is due.
const SCORES: Scores = Scores { opens: 2.0, again: -1.0, nothing_new: 0.9, nothing_due: -0.6 };

struct Scores {
    opens: f64,
    again: f64,
    nothing_new: f64,
    nothing_due: f64,
}

/// A mixed set, where there are three skills for it, what is due first. `is_new` when a lesson has something new; then a set
/// comes first in a sitting, but not within so many questions after another, and else last, and it asks by whose turn it
/// is. When nothing is new there is time for what is least known; beyond what a day may ask for, a set is there for
/// whoever wants more, and last.
pub(super) fn mixed_set(situation: &View<'_>, is_new: bool) -> Option<Candidate> {
    let facts = situation.facts;
    let today = situation.head.today(situation.school_day).reviews;
    let left = situation.parameters.reviews_per_day_max.saturating_sub(today) as usize;
    if is_new && left == 0 {
        return None;
    }
    let timed = short_time::is_named(situation);
    let mut found: Vec<Asked> = (0..facts.skills.len())
        .filter_map(|place| asked(situation, place, timed))
        .filter(|asked| items::review_item(situation, asked.place).is_some())
        .collect();
    let level = |asked: &Asked| if is_new { 0.0 } else { situation.level(asked.place) };
    let last_at = |asked: &Asked| situation.state(asked.place).and_then(|state| state.last_at);
    found.sort_by(|a, b| {
        let turn = |asked: &Asked| (!asked.due, is_new.then_some(asked.turn));
        (turn(a).cmp(&turn(b)))
            .then_with(|| level(a).total_cmp(&level(b)))
            .then_with(|| (last_at(a), a.place).cmp(&(last_at(b), b.place)))
    });
    let size = if is_new { items::MIXED_SKILLS } else { MIXED_MAX };
    found.truncate(size.min(left.max(items::MIXED_SKILLS)));
    let due = if left == 0 { 0 } else { found.iter().filter(|asked| asked.due).count() };
    // Something that is not due fills a set, but does not make one longer.
    found.truncate(due.max(items::MIXED_SKILLS));
    if found.len() < items::MIXED_SKILLS {
        return None;
    }
    let reason = if due > 0 {
        Reason::DueReview { count: u32::try_from(due).unwrap_or(u32::MAX) }
    } else {
        Reason::KeepFresh {}
    };
    let between = if situation.is_time_short() { QUESTIONS_BETWEEN.1 } else { QUESTIONS_BETWEEN.0 };
    let opens = sitting(situation.head, situation.now) != Some(true)
        && (!is_new || situation.head.since_set.is_none_or(|since| since >= between));
    let score = match due {
        0 => SCORES.nothing_due,
        _ if opens => SCORES.opens,
        _ if is_new => SCORES.again,
        _ => SCORES.nothing_new,
    };
    let skills: Vec<SkillId> = found.iter().map(|asked| facts.skills[asked.place].id.clone()).collect();
    let work = Work::Review { set: set_id(situation, &skills), skills: skills.clone() };
    let minutes = minutes::of_questions(situation, skills.len() as f64);
    let offer = offer(situation, work, None, skills, reason, minutes);
    Some(Candidate { offer, kind: OfferKind::Review, score, must: false })
}

/// Whose turn it is first; among equals, who was asked longest ago.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// The pre-test's word alone, where a teacher named the time in which everything is to be met.
    ToBeMet,
    /// One more right answer is likely to make it ready; or it is ready since another day, and one makes it lasting.
    OneMore,
    /// Answered before.
    Oldest,
    /// The pre-test's word alone.
    NeverAsked,
}

/// A skill that a mixed set may ask.
struct Asked {
    place: usize,
    turn: Turn,
    /// One more question is of use: it has faded, or it was passed on another day and is not ready.
    due: bool,
}

fn asked(situation: &View<'_>, place: usize, timed: bool) -> Option<Asked> {
    let state = situation.state(place)?;
    let tried_in_vain = situation.attempts(place) > 0 && state.wins == 0 && !state.opens();
    if tried_in_vain || !progress::is_passed(situation, place) || !items::needs_met(situation, place) {
        return None;
    }
    let asked_before = situation.attempts(place) > 0;
    let can_last = state.ready.is_some() && state.lasting.is_none() && is_lasting(state, situation.school_day);
    let turn = match state.in_a_row {
        _ if can_last => Turn::OneMore,
        _ if !asked_before && timed => Turn::ToBeMet,
        _ if !asked_before => Turn::NeverAsked,
        2.. if !state.opens() => Turn::OneMore,
        _ => Turn::Oldest,
    };
    let due = if can_last {
        true
    } else if state.opens() {
        recall(situation, place, state) < situation.parameters.recall_wanted
    } else {
        let placed_today = state.placed.as_ref().is_some_and(|placed| placed.day == situation.school_day);
        !progress::answered_today(situation, place) && (asked_before || !placed_today)
    };
    Some(Asked { place, turn, due })
}

/// What was never asked fades from the day of the pre-test on, as if it had been answered well then, and counts by
/// how likely it was.
fn recall(situation: &View<'_>, place: usize, state: &SkillState) -> f64 {
    let (facts, parameters) = (situation.facts, situation.parameters);
    let skill = &facts.skills[place].id;
    let asked = review::recall(facts, parameters, situation.skills, skill, situation.now);
    asked.unwrap_or_else(|| {
        let days = state.placed.as_ref().and_then(|placed| Some(day_of(situation.school_day)? - day_of(&placed.day)?));
        let as_if = Memory::first(Grade::Fast, situation.now);
        state.p * as_if.recall_after(f64::from(days.unwrap_or(0).max(0)), parameters.stability_scale)
    })
}

/// Whether the sitting under way has had its mixed questions; none when a new one begins.
fn sitting(head: &HeadState, now: i64) -> Option<bool> {
    let last = head.last_at?;
    (now.saturating_sub(last) <= SITTING_GAP_MS).then_some(head.sitting.mixed)
}

/// The id of a set: a hash, so that the same request gives the same set.
fn set_id(situation: &View<'_>, skills: &[SkillId]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(situation.seed.to_be_bytes());
    hash.update(situation.head.answers.to_be_bytes());
    for skill in skills {
        hash.update(skill.as_str().as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}
