//! What a student sends and what is judged of it.

use curriculum::{MisconceptionId, OptionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a student sends: never a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// One option.
    Choice {
        /// The option chosen.
        option: OptionId,
    },
    /// Several options.
    MultipleChoice {
        /// The options chosen, in any order.
        options: Vec<OptionId>,
    },
    /// Anything typed: numbers, expressions, words.
    Text {
        /// As typed.
        text: String,
    },
    /// "I have not learned this yet": a fine answer in a pre-test, a request for help in practice.
    DontKnow {},
}

/// What was judged of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Right, wrong, or something else that does not count.
    pub verdict: Verdict,
    /// Within 0..=1; between the two only for multiple choice.
    pub score: f64,
    /// What to say about the form or about why it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The wrong idea that gives this very answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<MisconceptionId>,
}

/// The outcomes of judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Right.
    Right,
    /// Wrong.
    Wrong,
    /// The right value, not in the form asked for; not a miss.
    RightValueWrongForm,
    /// The right number without the unit that must be typed; not a miss.
    UnitMissing,
    /// A number with another unit; a miss.
    WrongUnit,
    /// Not something that could be read as an answer; not an attempt.
    Unreadable,
    /// "I have not learned this yet".
    DontKnow,
}

impl Verdict {
    /// True when it is an attempt: it can be evidence and can count as a miss.
    pub fn counts(self) -> bool {
        matches!(self, Self::Right | Self::Wrong | Self::WrongUnit | Self::DontKnow)
    }

    /// True when the part is answered.
    pub fn is_right(self) -> bool {
        self == Self::Right
    }
}

/// A sentence by code, worded by the screen from the message files (`feedback.<code>`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Such as `unreadable.unbalanced`, `form.lowest_terms`, `unit.missing`.
    pub code: String,
    /// What stands in its places.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}
