//! What could be done next, each with its reason and how good it would be now.

use super::{
    Offer, OfferKind, Reason, Work, items,
    mixed::mixed_set,
    progress::{self, progress_of},
    singles::{after_misses, begun, frontier, missed_lately},
    view::View,
    worth::worth_to_learn,
};
use crate::{facts::LessonFacts, placement::PlacementStatus, record::Author};
use curriculum::{LessonId, SkillId};
use std::collections::BTreeMap;

/// Score of what a question is worth; a question on something new is worth about .31.
pub(super) const SCALE: f64 = 4.0;
/// Skills of a lesson that tell what it is worth: about as many as a run of it meets.
const RUN_SKILLS: usize = 3;
/// What a lesson loses for every lesson between it and the first that is not done.
const AHEAD: f64 = 0.03;
/// What a lesson loses for success away from the wanted one.
const AWAY: f64 = 0.3;
/// What the lesson in hand has above others, and one that was begun.
const IN_HAND: (f64, f64) = (0.2, 0.1);
/// First answers all right and unaided, by which a student finds the present work easy.
const EASY_ANSWERS: usize = 6;
/// Share of the course's skills that are open, from which the frontier is offered before what the pre-test left unclear.
const STRONG_OPEN: f64 = 0.5;
/// What the frontier weighs more, and an unclear lesson less, for a strong student.
const FRONTIER_FIRST: (f64, f64) = (0.4, 0.4);
/// Lessons ahead of the first that is not done, from which further makes no difference.
const AHEAD_MAX: usize = 40;
/// What a lesson loses when most of the last answers were misses on a skill of it: something else first.
const MISSED_NOW: f64 = 0.4;
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
    let mut first_undone = None;
    let mut new: f64 = 0.0;
    for (nth, lesson) in situation.facts.lessons.iter().enumerate() {
        let left = progress::unsettled_in(situation, lesson);
        if left.is_empty() || !progress::unmet_places(situation, lesson).is_empty() {
            continue;
        }
        let unclear = strong && left.iter().all(|place| is_unclear(situation, *place));
        // For a strong student the frontier is near, however much was left unclear before it.
        let ahead = if unclear { 0 } else { nth - *first_undone.get_or_insert(nth) };
        let worth = lesson_worth(situation, &left);
        new = new.max(worth);
        let mut of_lesson = of_lesson(situation, lesson, &left, (worth, ahead));
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
        found.extend(of_lesson);
    }
    found.extend(frontier(situation));
    found.extend(begun(situation));
    found.extend(after_misses(situation));
    found.extend(mixed_set(situation, new));
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
    let mut offer = offer(situation, Work::Placement {}, None, Vec::new(), Reason::NotPlaced {}, 15);
    offer.by = Author::PreTest;
    Some(Candidate { offer, kind: OfferKind::Placement, score: 3.0, must: true })
}

fn of_lesson(
    situation: &View<'_>,
    lesson: &LessonFacts,
    left: &[usize],
    (worth, ahead): (f64, usize),
) -> Vec<Candidate> {
    let work = Work::Lesson { lesson: lesson.id.clone() };
    if items::next_in(situation, &work).is_none() {
        return Vec::new();
    }
    let assigned =
        situation.head.assignments.iter().find(|open| open.course == situation.facts.id && open.lesson == lesson.id);
    let mut score = lesson_score(situation, lesson, left, (worth, ahead));
    let reason = match assigned {
        Some(open) => Reason::Assigned { assignment: open.assignment, due_at: open.due_at },
        None => lesson_reason(situation, lesson, left, ahead),
    };
    if let Some(open) = assigned {
        score +=
            2.0 + if open.due_at.is_some_and(|due| due < situation.now.saturating_add(2 * DAY_MS)) { 1.0 } else { 0.0 };
    }
    let ids: Vec<SkillId> = left.iter().map(|place| situation.facts.skills[*place].id.clone()).collect();
    let minutes = lesson.minutes.clamp(5, 30);
    let mut offer = offer(situation, work, Some(lesson.id.clone()), ids, reason, minutes);
    offer.by = assigned.map_or(Author::Engine, |open| open.by);
    let mut found = Vec::new();
    if let Some((activity, minutes)) = &lesson.read
        && !progress_of(situation, lesson).started
    {
        let work = Work::Read { lesson: lesson.id.clone(), activity: activity.clone() };
        let read = Offer { work, minutes: *minutes, ..offer.clone() };
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
        return Reason::Shaky { skill };
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

/// What a question of the lesson is worth to learn: the mean of the skills that a run of it meets, the best first.
fn lesson_worth(situation: &View<'_>, left: &[usize]) -> f64 {
    let mut worths: Vec<f64> = left.iter().map(|place| worth_to_learn(situation, *place)).collect();
    worths.sort_by(|a, b| b.total_cmp(a));
    worths.truncate(RUN_SKILLS);
    worths.iter().sum::<f64>() / worths.len().max(1) as f64
}

/// What it is worth, closeness to the wanted success, the author's order, what is in hand, and what was just offered.
fn lesson_score(situation: &View<'_>, lesson: &LessonFacts, left: &[usize], (worth, ahead): (f64, usize)) -> f64 {
    let (low, high) = situation.parameters.target_success;
    let success = left.iter().map(|place| situation.success(*place)).sum::<f64>() / left.len().max(1) as f64;
    let away = (low - success).max(success - high).max(0.0);
    let mut score = SCALE * worth - AWAY * away - AHEAD * (ahead.min(AHEAD_MAX) as f64);
    if situation.head.working_on.as_ref().is_some_and(|at| at.lesson.as_ref() == Some(&lesson.id)) {
        score += IN_HAND.0;
    } else if left.iter().any(|place| situation.attempts(*place) > 0) {
        score += IN_HAND.1;
    }
    if missed_lately(situation)
        .is_some_and(|missed| left.iter().any(|place| situation.facts.skills[*place].id == missed))
    {
        score -= MISSED_NOW;
    }
    let offered = situation.head.last_offers.as_ref().is_some_and(|last| last.lessons.contains(&lesson.id));
    if offered { score - 0.03 } else { score }
}
