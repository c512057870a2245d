//! Work into weeks: dense, in order; a piece that does not fit goes on in the next week.

/// Where the next minute goes.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'c> {
    minutes: &'c [u32],
    /// The week.
    pub week: usize,
    used: u32,
    left_in_all: u64,
}

/// From which week to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub begins: usize,
    pub ends: usize,
}

impl<'c> Cursor<'c> {
    /// At the first week that has time.
    pub fn new(minutes: &'c [u32]) -> Self {
        let left_in_all = minutes.iter().map(|minutes| u64::from(*minutes)).sum();
        let mut cursor = Self { minutes, week: 0, used: 0, left_in_all };
        cursor.settle();
        cursor
    }

    /// Skips to a week, leaving time unused.
    pub fn skip_to(&mut self, week: usize) {
        while self.week < week && self.week < self.minutes.len() {
            self.left_in_all -= u64::from(self.minutes[self.week] - self.used);
            (self.week, self.used) = (self.week + 1, 0);
        }
        self.settle();
    }

    /// Puts so many minutes; none when there is not so much time left in all.
    pub fn put(&mut self, minutes: u32) -> Option<Slot> {
        if u64::from(minutes) > self.left_in_all || minutes == 0 {
            return None;
        }
        let begins = self.week;
        let mut open = minutes;
        let mut ends = begins;
        self.left_in_all -= u64::from(minutes);
        while open > 0 {
            let now = open.min(self.minutes[self.week] - self.used);
            (self.used, open) = (self.used + now, open - now);
            ends = self.week;
            self.settle();
        }
        Some(Slot { begins, ends })
    }

    /// A full week is left behind.
    fn settle(&mut self) {
        while self.minutes.get(self.week).is_some_and(|minutes| self.used >= *minutes) {
            (self.week, self.used) = (self.week + 1, 0);
        }
    }

    /// Puts minutes into one week whatever is left of it; what is too much is taken from the weeks after. Only the
    /// week at hand can be given, and it must have a school day.
    pub fn put_all_in(&mut self, week: usize, minutes: u32) -> Option<Slot> {
        let has_time = self.minutes.get(week).is_some_and(|minutes| *minutes > 0);
        if week != self.week || !has_time {
            return None;
        }
        self.put(minutes)?;
        Some(Slot { begins: week, ends: week })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_that_does_not_fit_goes_on_in_the_next_week_that_has_time() {
        let mut cursor = Cursor::new(&[0, 30, 0, 30]);
        assert_eq!(cursor.put(20), Some(Slot { begins: 1, ends: 1 }));
        assert_eq!(cursor.put(20), Some(Slot { begins: 1, ends: 3 }));
        assert_eq!(cursor.put(21), None);
        assert_eq!((cursor.put(20), cursor.put(1)), (Some(Slot { begins: 3, ends: 3 }), None));
    }

    #[test]
    fn what_is_locked_to_a_week_overdraws_it_and_the_next_ones_pay() {
        let mut cursor = Cursor::new(&[30, 30]);
        cursor.put(20);
        assert_eq!(cursor.put_all_in(0, 30), Some(Slot { begins: 0, ends: 0 }));
        assert_eq!(cursor.put(10), Some(Slot { begins: 1, ends: 1 }));
        assert_eq!((cursor.put(1), cursor.put_all_in(1, 1)), (None, None));
    }
}
