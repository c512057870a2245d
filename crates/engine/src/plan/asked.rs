//! From what stands in the record to what a plan is asked for.

use super::{Ask, Calendar, Day, Demand, Ground, Plan, Request, Swap, Wishes, apply, monday_of, solve};
use crate::{
    parameters::Parameters,
    record::{PlanChange, Standing},
};
use curriculum::SkillId;
use std::collections::BTreeSet;

/// The time of a course where nobody said how much there is: two hours a week, eighteen weeks.
const MINUTES_PER_WEEK: u32 = 120;
const WEEKS: Day = 18;

/// What stands, sorted: constraints, wishes, swaps in the order asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Constraints, with the calendar from today on.
    pub demand: Demand,
    /// Wishes.
    pub wishes: Wishes,
    /// Swaps.
    pub swaps: Vec<Swap>,
}

impl Asked {
    /// Of what stands, for a plan made today. The later word on a calendar or a level of choice holds.
    pub fn of(standing: &[Standing], today: Day) -> Self {
        let mut asked = Self::default();
        let mut calendar = Calendar::new(today, monday_of(today) + 7 * WEEKS - 1, &[]);
        let mut minutes_per_week = MINUTES_PER_WEEK;
        for one in standing {
            match &one.change {
                PlanChange::Must { what, due } => {
                    asked.demand.asks.push(Ask::Must { what: what.clone(), due: *due, by: one.by });
                }
                PlanChange::Excused { what } => asked.demand.asks.push(Ask::Excused { what: what.clone() }),
                PlanChange::Locked { what, week } => {
                    asked.demand.asks.push(Ask::Locked { what: what.clone(), week: *week, by: one.by });
                }
                PlanChange::Choice { level } => asked.wishes.choice = *level,
                PlanChange::Time { minutes_per_week: minutes, until, away, on } => {
                    calendar = Calendar::on_days(today, *until, away, *on);
                    minutes_per_week = *minutes;
                }
                PlanChange::First { what } => asked.wishes.first.push(what.clone()),
                PlanChange::Later { what } => asked.wishes.later.push(what.clone()),
                PlanChange::Goal { what, day } => asked.wishes.goals.push((what.clone(), *day)),
                PlanChange::Swap { entry, with } => {
                    asked.swaps.push(Swap { entry: entry.clone(), with: with.clone() });
                }
            }
        }
        asked.demand =
            Demand { minutes_per_week, calendar, time_factor: 1.0, standards: BTreeSet::new(), ..asked.demand };
        asked
    }

    /// The plan, with the swaps that are still possible made one after the other. A swap brings an entry before the one
    /// whose place it takes; where it stands there already, as it does once the swapped plan is in force, nothing moves.
    pub fn plan(&self, ground: &Ground<'_>, parameters: &Parameters, request: &Request<'_>) -> Plan {
        let solved = solve(ground, parameters, request);
        self.swaps.iter().fold(solved, |plan, swap| {
            let at = |skill: &SkillId| plan.entries.iter().position(|entry| entry.skill == *skill);
            let is_made = at(&swap.entry) > at(&swap.with);
            if is_made { plan } else { apply(ground, parameters, request, &plan, swap).unwrap_or(plan) }
        })
    }
}
