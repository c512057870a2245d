//! School time: three sittings of forty minutes a week, on Mondays, Wednesdays and Fridays.

/// Length of a sitting (ms).
pub const SITTING_MS: i64 = 40 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Monday, 7 September 2026, 10:05 in UTC.
const BEGIN_MS: i64 = 1_788_775_500_000;
/// Days of the week on which there is a sitting, from Monday.
pub const WEEKDAYS: [i64; 3] = [0, 2, 4];

/// Where a student stands in the school's time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Time of sittings gone by (ms).
    pub gone_ms: i64,
    /// Of it, time with nothing to do (ms).
    pub idle_ms: i64,
    day: i64,
    school_day: String,
}

impl Clock {
    /// At the beginning.
    pub fn new() -> Self {
        Self { gone_ms: 0, idle_ms: 0, day: 0, school_day: school_day(0) }
    }

    /// Time passes at work; what the end of a sitting cuts short goes on in the next one.
    pub fn pass(&mut self, ms: i64) {
        self.gone_ms += ms.max(0);
        let day = day_of(self.gone_ms);
        if day != self.day {
            (self.day, self.school_day) = (day, school_day(day));
        }
    }

    /// Nothing to do until the next sitting.
    pub fn rest(&mut self) {
        let left = SITTING_MS - self.gone_ms % SITTING_MS;
        self.idle_ms += left;
        self.pass(left);
    }

    /// Now (ms UTC).
    pub fn now(&self) -> i64 {
        BEGIN_MS + self.day * DAY_MS + self.gone_ms % SITTING_MS
    }

    /// Today.
    pub fn school_day(&self) -> &str {
        &self.school_day
    }
}

/// So many days after the end of `hours` of sittings (ms UTC).
pub fn after(hours: f64, days: i64) -> i64 {
    BEGIN_MS + (day_of((hours * 3_600_000.0) as i64) + days) * DAY_MS
}

/// The day of a sitting, counted from 1970-01-01; the first is 0.
pub fn day_of_sitting(nth: usize) -> i32 {
    (BEGIN_MS / DAY_MS + day_of(nth as i64 * SITTING_MS)) as i32
}

fn day_of(gone_ms: i64) -> i64 {
    let sitting = gone_ms / SITTING_MS;
    let count = WEEKDAYS.len() as i64;
    7 * (sitting / count) + WEEKDAYS[(sitting % count) as usize]
}

fn school_day(day: i64) -> String {
    jiff::civil::date(2026, 9, 7).saturating_add(jiff::Span::new().days(day)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_three_sittings_and_the_next_begins_on_a_monday() {
        let mut clock = Clock::new();
        let days = (0..4).map(|_| {
            let day = clock.school_day().to_owned();
            clock.rest();
            day
        });
        assert_eq!(days.collect::<Vec<_>>(), ["2026-09-07", "2026-09-09", "2026-09-11", "2026-09-14"]);
    }
}
