//! Practice of one skill by itself: ahead of its lesson, begun and not yet passed, or what lies beneath after misses.

use super::{
    OfferKind, Reason, Work,
    candidates::{Candidate, offer},
    items, minutes, progress,
    view::View,
};
use crate::mastery::{self, ShownState};
use curriculum::SkillId;

/// Answers looked back on for misses.
const MISSES_OF: usize = 3;
/// Skills offered by themselves, at most, of each sort.
const SINGLES_MAX: usize = 3;
/// What a begun skill by itself is worth: little, since its lesson goes on with it.
const BEGUN: f64 = -0.6;
/// Level from which what lies beneath a missed skill is not to blame.
const NOT_WEAK: f64 = 0.6;
/// What a skill beneath a missed one is worth: before another lesson, and after it while time is short.
const BENEATH: (f64, f64) = (0.7, 0.2);

/// The skill of the last answers, when most of them were misses.
pub(super) fn missed_lately(situation: &View<'_>) -> Option<SkillId> {
    let recent = &situation.head.recent;
    let last = &recent[recent.len().saturating_sub(MISSES_OF)..];
    let skill = last.last().filter(|answer| answer.course == situation.facts.id)?.skills.first()?;
    let misses = last.iter().filter(|answer| !answer.right && answer.skills.contains(skill)).count();
    (misses + 1 >= MISSES_OF).then(|| skill.clone())
}

/// Skills whose time has come though their lesson's has not: all that they need is open, but another skill of
/// the lesson still lacks something. The first few in the author's order.
pub(super) fn frontier(situation: &View<'_>) -> Vec<Candidate> {
    let facts = situation.facts;
    let waits = |place: usize| {
        let lesson = facts.skills[place].lesson.map(|nth| &facts.lessons[nth]);
        lesson.is_some_and(|lesson| !progress::unmet_places(situation, lesson).is_empty())
    };
    let one = |place: usize| {
        let skill = facts.skills[place].id.clone();
        let standard = facts.skills[place].standards.first().cloned();
        practise(situation, place, Reason::FrontierOf { standard, skill }, 0.55)
    };
    (0..facts.skills.len())
        .filter(|place| situation.attempts(*place) == 0 && !progress::is_open(situation, *place))
        .filter(|place| items::needs_met(situation, *place))
        .filter(|place| waits(*place) && items::can_practise(situation, *place))
        .take(SINGLES_MAX)
        .map(one)
        .collect()
}

/// Skills begun and not yet passed, the most nearly ready first.
pub(super) fn shaky(situation: &View<'_>) -> Vec<Candidate> {
    let facts = situation.facts;
    let mut places: Vec<usize> = (0..facts.skills.len())
        .filter(|place| situation.attempts(*place) > 0 && !progress::is_passed(situation, *place))
        .filter(|place| items::needs_met(situation, *place))
        .filter(|place| items::can_practise(situation, *place))
        .collect();
    places.sort_by(|a, b| situation.success(*b).total_cmp(&situation.success(*a)).then(a.cmp(b)));
    places.truncate(SINGLES_MAX);
    let one = |place: usize| {
        practise(situation, place, begun_reason(situation, place), BEGUN + 0.3 * situation.success(place))
    };
    places.into_iter().map(one).collect()
}

/// Only what is shown as nearly there is said to be close.
pub(super) fn begun_reason(situation: &View<'_>, place: usize) -> Reason {
    let skill = situation.facts.skills[place].id.clone();
    let nearly = situation.state(place).is_some_and(|state| mastery::state_of(state).state == ShownState::Nearly);
    if nearly { Reason::Shaky { skill } } else { Reason::Begun { skill } }
}

fn practise(situation: &View<'_>, place: usize, reason: Reason, score: f64) -> Candidate {
    let facts = situation.facts;
    let skill = facts.skills[place].id.clone();
    let lesson = facts.skills[place].lesson.map(|nth| facts.lessons[nth].id.clone());
    let work = Work::Practise { skill: skill.clone() };
    Candidate {
        offer: offer(situation, work, lesson, vec![skill], reason, minutes::of_skill(situation, place)),
        kind: OfferKind::Practise,
        score,
        must: false,
    }
}

/// After misses, what lies beneath: the weakest of what the missed skill needs or is helped by, where it is weak.
pub(super) fn after_misses(situation: &View<'_>) -> Option<Candidate> {
    let facts = situation.facts;
    let missed = missed_lately(situation)?;
    let place = facts.place(&missed)?;
    let beneath = facts.skills[place].needs.iter().chain(&facts.skills[place].helped_by);
    let mut weakest: Option<(f64, usize)> = None;
    for (below, strength) in beneath {
        let weight = (1.0 - situation.level(*below)) * strength;
        let can = situation.level(*below) < NOT_WEAK
            && !progress::is_open(situation, *below)
            && items::can_practise(situation, *below)
            && items::needs_met(situation, *below);
        if can && weakest.is_none_or(|(best, _)| weight > best) {
            weakest = Some((weight, *below));
        }
    }
    let (_, below) = weakest?;
    let score = if situation.is_time_short() { BENEATH.1 } else { BENEATH.0 };
    Some(practise(situation, below, Reason::AfterMisses { skill: missed }, score))
}
