//! What could be done next, each with its reason and how good it would be now.

use super::{
    Offer, OfferKind, Reason, Work, items, minutes,
    mixed::mixed_set,
    planned,
    progress::{self, progress_of},
    singles::{after_misses, begun_reason, frontier, missed_lately, shaky},
    view::View,
};
use crate::{
    facts::LessonFacts,
    placement::{PLACEMENT_MINUTES, PlacementStatus},
    record::Author,
};
use curriculum::{LessonId, SkillId};
use std::collections::BTreeMap;

/// First answers all right and unaided, by which a student finds the present work easy.
const EASY_ANSWERS: usize = 6;
/// Share of the course's skills that are open, from which the frontier is offered before what the pre-test left unclear.
const STRONG_OPEN: f64 = 0.5;
/// What the frontier weighs more, and an unclear lesson less, for a strong student.
const FRONTIER_FIRST: (f64, f64) = (0.4, 0.4);
/// What a lesson loses for success away from the wanted one.
const AWAY: f64 = 0.3;
/// What a lesson loses for each that has something new before it, and from how many on further makes no difference.
const AHEAD: (f64, usize) = (0.1, 40);
/// What a lesson is worth in which all was passed, less the level of its least known skill; and more when nothing is new.
const AGAIN: f64 = -0.5;
const NOTHING_NEW: f64 = 1.7;
/// Lessons with something new from which those in which all was answered right once are left to mixed sets.
const ENOUGH_NEW: usize = 3;
const DAY_MS: i64 = 86_400_000;

/// Something that could be done next.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub offer: Offer,
    pub kind: OfferKind,
    pub score: f64,
    /// It comes first, undrawn: a teacher's word, the pre-test.
    pub must: bool,
}

/// All of them, in a fixed order.
pub(super) fn candidates(situation: &View<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(placement(situation));
    let wanted = wanted_beneath(situation);
    let strong = is_strong(situation);
    // Lessons with something new so far: that many lie between a lesson and the first of them.
    let (mut new, mut before) = (0, 0);
    let mut passed = Vec::new();
    for lesson in &situation.facts.lessons {
        let mut left = progress::new_in(situation, lesson);
        let is_new = !left.is_empty();
        if !is_new {
            left = progress::again_in(situation, lesson);
        }
        if left.is_empty() || !progress::unmet_places(situation, lesson).is_empty() {
            continue;
        }
        let unclear = strong && left.iter().all(|place| is_unclear(situation, *place));
        // For a strong student the frontier is near, however much was left unclear before it.
        let ahead = if unclear { 0 } else { before };
        new += usize::from(is_new);
        before += usize::from(is_new && !unclear);
        let mut of_lesson = of_lesson(situation, lesson, (&left, is_new), ahead);
        for candidate in of_lesson.iter_mut().filter(|candidate| strong && !candidate.must) {
            candidate.score += if unclear { -FRONTIER_FIRST.1 } else { FRONTIER_FIRST.0 };
            let why = &candidate.offer.reason;
            let further = ahead > 0 && matches!(why, Reason::FrontierOf { .. });
            if !unclear && (further || matches!(why, Reason::PlacedUncertain { .. } | Reason::Unlocks { .. })) {
                let skill = situation.facts.skills[left[0]].id.clone();
                candidate.offer.reason = Reason::Challenge { skill };
            }
        }
        if let Some(above) = wanted.iter().find(|(below, _)| left.contains(below)).map(|(_, above)| *above) {
            for candidate in of_lesson.iter_mut().filter(|candidate| !candidate.must) {
                let above = &situation.facts.skills[above];
                let count = u32::try_from(above.above + 1).unwrap_or(u32::MAX);
                candidate.offer.reason = Reason::Unlocks { count, skill: above.id.clone() };
                candidate.score += 1.0;
            }
        }
        if is_new {
            found.extend(of_lesson);
        } else {
            for candidate in &mut of_lesson {
                candidate.score = AGAIN - situation.level(left[0]);
            }
            passed.extend(of_lesson);
        }
    }
    if new < ENOUGH_NEW {
        for candidate in passed.iter_mut().filter(|_| new == 0) {
            candidate.score += NOTHING_NEW;
        }
        found.extend(passed);
    }
    found.extend(mixed_set(situation, new > 0));
    found.extend(frontier(situation));
    found.extend(shaky(situation));
    found.extend(after_misses(situation));
    planned::follow(situation, &mut found);
    found
}

