//! Swaps: an entry and another one change places, and the plan stays valid.

use super::{
    Entry, Ground, Plan, PlanReason, Request,
    demand::ChoiceLevel,
    fill::Cursor,
    order::{Task, tasks},
    solve::entry,
};
use crate::parameters::Parameters;
use curriculum::SkillId;
use serde::{Deserialize, Serialize};

/// Swaps offered for one entry, at most.
const SWAPS_MAX: usize = 3;
/// Entries looked at on each side.
const LOOKED_AT: usize = 24;
/// Days within which [`ChoiceLevel::Near`] moves.
const NEAR_DAYS: i32 = 7;

/// Two entries that may change places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// The entry.
    pub entry: SkillId,
    /// The one that comes in its place.
    pub with: SkillId,
}

/// The swaps of an entry that keep the plan valid: needs before what needs them, locks in their weeks, dates that
/// were kept, everything that was planned. The nearest first, those of another lesson before those of the same.
pub fn swaps(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    nth: usize,
) -> Vec<Swap> {
    let Some(of) = plan.entries.get(nth).filter(|entry| !entry.locked) else { return Vec::new() };
    let near = |other: &Entry| match request.wishes.choice {
        ChoiceLevel::None => false,
        ChoiceLevel::Near => (other.week - of.week).abs() <= NEAR_DAYS,
        ChoiceLevel::Open => true,
    };
    let tasks = tasks(ground, parameters, request).of;
    let window = nth.saturating_sub(LOOKED_AT)..(nth + LOOKED_AT + 1).min(plan.entries.len());
    let mut others: Vec<usize> =
        window.filter(|other| *other != nth && !plan.entries[*other].locked && near(&plan.entries[*other])).collect();
    others.sort_by_key(|other| (plan.entries[*other].lesson == of.lesson, other.abs_diff(nth), *other));
    let valid = others.into_iter().filter(|other| exchanged(ground, request, &tasks, plan, nth, *other).is_some());
    let swap = |other: usize| Swap { entry: of.skill.clone(), with: plan.entries[other].skill.clone() };
    valid.take(SWAPS_MAX).map(swap).collect()
}

/// The plan after a swap, both marks in it; none when it would not be valid any more.
pub fn apply(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    swap: &Swap,
) -> Option<Plan> {
    let at = |skill: &SkillId| plan.entries.iter().position(|entry| entry.skill == *skill);
    let (one, other) = (at(&swap.entry)?, at(&swap.with)?);
    let movable = |nth: usize| !plan.entries[nth].locked;
    if one == other || !movable(one) || !movable(other) || request.wishes.choice == ChoiceLevel::None {
        return None;
    }
    let tasks = tasks(ground, parameters, request).of;
    let mut entries = exchanged(ground, request, &tasks, plan, one, other)?;
    for entry in entries.iter_mut().filter(|entry| entry.skill == swap.entry || entry.skill == swap.with) {
        (entry.by, entry.reason) = (request.student, PlanReason::Chosen {});
    }
    Some(Plan { entries, impossible: plan.impossible.clone() })
}

/// The entries with two exchanged, in their new weeks; none when something breaks.
fn exchanged(
    ground: &Ground<'_>,
    request: &Request<'_>,
    tasks: &[Option<Task>],
    plan: &Plan,
    one: usize,
    other: usize,
) -> Option<Vec<Entry>> {
    let mut order: Vec<usize> =
        plan.entries.iter().map(|entry| ground.facts.place(&entry.skill)).collect::<Option<_>>()?;
    order.swap(one, other);
    let minutes = request.demand.calendar.minutes(request.demand.minutes_per_week);
    let mut cursor = Cursor::new(&minutes);
    let mut at = vec![usize::MAX; tasks.len()];
    order.iter().enumerate().for_each(|(nth, place)| at[*place] = nth);
    let mut entries = Vec::with_capacity(order.len());
    for (nth, place) in order.iter().enumerate() {
        let task = tasks[*place].as_ref()?;
        if ground.needs[*place].iter().any(|below| at[*below] != usize::MAX && at[*below] > nth) {
            return None;
        }
        let before = plan.entry_at(*place, ground, &order, nth, (one, other));
        let slot = match task.lock.filter(|_| before.locked) {
            Some((week, _)) => {
                cursor.skip_to(week);
                cursor.put_all_in(week, task.minutes)?
            }
            None => cursor.put(task.minutes)?,
        };
        let now = entry(ground, request, *place, task, slot);
        let was_kept = |due: super::Day| before.week <= due;
        if task.due_day.is_some_and(|due| was_kept(due) && now.week > due) {
            return None;
        }
        entries.push(Entry { by: before.by, reason: before.reason.clone(), ..now });
    }
    Some(entries)
}

impl Plan {
    /// The entry of the place that comes nth after two were exchanged.
    fn entry_at(
        &self,
        place: usize,
        ground: &Ground<'_>,
        order: &[usize],
        nth: usize,
        (one, other): (usize, usize),
    ) -> &Entry {
        let stood = if nth == one {
            other
        } else if nth == other {
            one
        } else {
            nth
        };
        debug_assert_eq!(ground.facts.place(&self.entries[stood].skill), Some(place));
        debug_assert_eq!(order.len(), self.entries.len());
        &self.entries[stood]
    }
}
