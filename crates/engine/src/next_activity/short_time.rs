//! Whether the time that a teacher named runs short for a student.
//!
//! A class has a term, and every student is to meet all of the course in it. Who knows little or works slowly does not
//! get there in the usual way, which tries a skill four times, asks on what was right at once and looks back now and
//! then: the end of the course is then never seen. So while time is short, breadth comes first: see [`is_time_short`].

use super::{Situation, progress::HALF_A_DAY_MS, view::View};
use crate::{
    plan::{Calendar, day_of},
    record::{PlanChange, PlanState},
};

/// Share of the time left in which what is new has to be met: the rest is for coming back.
const FOR_NEW: f64 = 0.75;
/// What counts beside the student's own pace (minutes of lessons), as if in them the pace had just done: at first nothing
/// is seen of the own.
const JUST_DID: f64 = 60.0;
const MINUTE_MS: f64 = 60_000.0;

/// See [`is_time_short`].
pub(super) fn is_short(situation: &View<'_>) -> bool {
    let (facts, head) = (situation.facts, situation.head);
    let Some(plan) = head.plans.get(&facts.id) else { return false };
    let (Some(timed), Some(PlanChange::Time { minutes_per_week, until, away, on }), Some(today)) =
        (plan.timed, named(plan), day_of(situation.school_day))
    else {
        return false;
    };
    let calendar = Calendar::on_days(timed.from, *until, away, *on);
    let minutes = |from, to| calendar.minutes_between(from, to, *minutes_per_week);
    let of_today = worked_today(situation).min(minutes(today, today.saturating_add(1)));
    let gone = minutes(timed.from, today) + of_today;
    let left = minutes(today, until.saturating_add(1)) - of_today;
    if left <= 0.0 {
        return false;
    }
    let breadth = head.breadth.get(&facts.id).copied().unwrap_or_default();
    let asked = (0..facts.skills.len())
        .filter(|place| facts.skills[*place].items > 0 && !situation.plan.is_excused(*place))
        .count();
    let new = (asked as f64 - f64::from(breadth.placed_known) - f64::from(breadth.met)).max(0.0);
    let met = f64::from(breadth.met.saturating_sub(timed.met));
    let would_do = (met + new) / ((gone + left) * FOR_NEW);
    let pace = (met + JUST_DID * would_do) / (gone + JUST_DID);
    new - pace * left * FOR_NEW >= 1.0
}

/// The time that stands, as it was named last.
fn named(plan: &PlanState) -> Option<&PlanChange> {
    let mut asked = plan.asked.iter().rev().map(|standing| &standing.change);
    asked.find(|change| matches!(change, PlanChange::Time { .. }))
}

/// True where a teacher named the time there is, so that all of the course is to be met in it.
pub(super) fn is_named(situation: &View<'_>) -> bool {
    situation.head.plans.get(&situation.facts.id).is_some_and(|plan| named(plan).is_some())
}

/// True when, at the student's pace so far, a skill that is new or more would not be met in three quarters of the time
/// that is left. The pace is skills met in the minutes of lessons since the time was named, drawn toward the pace that
/// would just do. False where nobody named a time, and when it is over.
///
/// Worked number: 90 new skills in three quarters of 500 minutes are .24 a minute. After 140 minutes 20 were met: with an
/// hour at that pace, 34.4 in 200 minutes. So three quarters of the 360 minutes left bring 46.4, and 70 are to come: time
/// is short. With 30 met it brings 59.9 of 60, and is not.
pub fn is_time_short(situation: &Situation<'_>) -> bool {
    View::new(situation).is_time_short()
}

/// Minutes since the latest sitting began, if that was today.
fn worked_today(situation: &View<'_>) -> f64 {
    let since = situation.now.saturating_sub(situation.head.sitting.started_at);
    if (0..=HALF_A_DAY_MS).contains(&since) { since as f64 / MINUTE_MS } else { 0.0 }
}
