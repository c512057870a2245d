//! Which question next, within a piece of work.
//!
//! No item more than twice in any ten presentations; unseen items first; what was answered right today rests
//! until tomorrow; practice never takes an item that is held back for checks. A skill with one to three items
//! therefore neither starves (its item comes back after the others) nor repeats.

use super::{Situation, Work, progress, view::View};
use crate::{
    detect, mastery,
    record::{PartProgress, Presented, Purpose},
};
use curriculum::{ItemId, LessonId, Pool, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Questions of one skill in a row before another skill of the lesson has its turn.
const RUN_MAX: usize = 5;
/// Skills from which a set is mixed.
pub(super) const MIXED_SKILLS: usize = 3;
/// Level from which one answer tells more than several parts teach.
const RATHER_KNOWN: f64 = 0.5;
/// Tries after which other work is offered while a wheel spins, and the chance that tells.
const SPINNING: (u32, f64) = (6, 0.25);

/// The question to show next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemChoice {
    /// The item.
    pub item: ItemId,
    /// How often it was presented to this student before; practice seeds are a hash of it.
    pub nth: u32,
    /// The skill it was chosen for.
    pub skill: SkillId,
    /// What for.
    pub purpose: Purpose,
    /// The mixed set it belongs to, if the set is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_set: Option<Uuid>,
    /// The lesson it is worked on in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
}

/// The question to show next within `work`; none when the work is done, or when what is left of it needs
/// another day.
pub fn next_item(situation: &Situation<'_>, work: &Work) -> Option<ItemChoice> {
    next_in(&View::new(situation), work)
}

pub(super) fn next_in(situation: &View<'_>, work: &Work) -> Option<ItemChoice> {
    match work {
        Work::Lesson { lesson } | Work::Read { lesson, .. } => in_lesson(situation, lesson),
        Work::Practise { skill } => {
            let place = situation.facts.place(skill)?;
            let item = practice_item(situation, place)?;
            let lesson = situation.facts.skills[place].lesson.map(|nth| situation.facts.lessons[nth].id.clone());
            Some(choice(situation, place, item, Purpose::Practice, None, lesson))
        }
        Work::Review { set, skills } => in_review(situation, *set, skills),
        Work::Placement {} => None,
    }
}

fn choice(
    situation: &View<'_>,
    place: usize,
    item: &ItemId,
    purpose: Purpose,
    mixed_set: Option<Uuid>,
    lesson: Option<LessonId>,
) -> ItemChoice {
    ItemChoice {
        item: item.clone(),
        nth: situation.seen(item).map_or(0, |seen| seen.count),
        skill: situation.facts.skills[place].id.clone(),
        purpose,
        mixed_set,
        lesson,
    }
}

fn in_lesson(situation: &View<'_>, lesson_id: &LessonId) -> Option<ItemChoice> {
    let lesson = situation.facts.lesson(lesson_id)?;
    let mut left = progress::new_in(situation, lesson);
    if left.is_empty() {
        left = progress::unasked_in(situation, lesson);
    }
    if left.is_empty() && !lesson.skills.iter().any(|place| is_of_today(situation, *place)) {
        // Chosen though nothing in it is new.
        left = progress::again_in(situation, lesson);
    }
    let can = |place: &&usize| needs_met(situation, **place) && can_practise(situation, **place);
    let able: Vec<usize> = left.iter().filter(can).copied().collect();
    let calm: Vec<usize> = able.iter().filter(|place| !spins(situation, **place)).copied().collect();
    let places = if calm.is_empty() { able } else { calm };
    let place = turn(situation, &places)?;
    let item = practice_item(situation, place)?;
    Some(choice(situation, place, item, Purpose::Practice, None, Some(lesson_id.clone())))
}

/// It was passed today, or tried in vain: enough of its lesson for one day.
fn is_of_today(situation: &View<'_>, place: usize) -> bool {
    progress::answered_today(situation, place) && situation.state(place).is_some_and(|state| state.wins <= 1)
}

pub(super) fn needs_met(situation: &View<'_>, place: usize) -> bool {
    situation.facts.skills[place].needs.iter().all(|(below, _)| progress::is_open(situation, *below))
}

