//! Practice of one skill by itself: ahead of its lesson, begun and not yet shown, or what lies beneath after misses.

use super::{
    OfferKind, Reason, Work,
    candidates::{Candidate, SCALE, offer},
    items, progress,
    view::View,
    worth::{worth, worth_to_learn},
};
use curriculum::SkillId;

/// Answers looked back on for misses.
const MISSES_OF: usize = 3;
/// Skills offered by themselves, at most, of each sort.
const SINGLES_MAX: usize = 3;
/// What confirming one skill by itself loses: it is better off in a mixed set.
const ALONE: f64 = 1.0;
/// Level from which what lies beneath a missed skill is not to blame.
const NOT_WEAK: f64 = 0.6;
/// What a way in from beneath has above other work, after misses.
const BENEATH: f64 = 0.2;

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
        practise(situation, place, Reason::FrontierOf { standard, skill }, SCALE * worth_to_learn(situation, place))
    };
    (0..facts.skills.len())
        .filter(|place| situation.attempts(*place) == 0 && !progress::is_open(situation, *place))
        .filter(|place| items::needs_met(situation, *place))
        .filter(|place| waits(*place) && items::practises(situation, *place))
        .take(SINGLES_MAX)
        .map(one)
        .collect()
}

/// Skills begun and not yet shown, what is worth most first; behind them those that only wait to be confirmed, the
/// most nearly ready first, for when there is nothing else.
pub(super) fn begun(situation: &View<'_>) -> Vec<Candidate> {
    let facts = situation.facts;
    let places = (0..facts.skills.len())
        .filter(|place| situation.attempts(*place) > 0 && !progress::is_open(situation, *place))
        .filter(|place| items::needs_met(situation, *place) && items::practises(situation, *place));
    let mut found: Vec<(f64, usize)> = places
        .map(|place| {
            if progress::is_settled(situation, place) {
                (SCALE * worth(situation, place) - ALONE, place)
            } else {
                (SCALE * worth_to_learn(situation, place), place)
            }
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(SINGLES_MAX);
    let one = |(score, place): (f64, usize)| {
        let skill = facts.skills[place].id.clone();
        practise(situation, place, Reason::Shaky { skill }, score)
    };
    found.into_iter().map(one).collect()
}

fn practise(situation: &View<'_>, place: usize, reason: Reason, score: f64) -> Candidate {
    let facts = situation.facts;
    let skill = facts.skills[place].id.clone();
    let lesson = facts.skills[place].lesson.map(|nth| facts.lessons[nth].id.clone());
    let work = Work::Practise { skill: skill.clone() };
    Candidate {
        offer: offer(situation, work, lesson, vec![skill], reason, 5),
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
            && items::practises(situation, *below)
            && items::needs_met(situation, *below);
        if can && weakest.is_none_or(|(best, _)| weight > best) {
            weakest = Some((weight, *below));
        }
    }
    let (_, below) = weakest?;
    let score = SCALE * worth_to_learn(situation, below) + BENEATH;
    Some(practise(situation, below, Reason::AfterMisses { skill: missed }, score))
}
