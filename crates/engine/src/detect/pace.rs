//! Off pace: a student's week against the student's own weeks before it.
//!
//! *Usual* is the median of the first answers in the latest four weeks with work, of the eight before this one; two such
//! weeks and a usual of ten answers are needed to say anything. Of a school week of five days, as many fifths are
//! expected as days have passed before today. Off pace: from Wednesday on, less than half of what is expected.
//! Worked number: weeks of 40, 60 and 50 answers make 50 usual; on Thursday three days have passed, so 30 are expected;
//! 14 are less than half of that.
//!
//! A week in which most of a class rests is a holiday, an outing, a week of tests: then nobody is off pace
//! ([`off_pace_in_class`]).

use super::{Alert, AlertArgs, LiveProjection, Rule, rules::urgency};
use serde::{Deserialize, Serialize};

/// Weeks that are kept.
pub const WEEKS_KEPT: usize = 8;
const WEEKS_BACK: i32 = 8;
const USUAL_OF: usize = 4;
const USUAL_WEEKS_MIN: usize = 2;
const USUAL_MIN: u32 = 10;
const DAYS_MIN: u32 = 2;
const SCHOOL_DAYS: u32 = 5;
const BEHIND: f64 = 0.5;
/// Share of those with a usual week who have to be at work this week.
const CLASS_WORKS: f64 = 0.5;

/// First answers of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekCount {
    /// Its Monday, counted from 1970-01-01.
    pub monday: i32,
    /// First answers.
    pub answers: u32,
}

/// Counts a first answer of a school day.
pub(crate) fn count_week(weeks: &mut Vec<WeekCount>, school_day: &str) {
    let Some(day) = day_number(school_day) else { return };
    let monday = monday_of(day);
    match weeks.iter_mut().find(|week| week.monday == monday) {
        Some(week) => week.answers = week.answers.saturating_add(1),
        None => crate::record::push_bounded(weeks, WeekCount { monday, answers: 1 }, WEEKS_KEPT),
    }
}

/// The student's pace this week, once the own weeks before it can tell.
struct Pace {
    answers: u32,
    expected: u32,
    days: u32,
}

fn pace(live: &LiveProjection, school_day: &str) -> Option<Pace> {
    let day = day_number(school_day)?;
    let monday = monday_of(day);
    let days = u32::try_from(day - monday).ok()?.min(SCHOOL_DAYS);
    let mut before: Vec<WeekCount> = live
        .weeks
        .iter()
        .filter(|week| week.monday < monday && week.monday >= monday - 7 * WEEKS_BACK)
        .copied()
        .collect();
    before.sort_by_key(|week| std::cmp::Reverse(week.monday));
    let mut latest: Vec<u32> = before.iter().take(USUAL_OF).map(|week| week.answers).collect();
    if latest.len() < USUAL_WEEKS_MIN {
        return None;
    }
    latest.sort_unstable();
    let middle = latest.len() / 2;
    let usual = if latest.len() % 2 == 1 { latest[middle] } else { latest[middle - 1].midpoint(latest[middle]) };
    let answers = live.weeks.iter().find(|week| week.monday == monday).map_or(0, |week| week.answers);
    (usual >= USUAL_MIN).then(|| Pace { answers, expected: usual * days / SCHOOL_DAYS, days })
}

/// The students of a class who are off pace on a school day, as places in `class`, each with its alert.
pub fn off_pace_in_class(class: &[&LiveProjection], school_day: &str) -> Vec<(usize, Alert)> {
    let paces: Vec<Option<Pace>> = class.iter().map(|live| pace(live, school_day)).collect();
    let known = paces.iter().flatten().count();
    let at_work = paces.iter().flatten().filter(|pace| pace.answers > 0).count();
    if known == 0 || (at_work as f64) < CLASS_WORKS * known as f64 {
        return Vec::new();
    }
    let behind = |pace: &&Pace| pace.days >= DAYS_MIN && f64::from(pace.answers) < BEHIND * f64::from(pace.expected);
    paces
        .iter()
        .enumerate()
        .filter_map(|(place, pace)| {
            let pace = pace.as_ref().filter(behind)?;
            let args = AlertArgs { count: Some(pace.answers), expected: Some(pace.expected), ..AlertArgs::default() };
            let since = class[place].last_at.unwrap_or(0);
            Some((place, Alert { rule: Rule::OffPace, args, since, urgency: urgency(Rule::OffPace) }))
        })
        .collect()
}

/// Days from 1970-01-01 to a date such as `2026-11-23` (Hinnant's civil calendar).
fn day_number(school_day: &str) -> Option<i32> {
    let mut parts = school_day.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Day 0 was a Thursday.
fn monday_of(day: i32) -> i32 {
    day - (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks before the one of Monday 2026-11-23, the latest last, then this week's answers.
    fn live(before: &[u32], this: u32) -> LiveProjection {
        let monday = day_number("2026-11-23").expect("a day");
        let count = before.len() as i32;
        let mut weeks: Vec<WeekCount> = before
            .iter()
            .zip(0..)
            .map(|(answers, nth)| WeekCount { monday: monday - 7 * (count - nth), answers: *answers })
            .collect();
        if this > 0 {
            weeks.push(WeekCount { monday, answers: this });
        }
        LiveProjection { weeks, ..LiveProjection::default() }
    }

    fn behind(class: &[LiveProjection], day: &str) -> Vec<usize> {
        let class: Vec<&LiveProjection> = class.iter().collect();
        off_pace_in_class(&class, day).into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn less_than_half_of_the_own_usual_is_off_pace_from_wednesday_on() {
        let class = [live(&[40, 60, 50], 14), live(&[40, 60, 50], 15), live(&[10, 12, 14], 14)];
        assert_eq!(behind(&class, "2026-11-26"), [0], "30 are expected by Thursday");
        assert_eq!(behind(&class, "2026-11-24"), Vec::<usize>::new(), "on Tuesday it is too early to say");
        let monday = day_number("2026-11-23").expect("a day");
        assert_eq!((monday_of(monday), monday_of(monday + 6)), (monday, monday));
    }

    #[test]
    fn a_week_in_which_most_of_the_class_rests_says_nothing_of_anybody() {
        let class = [live(&[40, 50], 0), live(&[40, 50], 0), live(&[40, 50], 60)];
        assert_eq!(behind(&class, "2026-11-27"), Vec::<usize>::new());
        let class = [live(&[40, 50], 0), live(&[40, 50], 55), live(&[40, 50], 60)];
        assert_eq!(behind(&class, "2026-11-27"), [0]);
    }

    #[test]
    fn new_students_and_those_who_do_little_are_not_judged() {
        let class = [live(&[50], 1), live(&[4, 6, 5], 1), live(&[40, 50], 60)];
        assert_eq!(behind(&class, "2026-11-27"), Vec::<usize>::new());
        assert_eq!(behind(&class, "no day"), Vec::<usize>::new());
    }
}
