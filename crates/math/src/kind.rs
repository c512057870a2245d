//! The kind of a key, fixed when content is imported: it decides how commas and brackets read.

use std::{fmt, str::FromStr};

/// The sign between the whole and the decimal part, from the locale of what the student sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecimalMark {
    /// `3.5`; a comma separates thousands or members.
    Point,
    /// `3,5`; a point separates thousands, a semicolon (or a comma with a space) members.
    Comma,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A value without letters.
    Number,
    /// Anything with letters but without a relation.
    Expression,
    /// One equation, or several solutions joined by "or".
    Equation,
    /// `<`, `≤`, `>`, `≥`, `≠`, also compound.
    Inequality,
    /// Members in any order.
    List,
    /// Members in this order.
    OrderedList,
    /// A point: members in order, in brackets.
    Point,
    /// Intervals and unions of intervals.
    Interval,
    /// Terms in order, compared by proportion.
    Ratio,
    /// Rows of cells.
    Matrix,
    /// Plain words, compared without case, spaces and punctuation.
    Words,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 11] = [
        Kind::Number,
        Kind::Expression,
        Kind::Equation,
        Kind::Inequality,
        Kind::List,
        Kind::OrderedList,
        Kind::Point,
        Kind::Interval,
        Kind::Ratio,
        Kind::Matrix,
        Kind::Words,
    ];

    /// Proposes a kind for a key as written, plain or LaTeX. Used by importers; a person may overrule it.
    pub fn guess(key: &str) -> Kind {
        crate::guess::guess(key)
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Expression => "expression",
            Kind::Equation => "equation",
            Kind::Inequality => "inequality",
            Kind::List => "list",
            Kind::OrderedList => "ordered_list",
            Kind::Point => "point",
            Kind::Interval => "interval",
            Kind::Ratio => "ratio",
            Kind::Matrix => "matrix",
            Kind::Words => "words",
        }
    }
}

/// A name that is no kind, or no form, of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(pub String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown name `{}`", self.0)
    }
}

impl std::error::Error for UnknownName {}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Kind, UnknownName> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| UnknownName(name.to_owned()))
    }
}