fn spins(situation: &View<'_>, place: usize) -> bool {
    situation.state(place).is_some_and(|state| {
        state.attempts >= SPINNING.0
            && detect::three_in_a_row_within(situation.success(place), state.in_a_row, 10) < SPINNING.1
    })
}

/// The skill in hand goes on for a while; then the next one of the lesson that has had the fewest tries.
fn turn(situation: &View<'_>, places: &[usize]) -> Option<usize> {
    let is_of = |presented: &Presented, place: usize| {
        presented.course == situation.facts.id && presented.skills.contains(&situation.facts.skills[place].id)
    };
    // A detour interrupts the run without being part of it.
    let in_detour = |presented: &&Presented| {
        let of_it = |open: &&PartProgress| open.presentation == presented.presentation;
        situation.head.open.iter().find(of_it).is_some_and(|open| open.in_detour)
    };
    let latest = || situation.head.presented.iter().rev().filter(|presented| !in_detour(presented));
    let in_hand = latest().next().and_then(|last| places.iter().copied().find(|place| is_of(last, *place)));
    if let Some(place) = in_hand {
        let run = latest().take_while(|presented| is_of(presented, place)).count();
        if run < RUN_MAX || places.len() == 1 {
            return Some(place);
        }
    }
    let others = places.iter().copied().filter(|place| Some(*place) != in_hand);
    others.min_by_key(|place| situation.attempts(*place).saturating_sub(1) / RUN_MAX as u32).or(in_hand)
}

fn in_review(situation: &View<'_>, set: Uuid, skills: &[SkillId]) -> Option<ItemChoice> {
    let asked = || situation.head.presented.iter().filter(|presented| presented.mixed_set == Some(set));
    if asked().count() >= skills.len() {
        return None;
    }
    let distinct: BTreeSet<&SkillId> = skills.iter().collect();
    let left = skills.iter().filter(|skill| !asked().any(|presented| presented.skills.contains(skill)));
    for skill in left {
        let Some(place) = situation.facts.place(skill) else { continue };
        if let Some(item) = review_item(situation, place) {
            // Two skills are no mixed set: what is right there shows nothing lasting.
            let mixed = (distinct.len() >= MIXED_SKILLS).then_some(set);
            return Some(choice(situation, place, item, Purpose::Review, mixed, None));
        }
    }
    None
}

/// The practice item of a skill that has its turn, or none before another day.
pub(super) fn practice_item<'a>(situation: &View<'a>, place: usize) -> Option<&'a ItemId> {
    best(situation, place, practice_items(situation, place))
}

/// True when [`practice_item`] is some, without choosing it.
pub(super) fn can_practise(situation: &View<'_>, place: usize) -> bool {
    practice_items(situation, place).next().is_some()
}

fn practice_items<'a>(situation: &View<'a>, place: usize) -> impl Iterator<Item = &'a ItemId> {
    let items = situation.facts.skills[place].practice.iter();
    items.filter(move |item| situation.may_come(item) && !rests(situation, item))
}

/// It was right today, and another time it would be the same question.
fn rests(situation: &View<'_>, item: &ItemId) -> bool {
    let right_today = situation.seen(item).is_some_and(|seen| seen.right && seen.day == situation.school_day);
    right_today && !is_template(situation, item)
}

fn is_template(situation: &View<'_>, item: &ItemId) -> bool {
    situation.facts.items.get(item).is_some_and(|facts| facts.template)
}

/// Questions of a skill that a run could still ask today, counted up to `most`. A template has two within so few, unless
/// it is all there is: nothing is asked twice running.
pub(super) fn askable(situation: &View<'_>, place: usize, most: u16) -> u16 {
    let (mut items, mut questions) = (0, 0);
    for item in situation.facts.skills[place].practice.iter().filter(|item| !rests(situation, item)) {
        items += 1;
        questions += if is_template(situation, item) { 2 } else { 1 };
        if items > 1 && questions >= most {
            return most;
        }
    }
    if items == 1 { 1 } else { questions }
}

