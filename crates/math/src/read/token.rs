//! What the lexer hands to the parser.

use crate::tree::{Constant, Function, Numeral, Relation};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number(Numeral),
    /// A vulgar fraction in one sign: `½`.
    Vulgar(i64, i64),
    Letter(String),
    Constant(Constant),
    Function(Function),
    Infinity,
    Plus,
    Minus,
    PlusMinus,
    MinusPlus,
    Times,
    /// A slash.
    Over,
    /// `÷`.
    Divide,
    Power,
    Open(Bracket),
    Close(Bracket),
    Bar,
    FloorOpen,
    FloorClose,
    CeilOpen,
    CeilClose,
    Comma,
    Semicolon,
    Colon,
    Relation(Relation),
    Percent,
    Degree,
    Factorial,
    Fraction,
    /// `\sqrt`: takes an optional index in square brackets and a group.
    LatexRoot,
    /// `√`, `∛`, `∜` and the words `sqrt`, `cbrt`, with the index.
    Root(i64),
    AbsoluteWord,
    Underscore,
    Union,
    And,
    Or,
    To,
    In,
    ModWord,
    MatrixBegin,
    MatrixEnd,
    Cell,
    Row,
    /// An answer in one word among others, as in `(0, 13), DNE`.
    Phrase(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bracket {
    Round,
    Square,
    /// `{` as LaTeX groups with it, or as people write sets in plain text.
    Curly,
    /// `\{`: certainly a set.
    Set,
}

#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub token: Token,
    /// Index of its first character in the text.
    pub at: usize,
    /// Whether white space stands before it.
    pub spaced: bool,
}
