//! What could be done next, each with its reason and how good it would be now.

use super::{
    Offer, OfferKind, Reason, Work, items, planned,
    progress::{self, progress_of},
    view::View,
};
use crate::{
    facts::LessonFacts,
    mastery::{self, ShownState},
    placement::PlacementStatus,
    record::{Author, HeadState, SITTING_GAP_MS},
    review,
};
use curriculum::{LessonId, SkillId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Skills in a mixed set, at most.
const MIXED_MAX: usize = 5;
/// Answers looked back on for misses.
const MISSES_OF: usize = 3;
/// Skills offered by themselves ahead of their lesson.
const FRONTIER_MAX: usize = 3;
/// First answers all right and unaided, by which a student finds the present work easy.
const EASY_ANSWERS: usize = 6;
/// Share of the course's skills that are open, from which the frontier is offered before what the pre-test left unclear.
const STRONG_OPEN: f64 = 0.5;
/// What the frontier weighs more, and an unclear lesson less, for a strong student.
const FRONTIER_FIRST: (f64, f64) = (0.4, 0.4);
/// Lessons ahead of the first that is not done, from which further makes no difference, and up to which is near.
const AHEAD_MAX: usize = 40;
const NEAR: usize = 3;
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
    found.extend(reviews(situation));
    let wanted = wanted_beneath(situation);
    let strong = is_strong(situation);
    let mut first_undone = None;
    for (nth, lesson) in situation.facts.lessons.iter().enumerate() {
        let left = progress::left_in(situation, lesson);
        if left.is_empty() || !progress::unmet_places(situation, lesson).is_empty() {
            continue;
        }
        let unclear = strong && left.iter().all(|place| is_unclear(situation, *place));
        // For a strong student the frontier is near, however much was left unclear before it.
        let ahead = if unclear { 0 } else { nth - *first_undone.get_or_insert(nth) };
        let mut of_lesson = of_lesson(situation, lesson, &left, ahead);
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

fn offer(
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

fn reviews(situation: &View<'_>) -> Option<Candidate> {
    let facts = situation.facts;
    let today = situation.head.today(situation.school_day).reviews;
    let due = review::due(facts, situation.parameters, situation.skills, situation.now, today);
    let can = |skill: &SkillId| facts.place(skill).is_some_and(|place| items::review_item(situation, place).is_some());
    let mut skills: Vec<SkillId> = due.iter().map(|due| due.skill.clone()).filter(can).take(MIXED_MAX).collect();
    let count = skills.len();
    if today >= situation.parameters.reviews_per_day_max {
        return None;
    }
    if skills.len() < items::MIXED_SKILLS {
        let mut others: Vec<(f64, SkillId)> = situation
            .skills
            .iter()
            .filter(|(skill, state)| state.opens() && !skills.contains(skill) && can(skill))
            .filter_map(|(skill, _)| {
                Some((
                    review::recall(facts, situation.parameters, situation.skills, skill, situation.now)?,
                    skill.clone(),
                ))
            })
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        skills.extend(others.into_iter().map(|(_, skill)| skill).take(items::MIXED_SKILLS - count));
    }
    if skills.len() < items::MIXED_SKILLS {
        return None;
    }
    let reason = if count > 0 {
        Reason::DueReview { count: u32::try_from(count).unwrap_or(u32::MAX) }
    } else {
        Reason::KeepFresh {}
    };
    // A sitting opens with a few mixed questions; later in it a review is one choice among others.
    let opens = !sitting(situation.head, situation.now).is_some_and(|mixed| mixed);
    let score = match (count, opens) {
        (0, _) => -0.6,
        (_, true) => 1.1,
        (_, false) => 0.2,
    };
    let work = Work::Review { set: set_id(situation, &skills), skills: skills.clone() };
    let minutes = u16::try_from(skills.len()).unwrap_or(5);
    Some(Candidate {
        offer: offer(situation, work, None, skills, reason, minutes),
        kind: OfferKind::Review,
        score,
        must: false,
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

fn of_lesson(situation: &View<'_>, lesson: &LessonFacts, left: &[usize], ahead: usize) -> Vec<Candidate> {
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
    // Where the course names nothing that helps, its order is all there is to go by.
    let mut score = 0.8 - away - 0.04 * (ahead.min(AHEAD_MAX) as f64);
    score += if helps.is_empty() { 0.15 * f64::from(u8::from(ahead <= NEAR)) } else { 0.3 * helped };
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

/// The skill of the last answers, when most of them were misses.
fn missed_lately(situation: &View<'_>) -> Option<SkillId> {
    let recent = &situation.head.recent;
    let last = &recent[recent.len().saturating_sub(MISSES_OF)..];
    let skill = last.last().filter(|answer| answer.course == situation.facts.id)?.skills.first()?;
    let misses = last.iter().filter(|answer| !answer.right && answer.skills.contains(skill)).count();
    (misses + 1 >= MISSES_OF).then(|| skill.clone())
}

/// Skills whose time has come though their lesson's has not: all that they need is open, but another skill of
/// the lesson still lacks something. The first few in the author's order.
fn frontier(situation: &View<'_>) -> Vec<Candidate> {
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
        .filter(|place| facts.skills[*place].needs.iter().all(|(below, _)| progress::is_open(situation, *below)))
        .filter(|place| waits(*place) && items::can_practise(situation, *place))
        .take(FRONTIER_MAX)
        .map(one)
        .collect()
}

/// Skills begun and not yet ready, the most nearly ready first.
fn shaky(situation: &View<'_>) -> Vec<Candidate> {
    let facts = situation.facts;
    let mut places: Vec<usize> = (0..facts.skills.len())
        .filter(|place| situation.attempts(*place) > 0 && !progress::is_open(situation, *place))
        .filter(|place| facts.skills[*place].needs.iter().all(|(below, _)| progress::is_open(situation, *below)))
        .filter(|place| items::can_practise(situation, *place))
        .collect();
    places.sort_by(|a, b| situation.success(*b).total_cmp(&situation.success(*a)).then(a.cmp(b)));
    places.truncate(3);
    let one =
        |place: usize| practise(situation, place, begun_reason(situation, place), 0.1 + 0.3 * situation.success(place));
    places.into_iter().map(one).collect()
}

/// Only what is shown as nearly there is said to be close.
fn begun_reason(situation: &View<'_>, place: usize) -> Reason {
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
        offer: offer(situation, work, lesson, vec![skill], reason, 5),
        kind: OfferKind::Practise,
        score,
        must: false,
    }
}

/// After misses, what lies beneath: the weakest of what the missed skill needs or is helped by.
fn after_misses(situation: &View<'_>) -> Option<Candidate> {
    let facts = situation.facts;
    let missed = missed_lately(situation)?;
    let place = facts.place(&missed)?;
    let beneath = facts.skills[place].needs.iter().chain(&facts.skills[place].helped_by);
    let mut weakest: Option<(f64, usize)> = None;
    for (below, strength) in beneath {
        let weight = (1.0 - situation.state(*below).map_or(0.25, |state| state.p)) * strength;
        let can = items::can_practise(situation, *below)
            && facts.skills[*below].needs.iter().all(|(needed, _)| progress::is_open(situation, *needed));
        if can && weakest.is_none_or(|(best, _)| weight > best) {
            weakest = Some((weight, *below));
        }
    }
    let (_, below) = weakest?;
    Some(practise(situation, below, Reason::AfterMisses { skill: missed }, 0.7))
}
