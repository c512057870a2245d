//! What a model says of held-out answers.

/// The chance that one model gave to one held-out answer, before it saw it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicted {
    /// The answer's place in the source, from 0.
    pub row: u32,
    /// Chance of a right answer.
    pub p: f64,
    /// What came.
    pub right: bool,
}
