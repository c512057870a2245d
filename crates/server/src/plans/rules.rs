//! What may be asked of a plan, and by whom.

use crate::library::Published;
use curriculum::SkillId;
use engine::{
    plan::{ChoiceLevel, Day, Ground, Target, day_of},
    record::{Author, PlanChange, Standing},
};
use serde::Deserialize;

/// Days ahead and back that a plan looks at.
const DAYS_MAX: Day = 800;
/// Minutes of a week, at least and at most.
const MINUTES: (u32, u32) = (10, 1_500);
/// Holidays and absences that a calendar takes.
const AWAY_MAX: usize = 60;

/// A change as it is asked for: days as `2026-12-04`.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Wanted {
    Must {
        what: Target,
        #[serde(default)]
        due: Option<String>,
    },
    Excused {
        what: Target,
    },
    Locked {
        what: Target,
        week: String,
    },
    Choice {
        level: ChoiceLevel,
    },
    Time {
        minutes_per_week: u32,
        until: String,
        #[serde(default)]
        away: Vec<(String, String)>,
        /// Days of the week with a lesson, 1 for Monday to 5; none: all.
        #[serde(default)]
        weekdays: Vec<u8>,
    },
    First {
        what: Target,
    },
    Later {
        what: Target,
    },
    Goal {
        what: Target,
        day: String,
    },
    Swap {
        entry: SkillId,
        with: SkillId,
    },
}

/// Why a change is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only the other of the two may ask it.
    NotYours,
    /// The course has no such skill, lesson or standard.
    NotTaught(&'static str),
    /// Not a day, or one that is too far away.
    NoDay(&'static str),
    /// A number that makes no sense.
    OutOfRange(&'static str),
}

/// The change that is meant.
pub fn change(wanted: Wanted, published: &Published, by: Author, today: Day) -> Result<PlanChange, Refusal> {
    let day = |field: &'static str, text: &str| {
        day_of(text).filter(|day| (day - today).abs() <= DAYS_MAX).ok_or(Refusal::NoDay(field))
    };
    let change = match wanted {
        Wanted::Must { what, due } => {
            let due = due.map(|due| day("change.due", &due)).transpose()?;
            PlanChange::Must { what, due }
        }
        Wanted::Excused { what } => PlanChange::Excused { what },
        Wanted::Locked { what, week } => PlanChange::Locked { what, week: day("change.week", &week)? },
        Wanted::Choice { level } => PlanChange::Choice { level },
        Wanted::Time { minutes_per_week, until, away, weekdays } => {
            if !(MINUTES.0..=MINUTES.1).contains(&minutes_per_week) {
                return Err(Refusal::OutOfRange("change.minutes_per_week"));
            }
            if away.len() > AWAY_MAX {
                return Err(Refusal::OutOfRange("change.away"));
            }
            if weekdays.iter().any(|nth| !(1..=5).contains(nth)) {
                return Err(Refusal::OutOfRange("change.weekdays"));
            }
            let span = |(first, last): &(String, String)| -> Result<(Day, Day), Refusal> {
                Ok((day("change.away", first)?, day("change.away", last)?))
            };
            PlanChange::Time {
                minutes_per_week,
                until: day("change.until", &until)?,
                away: away.iter().map(span).collect::<Result<_, _>>()?,
                on: weekdays.iter().fold(0_u8, |on, nth| on | 1_u8 << (nth - 1)),
            }
        }
        Wanted::First { what } => PlanChange::First { what },
        Wanted::Later { what } => PlanChange::Later { what },
        Wanted::Goal { what, day: text } => PlanChange::Goal { what, day: day("change.day", &text)? },
        Wanted::Swap { entry, with } => PlanChange::Swap { entry, with },
    };
    if change.is_a_teachers() != matches!(by, Author::Teacher(_)) {
        return Err(Refusal::NotYours);
    }
    let ground = Ground::new(&published.facts);
    if change.target().is_some_and(|what| what.places(&ground).is_empty()) {
        return Err(Refusal::NotTaught("change.what"));
    }
    if let PlanChange::Swap { entry, with } = &change {
        for (field, skill) in [("change.entry", entry), ("change.with", with)] {
            if published.facts.place(skill).is_none() {
                return Err(Refusal::NotTaught(field));
            }
        }
    }
    Ok(change)
}

/// Who may take an ask back: a teacher any, a student their own.
pub fn may_undo(standing: &Standing, by: Author) -> bool {
    matches!(by, Author::Teacher(_)) || standing.by == by
}
