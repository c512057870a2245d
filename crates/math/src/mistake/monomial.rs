//! Numbers times powers of letters, above and below the line: whether the number or the exponents are what differs.

use std::collections::BTreeMap;

use num_traits::{One, Signed, Zero};

use super::{
    Mistake::{self, *},
    make::small,
};
use crate::{
    Rational,
    poly::Poly,
    tree::{Node, Sign, Step},
    value::exact,
};

pub(super) fn look(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    // What has no letters below the line is `shape`'s.
    if Poly::of(key).is_some() && Poly::of(given).is_some() {
        return;
    }
    let (Some((c, powers)), Some((d, others))) = (monomial(key), monomial(given)) else { return };
    if powers.is_empty() || others.is_empty() {
        return;
    }
    let same_letters = powers.keys().eq(others.keys());
    let sizes = same_letters && powers.values().zip(others.values()).all(|(a, b)| a.abs() == b.abs());
    match (c == d, powers == others) {
        (true, true) | (false, false) if !(sizes && c == -&d) => {}
        (false, true) if c != -&d => found.push(Coefficient),
        // `2x` for `2/x` may be something else.
        (_, false) if sizes && powers.values().any(|power| power.abs() > 1) => found.push(NegativeExponent),
        (true, false) if same_letters => found.push(Exponents),
        (true, false) if others.keys().all(|letter| powers.contains_key(letter)) => found.push(LostLetter),
        _ => {}
    }
}

/// The number in front and the exponent of each letter; `None` where something else stands in it.
fn monomial(node: &Node) -> Option<(Rational, BTreeMap<String, i64>)> {
    if let Some(value) = exact::closed(node) {
        return Some((value, BTreeMap::new()));
    }
    match node.bare() {
        Node::Letter(name) => Some((Rational::one(), [(name.clone(), 1)].into())),
        Node::Sum(terms) => match terms.as_slice() {
            [(sign, only)] => {
                let (number, powers) = monomial(only)?;
                Some((if *sign == Sign::Minus { -number } else { number }, powers))
            }
            _ => None,
        },
        Node::Fraction(top, bottom) => times(monomial(top)?, monomial(bottom)?, -1),
        Node::Product(factors) => factors.iter().try_fold((Rational::one(), BTreeMap::new()), |all, (step, factor)| {
            times(all, monomial(factor)?, if *step == Step::Over { -1 } else { 1 })
        }),
        Node::Power(base, exponent) => {
            let exponent = small(exponent).filter(|exponent| (-60..=60).contains(exponent))?;
            let (number, powers) = monomial(base)?;
            if number.is_zero() {
                return None;
            }
            let powers = powers.into_iter().map(|(letter, power)| (letter, power * exponent));
            Some((number.pow(exponent as i32), powers.filter(|(_, power)| *power != 0).collect()))
        }
        _ => None,
    }
}

type Monomial = (Rational, BTreeMap<String, i64>);

/// One times the other, or over it.
fn times((number, mut powers): Monomial, (by, others): Monomial, direction: i64) -> Option<Monomial> {
    if direction < 0 && by.is_zero() {
        return None;
    }
    for (letter, power) in others {
        *powers.entry(letter).or_insert(0) += power * direction;
    }
    powers.retain(|_, power| *power != 0);
    Some((if direction < 0 { number / by } else { number * by }, powers))
}
