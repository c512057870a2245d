//! What has to be done and in which order it would best come: dates first, then locks, wishes, the plan in force, the
//! author's order.

use super::{
    Entry, Ground, PlanReason,
    demand::{Ask, Request, Target},
    effort::minutes_for,
    impossible::Impossible,
};
use crate::{
    parameters::Parameters,
    record::{Author, SkillState},
};
use curriculum::SkillId;
use std::collections::{BTreeMap, BTreeSet};

/// No week.
pub(super) const NEVER: usize = usize::MAX;

/// One skill to be done.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub minutes: u32,
    /// The last week, for itself and for what needs it; [`NEVER`] where there is none.
    pub due: usize,
    /// Its own date.
    pub due_day: Option<super::Day>,
    /// The week it is locked to, with the day that named it.
    pub lock: Option<(usize, super::Day)>,
    pub by: Author,
    pub reason: PlanReason,
    /// The lower, the sooner.
    pub key: Key,
}

/// Week of the date, class of the wish, place in the class, place in the plan in force, author's place.
pub(super) type Key = (usize, u8, usize, (i64, u8), usize);

const LOCKED: u8 = 0;
const WANTED: u8 = 1;
const USUAL: u8 = 2;
const LIKED_EARLIER: usize = 6;
const LATER: u8 = 3;

/// All that has to be done, by place, and what of it cannot be.
pub(super) struct Tasks {
    pub of: Vec<Option<Task>>,
    pub excused: BTreeSet<usize>,
    pub impossible: BTreeSet<Impossible>,
}

struct Word {
    due: Option<super::Day>,
    lock: Option<super::Day>,
    by: Author,
}

pub(super) fn is_open(ground: &Ground<'_>, request: &Request<'_>, place: usize) -> bool {
    request.skills.get(&ground.facts.skills[place].id).is_some_and(SkillState::opens)
}

/// Gathers the tasks.
pub(super) fn tasks(ground: &Ground<'_>, parameters: &Parameters, request: &Request<'_>) -> Tasks {
    let count = ground.facts.skills.len();
    let mut impossible: BTreeSet<Impossible> = ground
        .dropped
        .iter()
        .map(|(skill, needs)| Impossible::Circle { skill: ground.id(*skill), needs: ground.id(*needs) })
        .collect();
    let (words, excused) = words(ground, request, &mut impossible);
    let wanted = wanted(ground, request, &words, &excused, &mut impossible);
    let mut tasks: Vec<Option<Task>> = vec![None; count];
    for (place, reason) in wanted {
        let state = request.skills.get(&ground.facts.skills[place].id);
        let constants = parameters.of(&ground.facts.id, &ground.facts.skills[place].id);
        let p = state.map_or(constants.known_first, |state| state.p);
        let hub = ground.facts.skills[place].hub;
        let ready_at = if hub { parameters.ready_hub_at } else { parameters.ready_at };
        let factor = request.pace.own.clamp(0.05, 50.0) * request.demand.time_factor.clamp(1.0, 4.0);
        let minutes = minutes_for(p, constants, ready_at) * factor;
        let word = words.get(&place);
        let week = |day: super::Day| request.demand.calendar.week_of(day);
        let lock = word.and_then(|word| word.lock).map(|day| (week(day).unwrap_or(NEVER), day));
        let (by, reason) = match word {
            Some(word) => (word.by, if lock.is_some() { PlanReason::Locked {} } else { PlanReason::Required {} }),
            None => (author(&reason), reason),
        };
        let due_day = word.and_then(|word| word.due);
        tasks[place] = Some(Task {
            // Rounded, not up: of a hundred skills the halves would be an hour that nobody needs.
            minutes: (minutes.round() as u32).max(1),
            due: lock
                .map(|(week, _)| week)
                .into_iter()
                .chain(due_day.map(|day| due_week(request, day)))
                .min()
                .unwrap_or(NEVER),
            due_day,
            lock,
            by,
            reason,
            key: (NEVER, USUAL, 0, (0, 0), 0),
        });
    }
    keys(ground, request, &mut tasks);
    Tasks { of: tasks, excused, impossible }
}

