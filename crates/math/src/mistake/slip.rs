//! Slips of arithmetic: nearly the right digits.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{
    Asked,
    Mistake::{self, *},
};
use crate::{Rational, tree::Node, value::exact};

/// Places after the point that are looked at.
const PLACES_MAX: u32 = 6;

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    if key.is_zero() || given.is_zero() || key.is_negative() != given.is_negative() {
        return;
    }
    let slipped = match (digits(&key, &given), key.is_integer()) {
        (Some([a, b]), _) => near(a, b, key.is_integer() && given.is_integer()),
        (None, false) => {
            let part = |value: &BigInt| value.abs().to_i64();
            let [a, b, c, d] = [key.numer(), key.denom(), given.numer(), given.denom()].map(part);
            let near = |a: Option<i64>, b: Option<i64>| a.zip(b).is_some_and(|(a, b)| near(a, b, true));
            (a == c && near(b, d)) || (b == d && near(a, c))
        }
        _ => false,
    };
    // Counting on from a small number ends one too early or too late.
    let counted = asked.formulas.iter().any(|formula| formula.is_closed() && matches!(formula.bare(), Node::Sum(_)))
        && key.is_integer()
        && given.is_integer()
        && key.abs() >= Rational::from_integer(3.into())
        && (&key - &given).abs().is_one();
    // A small number is near to many, so a story's has to be large.
    let worked = asked.formulas.iter().any(|formula| !formula.is_closed() || formula.size() > 3)
        || asked.formulas.iter().any(|formula| formula.any(&|node| matches!(node, Node::Root(..))));
    let ten = Rational::from_integer(10.into());
    let beside = worked
        && key.is_integer()
        && given.is_integer()
        && key.abs() >= ten
        && (&key - &given).abs() <= Rational::from_integer(2.into());
    if slipped || counted || beside {
        found.push(Arithmetic);
    }
}

/// Both as whole numbers of the smallest place that either has.
fn digits(key: &Rational, given: &Rational) -> Option<[i64; 2]> {
    let ten = BigInt::from(10);
    (0..=PLACES_MAX).map(|places| Rational::from_integer(ten.pow(places))).find_map(|scale| {
        let [a, b] = [key.abs() * &scale, given.abs() * &scale];
        (a.is_integer() && b.is_integer()).then_some(())?;
        Some([a.to_integer().to_i64()?, b.to_integer().to_i64()?])
    })
}

/// A carry or one or two units off, the digits of a longer number but for one, or two digits exchanged.
fn near(a: i64, b: i64, whole: bool) -> bool {
    let apart = (a - b).abs();
    if a < 12 || b < 10 || apart == 0 {
        return false;
    }
    let [x, y] = [a, b].map(|value| value.to_string().into_bytes());
    let differing: Vec<usize> = (0..x.len().min(y.len())).filter(|at| x[*at] != y[*at]).collect();
    let same_length = x.len() == y.len();
    let one_digit = same_length && x.len() >= 3 && differing.len() == 1;
    let exchanged = same_length && matches!(differing.as_slice(), [m, n] if x[*m] == y[*n] && x[*n] == y[*m]);
    // The point may hide that a number is short: 3.6 and 4.6 are not close.
    let carried = apart == 10 && a >= 20 && (whole || x.len() >= 3);
    (apart <= 2 && a >= 20) || carried || one_digit || exchanged
}
