//! stub
use crate::{Math, UnknownName};
/// stub
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Written like the key.
    AsGiven,
    /// Fractions reduced.
    LowestTerms,
    /// Radicals simplified.
    SimplifiedRadical,
    /// Factored completely.
    Factored,
    /// Multiplied out and collected.
    Expanded,
    /// A decimal with so many places.
    DecimalPlaces(u8),
    /// Scientific notation.
    Scientific,
    /// A mixed number.
    MixedNumber,
    /// An improper fraction.
    ImproperFraction,
    /// A percentage.
    Percent,
}
/// stub
pub fn form_ok(_given: &Math, _expected: &Math, _form: Form) -> bool {
    true
}
impl std::str::FromStr for Form {
    type Err = UnknownName;
    fn from_str(name: &str) -> Result<Form, UnknownName> {
        Err(UnknownName(name.into()))
    }
}