fn author(reason: &PlanReason) -> Author {
    match reason {
        PlanReason::NeededFor { .. } => Author::Engine,
        _ => Author::Course,
    }
}

/// A date before the first week is due in it; one after the last week is none.
fn due_week(request: &Request<'_>, day: super::Day) -> usize {
    let calendar = &request.demand.calendar;
    match calendar.weeks.first() {
        Some(first) if day < first.monday => 0,
        _ => calendar.week_of(day).unwrap_or(NEVER),
    }
}

/// What was asked for skill by skill; of two that contradict, the later holds.
fn words(
    ground: &Ground<'_>,
    request: &Request<'_>,
    impossible: &mut BTreeSet<Impossible>,
) -> (BTreeMap<usize, Word>, BTreeSet<usize>) {
    let (mut words, mut excused): (BTreeMap<usize, Word>, _) = (BTreeMap::new(), BTreeSet::new());
    for ask in &request.demand.asks {
        let (Ask::Must { what, .. } | Ask::Excused { what } | Ask::Locked { what, .. }) = ask;
        let found = what.places(ground);
        if found.is_empty() {
            impossible.insert(Impossible::NotTaught { target: what.clone() });
        }
        for place in found {
            match ask {
                Ask::Excused { .. } => {
                    words.remove(&place);
                    excused.insert(place);
                }
                Ask::Must { due, by, .. } => {
                    excused.remove(&place);
                    let word = words.entry(place).or_insert(Word { due: None, lock: None, by: *by });
                    (word.due, word.by) = (*due, *by);
                }
                Ask::Locked { week, by, .. } => {
                    excused.remove(&place);
                    let word = words.entry(place).or_insert(Word { due: None, lock: None, by: *by });
                    (word.lock, word.by) = (Some(*week), *by);
                }
            }
        }
    }
    (words, excused)
}

/// What is wanted and still open, with all that it needs; why.
fn wanted(
    ground: &Ground<'_>,
    request: &Request<'_>,
    words: &BTreeMap<usize, Word>,
    excused: &BTreeSet<usize>,
    impossible: &mut BTreeSet<Impossible>,
) -> BTreeMap<usize, PlanReason> {
    let mut wanted = BTreeMap::new();
    for standard in &request.demand.standards {
        let found = ground.of_standard(standard);
        if found.is_empty() {
            impossible.insert(Impossible::NotTaught { target: Target::Standard(standard.clone()) });
        }
        for place in found {
            wanted.entry(*place).or_insert_with(|| PlanReason::Standard { standard: standard.clone() });
        }
    }
    if request.demand.standards.is_empty() {
        wanted.extend((0..ground.facts.skills.len()).map(|place| (place, PlanReason::Course {})));
    }
    wanted.extend(words.keys().map(|place| (*place, PlanReason::Required {})));
    wanted.retain(|place, _| !excused.contains(place) && !is_open(ground, request, *place));
    for place in ground.order.iter().rev().filter(|place| ground.has_items(**place)) {
        if !wanted.contains_key(place) {
            continue;
        }
        for below in &ground.needs[*place] {
            let passed = excused.contains(below) || !ground.has_items(*below) || is_open(ground, request, *below);
            if !passed {
                wanted.entry(*below).or_insert_with(|| PlanReason::NeededFor { skill: ground.id(*place) });
            }
        }
    }
    wanted.retain(|place, _| {
        let can = ground.has_items(*place);
        if !can {
            impossible.insert(Impossible::NoQuestions { skill: ground.id(*place) });
        }
        can
    });
    wanted
}

