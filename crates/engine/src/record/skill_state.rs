//! What is concluded of one student and one skill. Bounded: its size does not grow with the record.

use crate::{parameters::SkillParameters, review::Memory};
use curriculum::ItemId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Unaided rights that are kept, the newest first to stay.
pub const RIGHTS_KEPT: usize = 12;

/// What is concluded of one student and one skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SkillState {
    /// Chance that it is known. Invariant: within 0..=1.
    pub p: f64,
    /// The level shown, never below `p`; see [`crate::mastery`] for why it may be above.
    pub shown: f64,
    /// Answers that were evidence.
    pub answers: u32,
    /// Those that were right without help.
    pub wins: u32,
    /// Those that were wrong.
    pub fails: u32,
    /// Right after help: they teach and prove nothing.
    pub helped: u32,
    /// Unaided rights, oldest first, at most [`RIGHTS_KEPT`].
    pub rights: Vec<UnaidedRight>,
    /// Unaided rights in a row.
    pub in_a_row: u32,
    /// Answers since the skill was begun or last became ready.
    pub attempts: u32,
    /// Wrong answers in a row.
    pub misses_in_a_row: u32,
    /// The last answer of any kind (ms UTC).
    pub last_at: Option<i64>,
    /// How well it is remembered.
    pub memory: Option<Memory>,
    /// What the pre-test said.
    pub placed: Option<PlacedAt>,
    /// Ready to go on.
    pub ready: Option<Latched>,
    /// Lasting.
    pub lasting: Option<Latched>,
    /// A teacher's word: ready or not.
    pub overridden: Option<Override>,
    /// After a hint that contains the answer: where it was seen, until a fresh question is answered unaided.
    pub fresh_after: Option<BottomOut>,
}

/// A right answer without any help.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnaidedRight {
    /// The question.
    #[serde(flatten)]
    pub question: SeenQuestion,
    /// When (ms UTC).
    pub at: i64,
}

/// A question as far as evidence tells questions apart: item, variant, school day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeenQuestion {
    /// The item.
    pub item: ItemId,
    /// The seed, for templates only: another seed is another question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<i64>,
    /// The school day.
    pub day: String,
}

/// Where a hint that contains the answer was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BottomOut {
    /// The presentation.
    pub presentation: Uuid,
    /// The item.
    pub item: ItemId,
    /// The school day.
    pub day: String,
}

/// What the pre-test said of the skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedAt {
    /// Chance that it was known then.
    pub p0: f64,
    /// Said to be known.
    pub known: bool,
    /// The school day.
    pub day: String,
}

/// A conclusion that stays until a correction or a teacher takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latched {
    /// When (ms UTC).
    pub at: i64,
    /// The school day.
    pub day: String,
    /// The event that it follows from.
    pub cause: Uuid,
    /// It was concluded under other rules or constants and follows no more under these; it stays all the same, until
    /// it follows again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub basis_changed: bool,
}

/// A teacher's word on a skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Ready to go on, or not.
    pub ready: bool,
    /// The school day.
    pub day: String,
}

impl Default for SkillState {
    fn default() -> Self {
        Self::new(SkillParameters::default())
    }
}

impl SkillState {
    /// A skill of which nothing is known yet.
    pub fn new(parameters: SkillParameters) -> Self {
        Self {
            p: parameters.known_first,
            shown: parameters.known_first,
            answers: 0,
            wins: 0,
            fails: 0,
            helped: 0,
            rights: Vec::new(),
            in_a_row: 0,
            attempts: 0,
            misses_in_a_row: 0,
            last_at: None,
            memory: None,
            placed: None,
            ready: None,
            lasting: None,
            overridden: None,
            fresh_after: None,
        }
    }

    /// It opens what rests on it: ready, placed known, or a teacher's word; a teacher's "not yet" closes it.
    pub fn opens(&self) -> bool {
        match &self.overridden {
            Some(word) => word.ready,
            None => self.ready.is_some() || self.lasting.is_some() || self.is_placed_known(),
        }
    }

    /// Nothing was answered of it, no teacher said that it is there, and the pre-test did not place it as known.
    pub fn is_new(&self) -> bool {
        let said = self.overridden.as_ref().is_some_and(|word| word.ready);
        self.answers + self.helped == 0 && !self.is_placed_known() && !said
    }

    /// The pre-test placed it as known.
    pub fn is_placed_known(&self) -> bool {
        self.placed.as_ref().is_some_and(|placed| placed.known)
    }

    /// The day since which it opens others, for "on a later day".
    pub fn open_since(&self) -> Option<&str> {
        let placed = self.placed.as_ref().filter(|placed| placed.known).map(|placed| placed.day.as_str());
        let word = self.overridden.as_ref().filter(|word| word.ready).map(|word| word.day.as_str());
        [self.ready.as_ref().map(|ready| ready.day.as_str()), placed, word].into_iter().flatten().min()
    }
}
