//! From a request to a plan.

use super::{
    Day, Ground, Impossible,
    demand::Request,
    fill::{Cursor, Slot},
    order::{Key, NEVER, Task, Tasks, is_open, tasks},
};
use crate::{parameters::Parameters, record::Author};
use curriculum::{LessonId, SkillId};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// In the order to do them; every entry after what it needs.
    pub entries: Vec<Entry>,
    /// What cannot be.
    pub impossible: Vec<Impossible>,
}

/// One skill to make ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The skill.
    pub skill: SkillId,
    /// Its lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// Monday of the week in which it begins.
    pub begins: Day,
    /// Monday of the week in which it is done.
    pub week: Day,
    /// About how long it takes.
    pub minutes: u32,
    /// Who put it there.
    pub by: Author,
    /// Why.
    pub reason: PlanReason,
    /// It stays in its week.
    #[serde(default)]
    pub locked: bool,
}

/// Why an entry is in the plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum PlanReason {
    /// A teacher's requirement.
    Required {},
    /// A teacher's requirement for this very week.
    Locked {},
    /// A standard that must be met.
    Standard {
        /// Which.
        standard: String,
    },
    /// Something else in the plan needs it.
    NeededFor {
        /// What.
        skill: SkillId,
    },
    /// The student chose it or its place.
    Chosen {},
    /// A goal of the student's.
    Goal {
        /// Its day.
        day: Day,
    },
    /// It belongs to the course.
    Course {},
}

impl Plan {
    /// The entry of a skill.
    pub fn entry(&self, skill: &SkillId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.skill == *skill)
    }
}

/// Solves a request.
pub fn solve(ground: &Ground<'_>, parameters: &Parameters, request: &Request<'_>) -> Plan {
    let tasks = tasks(ground, parameters, request);
    let minutes = request.demand.calendar.minutes(request.demand.minutes_per_week);
    let done = schedule(ground, &tasks.of, &minutes);
    finish(ground, request, tasks, &done)
}

/// List scheduling: of what could come next, always the one with the lowest key. A locked one waits for its week.
fn schedule(ground: &Ground<'_>, tasks: &[Option<Task>], minutes: &[u32]) -> Vec<(usize, Slot)> {
    let mut lacking: Vec<usize> = (0..tasks.len())
        .map(|place| ground.needs[place].iter().filter(|below| tasks[**below].is_some()).count())
        .collect();
    let mut cursor = Cursor::new(minutes);
    let mut free: BinaryHeap<Reverse<(Key, usize)>> = BinaryHeap::new();
    let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, task) in tasks.iter().enumerate() {
        if let Some(task) = task.as_ref().filter(|_| lacking[place] == 0) {
            come(place, task, &mut free, &mut waiting);
        }
    }
    let mut done = Vec::new();
    loop {
        release(&mut waiting, &mut free, tasks, cursor.week);
        let Some(Reverse((_, place))) = free.pop() else {
            let Some(next) = waiting.keys().next().copied() else { break };
            // Beyond the last week nothing comes any more.
            if next >= minutes.len() {
                break;
            }
            cursor.skip_to(next);
            continue;
        };
        let Some(task) = &tasks[place] else { continue };
        let locked = task.lock.and_then(|(week, _)| cursor.put_all_in(week, task.minutes));
        let Some(slot) = locked.or_else(|| cursor.put(task.minutes)) else { continue };
        done.push((place, slot));
        for above in &ground.opens[place] {
            lacking[*above] -= 1;
            if let Some(task) = tasks[*above].as_ref().filter(|_| lacking[*above] == 0) {
                come(*above, task, &mut free, &mut waiting);
            }
        }
    }
    done
}

/// All that it needs is done: it is free, or waits for the week it is locked to.
fn come(
    place: usize,
    task: &Task,
    free: &mut BinaryHeap<Reverse<(Key, usize)>>,
    waiting: &mut BTreeMap<usize, Vec<usize>>,
) {
    match task.lock {
        Some((week, _)) if week != NEVER => waiting.entry(week).or_default().push(place),
        _ => free.push(Reverse((task.key, place))),
    }
}

/// What waited for this week or an earlier one can come.
fn release(
    waiting: &mut BTreeMap<usize, Vec<usize>>,
    free: &mut BinaryHeap<Reverse<(Key, usize)>>,
    tasks: &[Option<Task>],
    week: usize,
) {
    while let Some(first) = waiting.first_entry().filter(|first| *first.key() <= week) {
        for place in first.remove() {
            free.extend(tasks[place].as_ref().map(|task| Reverse((task.key, place))));
        }
    }
}

/// Entries from slots, and what could not be.
fn finish(ground: &Ground<'_>, request: &Request<'_>, tasks: Tasks, done: &[(usize, Slot)]) -> Plan {
    let mut impossible = tasks.impossible;
    let planned: BTreeMap<usize, Slot> = done.iter().copied().collect();
    for (place, task) in tasks.of.iter().enumerate() {
        let Some(task) = task else { continue };
        if !planned.contains_key(&place) {
            impossible.insert(Impossible::NoTime { skill: ground.id(place), minutes: task.minutes });
        }
        let ends = planned.get(&place).map(|slot| slot.ends);
        if let Some((_, day)) = task.lock.filter(|(week, _)| ends != Some(*week)) {
            impossible.insert(Impossible::LockNotKept { skill: ground.id(place), week: day });
        }
    }
    let mut entries = Vec::with_capacity(done.len());
    for (place, slot) in done {
        let Some(task) = &tasks.of[*place] else { continue };
        let entry = entry(ground, request, *place, task, *slot);
        if let Some(due) = task.due_day.filter(|due| entry.week > *due) {
            impossible.insert(Impossible::Late { skill: entry.skill.clone(), due, done_in: entry.week });
        }
        entries.push(entry);
    }
    let open = |place: &usize| {
        !planned.contains_key(place) && !tasks.excused.contains(place) && !is_open(ground, request, *place)
    };
    let all: Vec<&str> = match request.demand.standards.is_empty() {
        true => ground.standards().collect(),
        false => request.demand.standards.iter().map(String::as_str).collect(),
    };
    for standard in all {
        let skills: Vec<SkillId> =
            ground.of_standard(standard).iter().filter(|place| open(place)).map(|place| ground.id(*place)).collect();
        if !skills.is_empty() {
            impossible.insert(Impossible::StandardNotMet { standard: standard.to_owned(), skills });
        }
    }
    Plan { entries, impossible: impossible.into_iter().collect() }
}

/// An entry in its weeks.
pub(super) fn entry(ground: &Ground<'_>, request: &Request<'_>, place: usize, task: &Task, slot: Slot) -> Entry {
    let weeks = &request.demand.calendar.weeks;
    Entry {
        skill: ground.id(place),
        lesson: ground.lesson_of(place).cloned(),
        begins: weeks[slot.begins].monday,
        week: weeks[slot.ends].monday,
        minutes: task.minutes,
        by: task.by,
        reason: task.reason.clone(),
        locked: task.lock.is_some_and(|(week, _)| week == slot.ends),
    }
}