/// Dates and wishes reach down to what is needed for them, with the reason why it stands there.
fn keys(ground: &Ground<'_>, request: &Request<'_>, tasks: &mut [Option<Task>]) {
    let mut wish = vec![(USUAL, 0_usize); tasks.len()];
    let mut soft = vec![NEVER; tasks.len()];
    for target in &request.wishes.later {
        target.places(ground).into_iter().for_each(|place| wish[place] = (LATER, 0));
    }
    for (nth, target) in request.wishes.first.iter().enumerate() {
        for place in target.places(ground) {
            wish[place] = wish[place].min((WANTED, nth));
            if let Some(task) = tasks[place].as_mut().filter(|task| matches!(task.by, Author::Course | Author::Engine))
            {
                (task.by, task.reason) = (request.student, PlanReason::Chosen {});
            }
        }
    }
    for (target, day) in &request.wishes.goals {
        for place in target.places(ground) {
            soft[place] = soft[place].min(due_week(request, *day));
            if let Some(task) = tasks[place].as_mut().filter(|task| matches!(task.by, Author::Course | Author::Engine))
            {
                (task.by, task.reason) = (request.student, PlanReason::Goal { day: *day });
            }
        }
    }
    let mut due: Vec<usize> = tasks.iter().map(|task| task.as_ref().map_or(NEVER, |task| task.due)).collect();
    let mut asked_for: Vec<bool> = tasks.iter().map(|task| task.as_ref().is_some_and(is_asked_for)).collect();
    for place in ground.order.iter().rev() {
        if tasks[*place].is_none() {
            continue;
        }
        for below in &ground.needs[*place] {
            due[*below] = due[*below].min(due[*place]);
            soft[*below] = soft[*below].min(soft[*place]);
            if asked_for[*place] {
                asked_for[*below] = true;
                if let Some(task) = tasks[*below].as_mut().filter(|task| task.reason == (PlanReason::Course {})) {
                    (task.by, task.reason) = (Author::Engine, PlanReason::NeededFor { skill: ground.id(*place) });
                }
            }
            if wish[*place].0 <= WANTED {
                wish[*below] = wish[*below].min(wish[*place]);
            }
        }
    }
    let before = places_before(ground, request);
    let moved: BTreeMap<&SkillId, &Entry> = request
        .before
        .iter()
        .flat_map(|plan| &plan.entries)
        .filter(|entry| entry.reason == (PlanReason::Chosen {}))
        .map(|entry| (&entry.skill, entry))
        .collect();
    for (place, task) in tasks.iter_mut().enumerate() {
        let Some(task) = task else { continue };
        task.due = due[place];
        let class = if task.lock.is_some() { (LOCKED, 0) } else { wish[place] };
        let liked = ground.lesson_of(place).is_some_and(|lesson| request.wishes.liked.contains(lesson));
        let rank = ground.rank[place].saturating_sub(if liked { LIKED_EARLIER } else { 0 });
        task.key = (due[place].min(soft[place]), class.0, class.1, before[place], rank);
        if let Some(entry) = moved.get(&ground.facts.skills[place].id)
            && matches!(task.by, Author::Course | Author::Engine)
        {
            (task.by, task.reason) = (entry.by, entry.reason.clone());
        }
    }
}

/// A person asked for it, by a requirement or a wish.
fn is_asked_for(task: &Task) -> bool {
    let reason = &task.reason;
    matches!(reason, PlanReason::Required {} | PlanReason::Locked {} | PlanReason::Chosen {} | PlanReason::Goal { .. })
}

/// Where each skill stood in the plan in force; a new one comes after all that come before it in the author's order, so
/// that it displaces nothing; what there was no time for comes last.
fn places_before(ground: &Ground<'_>, request: &Request<'_>) -> Vec<(i64, u8)> {
    let mut places = vec![(0, 0); ground.rank.len()];
    let Some(before) = request.before else { return places };
    let stood: BTreeMap<usize, i64> = before
        .entries
        .iter()
        .zip(0..)
        .filter_map(|(entry, at)| ground.facts.place(&entry.skill).map(|place| (place, at)))
        .collect();
    let mut by_rank: Vec<usize> = (0..places.len()).collect();
    by_rank.sort_by_key(|place| ground.rank[*place]);
    let no_time: BTreeSet<usize> = before
        .impossible
        .iter()
        .filter_map(|one| match one {
            Impossible::NoTime { skill, .. } => ground.facts.place(skill),
            _ => None,
        })
        .collect();
    let mut last = -1;
    for place in by_rank {
        places[place] = match stood.get(&place) {
            None if no_time.contains(&place) => (i64::MAX, 1),
            Some(at) => {
                last = last.max(*at);
                (*at, 0)
            }
            None => (last, 1),
        };
    }
    places
}
