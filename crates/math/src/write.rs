//! Numbers and trees as text.

mod latex;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

pub use latex::latex;

use crate::{DecimalMark, Rational, value::exact};

/// The number as a fraction, or plain where it is whole: `3/4`, `-2`. The mark is for numbers written as decimals only.
pub fn plain(r: &Rational, _decimal: DecimalMark) -> String {
    if r.is_integer() { r.numer().to_string() } else { format!("{}/{}", r.numer(), r.denom()) }
}

/// The number with so many digits after the mark, halves rounded away from zero.
pub fn decimal(r: &Rational, places: u8, mark: DecimalMark) -> String {
    let places = usize::from(places);
    let rounded = exact::round(r, places as u32);
    let scaled = (&rounded * Rational::from_integer(BigInt::from(10).pow(places as u32))).to_integer();
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if scaled.is_negative() && !scaled.is_zero() { "-" } else { "" };
    let mark = match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{mark}{part}") }
}
