//! The weeks that a plan has: school weeks without holidays and absences.

use serde::{Deserialize, Serialize};

/// A day, counted from 1970-01-01 in the school's zone. Day 0 was a Thursday.
pub type Day = i32;

/// Monday to Friday, a bit each, Monday the lowest.
const SCHOOL_WEEK: u8 = 0b1_1111;

/// Weeks of a calendar at most: three years.
const WEEKS_MAX: usize = 156;

/// A school week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// Days on which the student works at this course, 0 to 5.
    pub days: u8,
    /// Which: a bit each, Monday the lowest.
    pub on: u8,
}

/// The weeks from now to the end of the term, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// All weeks, those without a school day too.
    pub weeks: Vec<Week>,
    /// Days of a full week, 1 to 5; 0 only of the empty calendar.
    pub full_week_days: u8,
}

impl Calendar {
    /// Weeks that hold the days `from` to `to` (both included), without the days in `away`: holidays and the student's
    /// own absences, each a first and a last day. Weekends are no school days. Empty when `to` lies before `from`.
    pub fn new(from: Day, to: Day, away: &[(Day, Day)]) -> Self {
        Self::on_days(from, to, away, SCHOOL_WEEK)
    }

    /// As [`Self::new`], for a course that is taught on some days of the week: a bit each, Monday the lowest; none of
    /// the five means all.
    pub fn on_days(from: Day, to: Day, away: &[(Day, Day)], on: u8) -> Self {
        let on = if on & SCHOOL_WEEK == 0 { SCHOOL_WEEK } else { on & SCHOOL_WEEK };
        let is_away = |day: Day| away.iter().any(|(first, last)| (*first..=*last).contains(&day));
        let mut weeks = Vec::new();
        let mut monday = monday_of(from);
        while from <= to && monday <= to && weeks.len() < WEEKS_MAX {
            let is_there = |nth: &u8| {
                let day = monday + Day::from(*nth);
                on & (1_u8 << *nth) != 0 && (from..=to).contains(&day) && !is_away(day)
            };
            let on = (0..5).filter(is_there).fold(0_u8, |on, nth| on | 1_u8 << nth);
            weeks.push(Week { monday, days: days_in(on), on });
            monday = monday.saturating_add(7);
        }
        Self { weeks, full_week_days: days_in(on) }
    }

    /// The week that holds a day; none outside of the calendar.
    pub fn week_of(&self, day: Day) -> Option<usize> {
        let first = self.weeks.first()?.monday;
        let week = usize::try_from(day.checked_sub(first)?.div_euclid(7)).ok()?;
        (week < self.weeks.len()).then_some(week)
    }

    /// Minutes of each week, where a full one has so many: a week of two days of five has two fifths.
    pub fn minutes(&self, full_week: u32) -> Vec<u32> {
        let full = u32::from(self.full_week_days.max(1));
        self.weeks.iter().map(|week| full_week.saturating_mul(u32::from(week.days)) / full).collect()
    }

    /// The day that holds this share (0 to 1) of a week's time; the Monday of a week without a day.
    pub(super) fn day_at(&self, week: usize, share: f64) -> Day {
        let Week { monday, days, on } = self.weeks[week];
        let nth = (share * f64::from(days)).clamp(0.0, f64::from(days.max(1) - 1)) as usize;
        monday + (0..5).filter(|day| on & (1_u8 << *day) != 0).nth(nth).unwrap_or(0)
    }

    /// Minutes of this calendar's time between two days, the first included, the last not.
    pub fn minutes_between(&self, from: Day, to: Day, full_week: u32) -> f64 {
        let of_week = |week: &Week| {
            (0..5).filter(|nth| week.on & (1_u8 << *nth) != 0 && (from..to).contains(&(week.monday + *nth))).count()
        };
        let days: usize = self.weeks.iter().map(of_week).sum();
        days as f64 * f64::from(full_week) / f64::from(self.full_week_days.max(1))
    }
}

fn days_in(on: u8) -> u8 {
    u8::try_from(on.count_ones()).unwrap_or(0)
}

/// The Monday of a day's week.
pub fn monday_of(day: Day) -> Day {
    day.saturating_sub(day.saturating_add(3).rem_euclid(7))
}

/// A school day of the record, such as `2026-09-07`, as a [`Day`]; none where it is none (Hinnant 2013, civil days).
pub fn day_of(school_day: &str) -> Option<Day> {
    let mut parts = school_day.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
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
    fn a_school_day_is_counted_from_1970() {
        assert_eq!(
            (day_of("1970-01-01"), day_of("2026-09-07"), day_of("2024-02-29")),
            (Some(0), Some(MONDAY), Some(19_782))
        );
        assert_eq!((day_of(""), day_of("2026-13-01"), day_of("today")), (None, None, None));
    }

    #[test]
    fn a_course_on_two_days_has_its_time_on_them() {
        let calendar = Calendar::on_days(MONDAY, MONDAY + 13, &[(MONDAY + 1, MONDAY + 1)], 0b1010);
        assert_eq!(calendar.minutes(100), [50, 100]);
        assert_eq!(
            (calendar.day_at(0, 0.0), calendar.day_at(1, 0.4), calendar.day_at(1, 1.0)),
            (20_706, 20_711, 20_713)
        );
        assert_eq!(calendar.minutes_between(MONDAY, MONDAY + 10, 100), 100.0);
    }

    #[test]
    fn an_end_before_the_beginning_leaves_no_week() {
        assert_eq!(Calendar::new(MONDAY, MONDAY - 1, &[]).weeks, []);
    }
}
