//! Scientific notation: `3.4 · 10^5` with another power of ten, or without the ten.

use super::{
    Mistake::{self, *},
    question::equal,
};
use crate::{
    Rational,
    tree::{Node, Step},
    value::exact,
};

pub(super) fn look(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let Some((number, exponent)) = parts(key) else { return };
    if let Some((other, power)) = parts(given) {
        if other == number && !equal(&exponent, &power) {
            found.push(PowerOfTen);
        }
        return;
    }
    let without = [
        Node::Power(Box::new(super::make::number(number.clone())), Box::new(exponent.clone())),
        super::make::times(super::make::number(number.clone()), exponent),
        super::make::number(number),
    ];
    if without.iter().any(|tree| equal(tree, given)) {
        found.push(PowerOfTenLost);
    }
}

/// The number before, and the exponent of ten.
fn parts(node: &Node) -> Option<(Rational, Node)> {
    let Node::Product(factors) = node.bare() else { return None };
    let [(_, number), (Step::Times | Step::Implicit, power)] = factors.as_slice() else { return None };
    let Node::Power(base, exponent) = power.bare() else { return None };
    let ten = Rational::from_integer(10.into());
    (exact::closed(base)? == ten).then_some(())?;
    Some((exact::closed(number)?, exponent.bare().clone()))
}
