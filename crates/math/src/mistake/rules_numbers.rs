//! Wrong ways with numbers in a row: points that do not stand under each other, the sign of a product, a factor left out,
//! squares taken together.

use num_traits::Signed;

use super::{
    Mistake::{self, *},
    make::{coefficient, group, minus, number, plus, power, small, times},
};
use crate::{
    Rational,
    tree::{Node, Sign, Step},
    value::exact,
};

/// Places after the point of decimals that are lined up.
const PLACES_MAX: u32 = 6;

/// What the wrong ways make of this very place.
pub(super) fn rules(node: &Node, found: &mut Vec<(Mistake, Node)>) {
    match node {
        Node::Sum(all) => {
            decimal_places(all, found);
            difference_of_squares(all, found);
        }
        Node::Product(factors) => {
            sign_of_product(factors, found);
            left_out(factors, found);
        }
        _ => {}
    }
}

/// Decimals set under each other at their last digits: `0.5 + 0.12` as `0.05 + 0.12`; or their parts after the point
/// added as whole numbers.
fn decimal_places(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    let [(s, a), (t, b)] = all else { return };
    let ((m, x), (n, y)) = (a.sign_split(), b.sign_split());
    let (Node::Number(x), Node::Number(y)) = (x, y) else { return };
    let (p, q) = (x.places.unwrap_or(0), y.places.unwrap_or(0));
    if p == q || p.max(q) > PLACES_MAX {
        return;
    }
    let ten = |places: u32| Rational::from_integer(num_bigint::BigInt::from(10).pow(places));
    let sum = |x: Rational, y: Rational| {
        let signed = |minus: bool, value: Rational| number(if minus { -value } else { value });
        Node::Sum(vec![(*s, signed(m, x)), (*t, signed(n, y))])
    };
    let most = p.max(q);
    found.push((DecimalPlaces, sum(&x.value * ten(p) / ten(most), &y.value * ten(q) / ten(most))));
    let least = p.min(q);
    found.push((DecimalPlaces, sum(&x.value * ten(p) / ten(least), &y.value * ten(q) / ten(least))));
    let after = |value: &Rational, places: u32| value.trunc() + value.fract() * ten(places) / ten(most);
    found.push((DecimalPlaces, sum(after(&x.value, p), after(&y.value, q))));
}

/// A product of numbers, some of them negative, with the other sign.
fn sign_of_product(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    let negative = |node: &Node| exact::closed(node).is_some_and(|value| value.is_negative());
    let plain = factors.iter().all(|(step, factor)| *step != Step::Over && factor.is_closed());
    if factors.len() >= 2 && plain && factors.iter().any(|(_, factor)| negative(factor)) {
        found.push((SignOfProduct, group(Node::Product(factors.to_vec()).negated())));
    }
}

/// A factor not used.
fn left_out(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    if factors.len() < 3 || factors.iter().any(|(step, _)| *step == Step::Over) {
        return;
    }
    for at in 0..factors.len() {
        let mut fewer = factors.to_vec();
        fewer.remove(at);
        let lost = match &factors[at].1 {
            factor if !factor.is_closed() => FactorUnused,
            _ if at + 1 == factors.len() => Unfinished,
            _ => NumberLeftOut,
        };
        found.push((lost, group(Node::Product(fewer))));
    }
}

/// `a² - b²` as `(a - b)²`.
fn difference_of_squares(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    let [(Sign::Plus, a), (t, b)] = all else { return };
    if all.iter().all(|(_, term)| term.is_closed()) {
        return;
    }
    let (Some(x), Some(y)) = (side_of_square(a), side_of_square(b)) else { return };
    let mut tell = |inner: Node| found.push((DifferenceOfSquares, power(inner, Node::whole(2))));
    match t {
        Sign::Minus => {
            tell(minus(x.clone(), y.clone()));
            tell(plus(x, y));
        }
        Sign::Plus => found.push((SquareOfSum, power(plus(x, y), Node::whole(2)))),
        _ => {}
    }
}

/// `5y` for `25y²`, 3 for 9.
fn side_of_square(node: &Node) -> Option<Node> {
    let (number_before, rest) = coefficient(node);
    let whole = number_before.is_integer().then(|| number_before.to_integer()).filter(|value| value.is_positive())?;
    let side = whole.sqrt();
    (&side * &side == whole).then_some(())?;
    let side = number(Rational::from_integer(side));
    match rest.bare() {
        Node::Number(_) => Some(side),
        Node::Power(base, exponent) if small(exponent).is_some_and(|value| value > 0 && value % 2 == 0) => {
            Some(times(side, power((**base).clone(), Node::whole(small(exponent)? / 2))))
        }
        _ => None,
    }
}
