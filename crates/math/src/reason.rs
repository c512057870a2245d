//! Why a text could not be read, in terms a screen can put into words.

use std::fmt;

/// A text that is not mathematics we can read. It is never counted as an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Index of the character, counted in characters from 0, where reading stopped.
    pub at: usize,
    /// What stood in the way.
    pub reason: Reason,
}

/// What stood in the way of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nothing was written.
    Empty,
    /// More than 2,000 characters.
    TooLong,
    /// Brackets or powers are nested more than fifty deep.
    TooDeep,
    /// A sign that has no meaning here.
    UnexpectedCharacter,
    /// A bracket or bar without its partner.
    Unbalanced,
    /// Something is missing, such as the number after a plus.
    Unfinished,
    /// Two operators stand next to each other.
    DoubledOperator,
    /// A number written in a way nobody reads, such as `3..5` or `2 3`.
    BadNumber,
    /// A word where mathematics was expected.
    StrayWord,
    /// People read it in two ways, such as `1/2x`; the student is asked which one.
    Ambiguous,
}

impl Reason {
    /// A stable name for messages and records.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Empty => "empty",
            Reason::TooLong => "too_long",
            Reason::TooDeep => "too_deep",
            Reason::UnexpectedCharacter => "unexpected_character",
            Reason::Unbalanced => "unbalanced",
            Reason::Unfinished => "unfinished",
            Reason::DoubledOperator => "doubled_operator",
            Reason::BadNumber => "bad_number",
            Reason::StrayWord => "stray_word",
            Reason::Ambiguous => "ambiguous",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Empty => "nothing is written",
            Reason::TooLong => "this is too long to read",
            Reason::TooDeep => "too many brackets inside each other",
            Reason::UnexpectedCharacter => "this sign has no meaning here",
            Reason::Unbalanced => "a bracket has no partner",
            Reason::Unfinished => "something is missing here",
            Reason::DoubledOperator => "two operators stand next to each other",
            Reason::BadNumber => "this is not written as a number",
            Reason::StrayWord => "there is a word where mathematics was expected",
            Reason::Ambiguous => "this can be read in two ways; brackets would help",
        })
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.reason, self.at + 1)
    }
}

impl std::error::Error for Unreadable {}
