//! The weeks that a plan has: school weeks without holidays and absences.

use serde::{Deserialize, Serialize};

/// A day, counted from 1970-01-01 in the school's zone. Day 0 was a Thursday.
pub type Day = i32;

/// Days of a full school week.
const FULL_WEEK: u8 = 5;

/// A school week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// School days on which the student is there, 0 to 5.
    pub days: u8,
}

/// The weeks from now to the end of the term, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// All weeks, those without a school day too.
    pub weeks: Vec<Week>,
}

impl Calendar {
    /// Weeks that hold the days `from` to `to` (both included), without the days in `away`: holidays and the student's
    /// own absences, each a first and a last day. Weekends are no school days. Empty when `to` lies before `from`.
    pub fn new(from: Day, to: Day, away: &[(Day, Day)]) -> Self {
        let is_away = |day: Day| away.iter().any(|(first, last)| (*first..=*last).contains(&day));
        let mut weeks = Vec::new();
        let mut monday = monday_of(from);
        while from <= to && monday <= to {
            let school = (monday..monday + i32::from(FULL_WEEK)).filter(|day| (from..=to).contains(day));
            let days = school.filter(|day| !is_away(*day)).count();
            weeks.push(Week { monday, days: u8::try_from(days).unwrap_or(FULL_WEEK) });
            monday += 7;
        }
        Self { weeks }
    }

    /// The week that holds a day; none outside of the calendar.
    pub fn week_of(&self, day: Day) -> Option<usize> {
        let first = self.weeks.first()?.monday;
        let week = usize::try_from(day.checked_sub(first)?.div_euclid(7)).ok()?;
        (week < self.weeks.len()).then_some(week)
    }

    /// Minutes of each week, where a full one has so many: a week of two days has two fifths.
    pub fn minutes(&self, full_week: u32) -> Vec<u32> {
        self.weeks.iter().map(|week| full_week * u32::from(week.days.min(FULL_WEEK)) / u32::from(FULL_WEEK)).collect()
    }
}

fn monday_of(day: Day) -> Day {
    day - (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-09-07, a Monday.
    const MONDAY: Day = 20_703;

    #[test]
    fn a_week_begins_on_a_monday_and_holidays_shorten_it() {
        let calendar = Calendar::new(MONDAY + 2, MONDAY + 13, &[(MONDAY + 7, MONDAY + 8), (MONDAY + 11, MONDAY + 30)]);
        let days: Vec<(Day, u8)> = calendar.weeks.iter().map(|week| (week.monday - MONDAY, week.days)).collect();
        assert_eq!(days, [(0, 3), (7, 2)]);
        assert_eq!(calendar.minutes(100), [60, 40]);
        assert_eq!(calendar.week_of(MONDAY + 13), Some(1));
        assert_eq!((calendar.week_of(MONDAY - 1), calendar.week_of(MONDAY + 14)), (None, None));
    }

    #[test]
    fn an_end_before_the_beginning_leaves_no_week() {
        assert_eq!(Calendar::new(MONDAY, MONDAY - 1, &[]).weeks, []);
    }
}
