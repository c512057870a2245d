//! One try at a question: what the student was given, what came of it.

use crate::Response;

/// Under which circumstances a question is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// Now (ms UTC).
    pub at: i64,
    /// A pre-test: no help, and frankness is welcome.
    pub pre_test: bool,
    /// Tries at this part before this one.
    pub tries: u32,
    /// Help was read on this part.
    pub helped: bool,
    /// The whole way was shown, so the answer need only be copied.
    pub told: bool,
}

impl Occasion {
    /// A first try in practice.
    pub fn practice(at: i64) -> Self {
        Self { at, pre_test: false, tries: 0, helped: false, told: false }
    }

    /// A first try in a pre-test.
    pub fn pre_test(at: i64) -> Self {
        Self { pre_test: true, ..Self::practice(at) }
    }
}

/// What the student does.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The answer.
    pub response: Response,
    /// Thinking and typing, in ms.
    pub elapsed_ms: i64,
    /// A hint is opened before answering.
    pub hint_first: bool,
    /// What the student meant to give: right, wrong or a plain "I don't know". The key has the last word.
    pub means_right: bool,
    /// After a miss the student tries again rather than leaving the question.
    pub tries_again: bool,
}
