//! The individual learning plan: what to learn in which week, who put it there and why.
//!
//! Constraints (standards, a teacher's requirements, dates and locks, needed prerequisites, time, calendar) are kept or
//! named as impossible; preferences (choices, goals, interests) decide among what the constraints leave open. Solved
//! without chance: the same request gives the same plan, and the plan in force decides ties, so that a small change of
//! what is known moves little.
//!
//! A [`Ground`] is made once a course; then [`solve`] for each student, [`swaps`] for an entry, [`forecast`] for dates.

mod asked;
mod calendar;
mod demand;
mod effort;
mod fill;
mod forecast;
mod ground;
mod impossible;
mod order;
mod pace;
mod solve;
mod swap;

pub use asked::Asked;
pub use calendar::{Calendar, Day, Week, day_of, monday_of};
pub use demand::{Ask, ChoiceLevel, Demand, Request, Target, Wishes};
pub use effort::minutes_for;
pub use forecast::{Forecast, forecast};
pub use ground::Ground;
pub use impossible::Impossible;
pub use pace::{Pace, Stretch, left, paces};
pub use solve::{Entry, Plan, PlanReason, solve};
pub use swap::{Swap, apply, swaps};