/// As [`practice_item`], but what was right today may come again in a mixed set rather than leave it short.
pub(super) fn review_item<'a>(situation: &View<'a>, place: usize) -> Option<&'a ItemId> {
    let items = &situation.facts.skills[place].practice;
    practice_item(situation, place)
        .or_else(|| best(situation, place, items.iter().filter(|item| situation.may_come(item))))
}

/// An item for a mastery check: from the pool held back, or from the common pool of a skill with few items.
pub fn check_item(situation: &Situation<'_>, skill: &SkillId) -> Option<ItemChoice> {
    let situation = &View::new(situation);
    let place = situation.facts.place(skill)?;
    let items = &situation.facts.skills[place].check;
    let item = best(situation, place, items.iter().filter(|item| situation.may_come(item)))?;
    Some(choice(situation, place, item, Purpose::Check, None, None))
}

/// An item for the pre-test: held back ones first, then common ones, then practice where there is nothing else.
pub fn placement_item(situation: &Situation<'_>, skill: &SkillId) -> Option<ItemChoice> {
    placement_in(&View::new(situation), skill)
}

fn placement_in(situation: &View<'_>, skill: &SkillId) -> Option<ItemChoice> {
    let place = situation.facts.place(skill)?;
    let facts = &situation.facts.skills[place];
    let pool = |item: &ItemId| situation.facts.items.get(item).map_or(Pool::Practice, |facts| facts.pool);
    let parts = |item: &ItemId| situation.facts.items.get(item).map_or(1, |facts| facts.parts);
    let of = |wanted: Pool| facts.check.iter().chain(&facts.practice).filter(move |item| pool(item) == wanted);
    let found = [Pool::Check, Pool::Both, Pool::Practice].into_iter().find_map(|pool| {
        let unseen = || of(pool).filter(|item| situation.seen(item).is_none());
        // One question of a pre-test is one answer, wherever there is such a question.
        let fewest = unseen().map(parts).min();
        best(situation, place, unseen().filter(|item| Some(parts(item)) == fewest))
            .or_else(|| best(situation, place, of(pool).filter(|item| situation.may_come(item))))
    });
    Some(choice(situation, place, found?, Purpose::Placement, None, None))
}

/// Skills that a pre-test can ask: those with an item.
pub fn placement_askable(situation: &Situation<'_>) -> BTreeSet<SkillId> {
    let situation = &View::new(situation);
    let with_items = situation.facts.skills.iter().filter(|skill| skill.items > 0);
    with_items.map(|skill| skill.id.clone()).filter(|skill| placement_in(situation, skill).is_some()).collect()
}

/// Unseen first, then the one seen least; of a skill that is rather known, and while time is short, the one with the
/// fewest parts, since one answer tells enough; among those the one whose success is nearest to the target, the one seen
/// longest ago, ties by id.
fn best<'a>(situation: &View<'a>, place: usize, items: impl Iterator<Item = &'a ItemId>) -> Option<&'a ItemId> {
    let skill = &situation.facts.skills[place].id;
    let constants = situation.parameters.of(&situation.facts.id, skill);
    let p = situation.state(place).map_or(constants.known_first, |state| state.p);
    let (low, high) = situation.parameters.target_success;
    let distance = |item: &ItemId| {
        let options = situation.facts.items.get(item).map_or(0, |facts| facts.options);
        let shift = situation.parameters.item_shift(&situation.facts.id, item);
        let success = mastery::success_next(p, mastery::guess_slip(constants, shift, options));
        // Whole hundredths, so that differences nobody notices do not decide.
        let away = (low - success).max(success - high).max(0.0);
        (away * 100.0) as i64
    };
    let parts = |item: &ItemId| match situation.facts.items.get(item) {
        Some(facts) if p >= RATHER_KNOWN || situation.is_time_short() => facts.parts,
        _ => 1,
    };
    let ranked = items.map(|item| {
        let seen = situation.seen(item);
        let (count, at) = seen.map_or((0, i64::MIN), |seen| (seen.count, seen.at));
        (count, parts(item), distance(item), at, item)
    });
    ranked.min().map(|(.., item)| item)
}
