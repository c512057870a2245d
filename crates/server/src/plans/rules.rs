//! What may be asked of a plan, and by whom.

use crate::library::Published;
use curriculum::SkillId;
use engine::{
    plan::{ChoiceLevel, Day, Ground, Target, day_of, monday_of},
    record::{Author, PlanChange, Standing},
};
use serde::Deserialize;
use std::mem::discriminant;
use uuid::Uuid;

/// Days ahead and back that a plan looks at.
const DAYS_MAX: Day = 800;
/// Minutes of a week, at least and at most.
const MINUTES: (u32, u32) = (10, 1_500);
/// Holidays and absences that a calendar takes.
const AWAY_MAX: usize = 60;
/// Asks that may stand at once: a teacher's, and the student's, who cannot take the teacher's places.
const ASKS_MAX: (usize, usize) = (40, 24);

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
    /// The day is over.
    InThePast(&'static str),
    /// A number that makes no sense.
    OutOfRange(&'static str),
    /// So many stand that one must be taken back first.
    TooMany,
}

/// The change that is meant.
pub fn change(wanted: Wanted, published: &Published, by: Author, today: Day) -> Result<PlanChange, Refusal> {
    let day = |field: &'static str, text: &str| {
        day_of(text).filter(|day| (day - today).abs() <= DAYS_MAX).ok_or(Refusal::NoDay(field))
    };
    let to_come = |field: &'static str, text: &str, first: Day| {
        day(field, text).and_then(|day| if day < first { Err(Refusal::InThePast(field)) } else { Ok(day) })
    };
    let change = match wanted {
        Wanted::Must { what, due } => {
            let due = due.map(|due| to_come("change.due", &due, today)).transpose()?;
            PlanChange::Must { what, due }
        }
        Wanted::Excused { what } => PlanChange::Excused { what },
        Wanted::Locked { what, week } => {
            PlanChange::Locked { what, week: to_come("change.week", &week, monday_of(today))? }
        }
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
                let (first, last) = (day("change.away", first)?, day("change.away", last)?);
                if first <= last { Ok((first, last)) } else { Err(Refusal::OutOfRange("change.away")) }
            };
            PlanChange::Time {
                minutes_per_week,
                until: to_come("change.until", &until, today)?,
                away: away.iter().map(span).collect::<Result<_, _>>()?,
                on: weekdays.iter().fold(0_u8, |on, nth| on | 1_u8 << (nth - 1)),
            }
        }
        Wanted::First { what } => PlanChange::First { what },
        Wanted::Later { what } => PlanChange::Later { what },
        Wanted::Goal { what, day: text } => PlanChange::Goal { what, day: to_come("change.day", &text, today)? },
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

/// Which ask a change takes the place of: the same of the same thing by the same side. None when it stands beside the
/// others, for which there must be room.
pub fn takes_place_of(standing: &[Standing], change: &PlanChange, by: Author) -> Result<Option<Uuid>, Refusal> {
    let is_a_teachers = matches!(by, Author::Teacher(_));
    let own: Vec<&Standing> =
        standing.iter().filter(|other| matches!(other.by, Author::Teacher(_)) == is_a_teachers).collect();
    let same = |other: &&&Standing| {
        discriminant(&other.change) == discriminant(change)
            && match (&other.change, change) {
                (PlanChange::Swap { .. }, _) => other.change == *change,
                _ => other.change.target() == change.target(),
            }
    };
    let max = if is_a_teachers { ASKS_MAX.0 } else { ASKS_MAX.1 };
    match own.iter().find(same) {
        Some(other) => Ok(Some(other.ask)),
        None if own.len() < max => Ok(None),
        None => Err(Refusal::TooMany),
    }
}

/// Who may take an ask back: a teacher any, a student their own.
pub fn may_undo(standing: &Standing, by: Author) -> bool {
    matches!(by, Author::Teacher(_)) || standing.by == by
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::record::AskReason;

    fn standing(count: u128, by: Author) -> Vec<Standing> {
        let one = |nth: u128| Standing {
            ask: Uuid::from_u128(nth),
            change: PlanChange::First { what: Target::Skill(format!("s{nth}").as_str().into()) },
            by,
            reason: AskReason::Interest,
            at: 0,
        };
        (0..count).map(one).collect()
    }

    const STUDENT: Author = Author::Student(Uuid::nil());
    const TEACHER: Author = Author::Teacher(Uuid::nil());

    #[test]
    fn the_same_wish_again_takes_the_place_of_the_first_and_a_full_list_takes_no_other() {
        let full = standing(24, STUDENT);
        let wish = |skill: &str| PlanChange::First { what: Target::Skill(skill.into()) };
        assert_eq!(takes_place_of(&full, &wish("s7"), STUDENT), Ok(Some(Uuid::from_u128(7))));
        assert_eq!(takes_place_of(&full, &wish("other"), STUDENT), Err(Refusal::TooMany));
        assert_eq!(takes_place_of(&full[1..], &wish("other"), STUDENT), Ok(None));
        let later = PlanChange::Later { what: Target::Skill("s7".into()) };
        assert_eq!(takes_place_of(&full[1..], &later, STUDENT), Ok(None));
    }

    #[test]
    fn a_students_wishes_leave_the_teacher_room() {
        let must = PlanChange::Must { what: Target::Skill("s7".into()), due: None };
        assert_eq!(takes_place_of(&standing(24, STUDENT), &must, TEACHER), Ok(None));
        assert_eq!(takes_place_of(&standing(40, TEACHER), &must, TEACHER), Err(Refusal::TooMany));
    }

    #[test]
    fn a_student_takes_back_only_what_is_theirs() {
        let (own, other) = (&standing(1, STUDENT)[0], &standing(1, TEACHER)[0]);
        assert!(may_undo(own, STUDENT) && may_undo(own, TEACHER) && may_undo(other, TEACHER));
        assert!(!may_undo(other, STUDENT));
    }
}