/// A student for whom the way leads up: most of the course is open after the pre-test, or the last answers were all
/// right at once.
fn is_strong(situation: &View<'_>) -> bool {
    let (facts, head) = (situation.facts, situation.head);
    let placed = head.placements.get(&facts.id).is_some_and(|state| state.status == PlacementStatus::Done);
    let asked = (0..facts.skills.len()).filter(|place| facts.skills[*place].items > 0);
    let (open, all) = asked
        .fold((0_u32, 0_u32), |(open, all), place| (open + u32::from(progress::is_open(situation, place)), all + 1));
    let last = &head.recent[head.recent.len().saturating_sub(EASY_ANSWERS)..];
    let easy = last.len() == EASY_ANSWERS
        && last.iter().all(|answer| answer.course == facts.id && answer.right && !answer.helped);
    easy || (placed && all > 0 && f64::from(open) >= STRONG_OPEN * f64::from(all))
}

/// The pre-test could not tell, and nothing has shown since.
fn is_unclear(situation: &View<'_>, place: usize) -> bool {
    let placement = situation.head.placements.get(&situation.facts.id);
    let skill = &situation.facts.skills[place].id;
    situation.attempts(place) == 0 && placement.is_some_and(|placement| placement.uncertain.contains(skill))
}

/// What assigned lessons still lack, with the skill that each would open: it comes first, until the lesson itself can.
fn wanted_beneath(situation: &View<'_>) -> BTreeMap<usize, usize> {
    let facts = situation.facts;
    let assigned = situation.head.assignments.iter().filter(|open| open.course == facts.id);
    let lessons = assigned.filter_map(|open| facts.lesson(&open.lesson));
    let mut open: Vec<usize> = lessons.flat_map(|lesson| lesson.skills.iter().copied()).collect();
    let mut wanted = BTreeMap::new();
    while let Some(above) = open.pop() {
        for (below, _) in &facts.skills[above].needs {
            if !progress::is_open(situation, *below) && !wanted.contains_key(below) {
                wanted.insert(*below, above);
                open.push(*below);
            }
        }
    }
    wanted
}

pub(super) fn offer(
    situation: &View<'_>,
    work: Work,
    lesson: Option<LessonId>,
    skills: Vec<SkillId>,
    reason: Reason,
    minutes: u16,
) -> Offer {
    Offer {
        work,
        course: situation.facts.id.clone(),
        lesson,
        skills,
        reason,
        by: Author::Engine,
        minutes,
        probability: 1.0,
    }
}

fn placement(situation: &View<'_>) -> Option<Candidate> {
    let state = situation.head.placements.get(&situation.facts.id);
    if !situation.placement_first || state.is_some_and(|state| state.status == PlacementStatus::Done) {
        return None;
    }
    let mut offer = offer(situation, Work::Placement {}, None, Vec::new(), Reason::NotPlaced {}, PLACEMENT_MINUTES);
    offer.by = Author::PreTest;
    Some(Candidate { offer, kind: OfferKind::Placement, score: 3.0, must: true })
}

fn of_lesson(
    situation: &View<'_>,
    lesson: &LessonFacts,
    (left, is_new): (&[usize], bool),
    ahead: usize,
) -> Vec<Candidate> {
    let work = Work::Lesson { lesson: lesson.id.clone() };
    if items::next_in(situation, &work).is_none() {
        return Vec::new();
    }
    let assigned =
        situation.head.assignments.iter().find(|open| open.course == situation.facts.id && open.lesson == lesson.id);
    let mut score = lesson_score(situation, lesson, left, ahead);
    let reason = match assigned {
        Some(open) => Reason::Assigned { assignment: open.assignment, due_at: open.due_at },
        None => lesson_reason(situation, lesson, left, ahead),
    };
    if let Some(open) = assigned {
        score +=
            2.0 + if open.due_at.is_some_and(|due| due < situation.now.saturating_add(2 * DAY_MS)) { 1.0 } else { 0.0 };
    }
    let ids: Vec<SkillId> = left.iter().map(|place| situation.facts.skills[*place].id.clone()).collect();
    let minutes = minutes::of_lesson(situation, lesson, left, is_new);
    let mut offer = offer(situation, work, Some(lesson.id.clone()), ids, reason, minutes);
    offer.by = assigned.map_or(Author::Engine, |open| open.by);
    let mut found = Vec::new();
    if let Some((activity, reading)) = &lesson.read
        && !progress_of(situation, lesson).started
    {
        let work = Work::Read { lesson: lesson.id.clone(), activity: activity.clone() };
        let read = Offer { work, minutes: minutes::with_reading(minutes, *reading), ..offer.clone() };
        found.push(Candidate { offer: read, kind: OfferKind::Read, score: score - 0.15, must: false });
    }
    found.push(Candidate { offer, kind: OfferKind::Lesson, score, must: assigned.is_some() });
    found
}

