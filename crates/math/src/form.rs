//! Whether an answer of the right value also has the form asked for. Forms look at the tree as written.

mod algebra;
mod number;
mod radical;
mod split;
mod unfinished;

pub use unfinished::{Unfinished, unfinished};

use std::{fmt, str::FromStr};

use crate::{Math, UnknownName, tree::Node};

/// The form an item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Written like the key, up to the order of terms and factors.
    AsGiven,
    /// Every fraction reduced; ratios too. A whole number or a mixed number with a reduced fraction will do.
    LowestTerms,
    /// No root in a denominator, no fraction or perfect power under a root, like roots collected.
    SimplifiedRadical,
    /// Split as far as the key is; where the key is written out, as far as whole numbers go.
    Factored,
    /// Multiplied out, like terms collected.
    Expanded,
    /// A decimal with exactly so many digits after the mark.
    DecimalPlaces(u8),
    /// `a × 10^n` with one digit other than zero before the mark.
    Scientific,
    /// A mixed number, or what needs none: a whole number or a proper fraction.
    MixedNumber,
    /// A single fraction, or a whole number.
    ImproperFraction,
    /// Written with a percent sign.
    Percent,
}

const NAMES: [(&str, Form); 9] = [
    ("as_given", Form::AsGiven),
    ("lowest_terms", Form::LowestTerms),
    ("simplified_radical", Form::SimplifiedRadical),
    ("factored", Form::Factored),
    ("expanded", Form::Expanded),
    ("scientific", Form::Scientific),
    ("mixed_number", Form::MixedNumber),
    ("improper_fraction", Form::ImproperFraction),
    ("percent", Form::Percent),
];

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::DecimalPlaces(places) => write!(f, "decimal_places:{places}"),
            form => f.write_str(NAMES.iter().find(|(_, other)| other == form).map_or("as_given", |(name, _)| name)),
        }
    }
}

impl FromStr for Form {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Form, UnknownName> {
        let unknown = || UnknownName(name.to_owned());
        if let Some(places) = name.strip_prefix("decimal_places:") {
            return places.parse().map(Form::DecimalPlaces).map_err(|_| unknown());
        }
        NAMES.iter().find(|(other, _)| *other == name).map(|(_, form)| *form).ok_or_else(unknown)
    }
}

/// Whether the given answer has the form. Its value is not looked at: `same` does that.
pub fn form_ok(given: &Math, expected: &Math, form: Form) -> bool {
    let parts = single_values(&given.node);
    let keys = single_values(&expected.node);
    let key = |at: usize| keys.get(at).copied().unwrap_or(&expected.node);
    match form {
        Form::AsGiven => algebra::shape(&given.node) == algebra::shape(&expected.node),
        Form::LowestTerms => match given.node.bare() {
            Node::Ratio(terms) => number::reduced_ratio(terms),
            _ => parts.iter().all(|part| algebra::lowest_terms(part)),
        },
        Form::SimplifiedRadical => parts.iter().all(|part| radical::simplified(part)),
        Form::Factored => parts.iter().enumerate().all(|(at, part)| algebra::factored(part, key(at))),
        Form::Expanded => parts.iter().all(|part| algebra::expanded(part)),
        Form::DecimalPlaces(places) => parts.iter().all(|part| number::has_places(part, places)),
        Form::Scientific => parts.iter().all(|part| number::scientific(part)),
        Form::MixedNumber => parts.iter().all(|part| number::mixed(part)),
        Form::ImproperFraction => parts.iter().all(|part| number::single_fraction(part)),
        Form::Percent => parts.iter().all(|part| matches!(part.sign_split().1, Node::Percent(_))),
    }
}

/// The values an answer consists of: the sides of relations but for a lone letter, the members of lists, the ends of
/// intervals.
fn single_values(node: &Node) -> Vec<&Node> {
    if let Some(value) = node.right_side() {
        return vec![value];
    }
    match node.bare() {
        bare @ (Node::Relation(..)
        | Node::And(_)
        | Node::Or(_)
        | Node::List(_)
        | Node::Set(_)
        | Node::Tuple(_)
        | Node::Union(_)
        | Node::Ratio(_)
        | Node::Interval(_)
        | Node::Matrix(_)) => bare.children().into_iter().flat_map(single_values).collect(),
        bare => vec![bare],
    }
}
