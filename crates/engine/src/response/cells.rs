//! Places of the situations that occurred: from (item or skill, situation) to a dense number.
//!
//! Where the situations are few every one has its place; pairs are found by open addressing with a fixed hash
//! (Knuth's multiplicative), so that the same log gives the same places on every machine.

/// No such place.
pub const NO_CELL: u32 = u32::MAX;

/// Places by (whose, state).
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// `whose * states + state`.
    All {
        /// Situations of each.
        states: u32,
    },
    /// Those that were met, in the order in which they were met.
    Met {
        /// Slots of a power of two; a key with its place.
        slots: Vec<(u64, u32)>,
        /// How many are taken.
        met: u32,
    },
}

const EMPTY: (u64, u32) = (u64::MAX, NO_CELL);

impl Cells {
    /// A place for each of so many situations.
    pub fn all(states: u32) -> Self {
        Self::All { states }
    }

    /// Places for those that will be met.
    pub fn met() -> Self {
        Self::Met { slots: vec![EMPTY; 1024], met: 0 }
    }

    /// The place, or [`NO_CELL`].
    pub fn place(&self, whose: u32, state: u32) -> u32 {
        match self {
            Self::All { states } => whose * states + state,
            Self::Met { slots, .. } => slots[slot(slots, key(whose, state))].1,
        }
    }

    /// The place, made where there is none.
    pub fn meet(&mut self, whose: u32, state: u32) -> u32 {
        let Self::Met { slots, met } = self else { return self.place(whose, state) };
        let key = key(whose, state);
        let at = slot(slots, key);
        if slots[at].1 != NO_CELL {
            return slots[at].1;
        }
        let place = *met;
        slots[at] = (key, place);
        *met += 1;
        if (*met as usize) * 2 > slots.len() {
            grow(slots);
        }
        place
    }

    /// Whose and state of all places that were met, ordered by place; nothing where all have one.
    pub fn keys(&self) -> Vec<(u32, u32)> {
        let Self::Met { slots, .. } = self else { return Vec::new() };
        let mut taken: Vec<&(u64, u32)> = slots.iter().filter(|slot| slot.1 != NO_CELL).collect();
        taken.sort_by_key(|slot| slot.1);
        taken.iter().map(|(key, _)| ((key >> 32) as u32, (key & 0xffff_ffff) as u32)).collect()
    }
}

fn key(whose: u32, state: u32) -> u64 {
    (u64::from(whose) << 32) | u64::from(state)
}

fn slot(slots: &[(u64, u32)], key: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24) as usize & mask;
    while slots[at].0 != key && slots[at].1 != NO_CELL {
        at = (at + 1) & mask;
    }
    at
}

fn grow(slots: &mut Vec<(u64, u32)>) {
    let old = std::mem::take(slots);
    slots.resize(old.len() * 2, EMPTY);
    for taken in old.into_iter().filter(|slot| slot.1 != NO_CELL) {
        let at = slot(slots, taken.0);
        slots[at] = taken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_met_is_found_and_nothing_else() {
        let mut cells = Cells::met();
        let places: Vec<u32> = (0..5000).map(|nth| cells.meet(nth * 7, nth % 3)).collect();
        assert_eq!(places, (0..5000).collect::<Vec<_>>());
        assert!((0..5000).all(|nth| cells.place(nth * 7, nth % 3) == nth));
        assert_eq!(cells.place(1, 0), NO_CELL);
        assert_eq!(cells.meet(7, 1), 1);
        assert_eq!(cells.keys()[2], (14, 2));
    }
}