fn lesson_reason(situation: &View<'_>, lesson: &LessonFacts, left: &[usize], ahead: usize) -> Reason {
    let facts = situation.facts;
    let progress = progress_of(situation, lesson);
    let in_hand = situation.head.working_on.as_ref().is_some_and(|at| at.lesson.as_ref() == Some(&lesson.id));
    if progress.started && (in_hand || progress.open > 0) {
        return Reason::Continue { ready: progress.open, of: progress.of };
    }
    let first = left[0];
    let skill = facts.skills[first].id.clone();
    if progress.started {
        return begun_reason(situation, first);
    }
    let uncertain = situation.head.placements.get(&facts.id).map_or(&[][..], |placement| &placement.uncertain);
    if uncertain.contains(&skill) {
        return Reason::PlacedUncertain { skill };
    }
    if let Some(most) = left.iter().max_by_key(|place| (facts.skills[**place].opens.len(), usize::MAX - **place))
        && facts.skills[*most].opens.len() >= 3
    {
        let count = u32::try_from(facts.skills[*most].above).unwrap_or(u32::MAX);
        return Reason::Unlocks { count, skill: facts.skills[facts.skills[*most].opens[0]].id.clone() };
    }
    if ahead > 0
        && left
            .iter()
            .any(|place| facts.skills[*place].helped_by.iter().any(|(below, _)| !progress::is_open(situation, *below)))
    {
        return Reason::Challenge { skill };
    }
    Reason::FrontierOf { standard: facts.skills[first].standards.first().cloned(), skill }
}

/// Closeness to the wanted success, order, what helps, what it opens, what is in hand, and misses just now.
fn lesson_score(situation: &View<'_>, lesson: &LessonFacts, left: &[usize], ahead: usize) -> f64 {
    let facts = situation.facts;
    let count = left.len().max(1) as f64;
    let (low, high) = situation.parameters.target_success;
    let success = left.iter().map(|place| situation.success(*place)).sum::<f64>() / count;
    let away = (low - success).max(success - high).max(0.0);
    let helps: Vec<usize> =
        left.iter().flat_map(|place| facts.skills[*place].helped_by.iter().map(|(below, _)| *below)).collect();
    let helped =
        helps.iter().filter(|below| progress::is_open(situation, **below)).count() as f64 / helps.len().max(1) as f64;
    let above = left.iter().map(|place| facts.skills[*place].above).max().unwrap_or(0) as f64;
    let mut score = 0.8 - AWAY * away - AHEAD.0 * (ahead.min(AHEAD.1) as f64);
    // Where the course names nothing that helps, its order is all there is to go by.
    score += if helps.is_empty() { 0.15 } else { 0.3 * helped };
    score += 0.2 * (libm::log(1.0 + above) / libm::log(20.0)).min(1.0);
    if situation.head.working_on.as_ref().is_some_and(|at| at.lesson.as_ref() == Some(&lesson.id)) {
        score += 0.4;
    }
    if left.iter().any(|place| situation.attempts(*place) > 0) {
        score += 0.25;
    }
    if missed_lately(situation).is_some_and(|missed| left.iter().any(|place| facts.skills[*place].id == missed)) {
        score -= 0.4;
    }
    let offered = situation.head.last_offers.as_ref().is_some_and(|last| last.lessons.contains(&lesson.id));
    if offered { score - 0.03 } else { score }
}
