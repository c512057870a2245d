//! Forms of single numbers.

use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::{
    Rational,
    tree::{Node, Step},
};

pub(super) fn has_places(node: &Node, places: u8) -> bool {
    let bare = match node.sign_split().1 {
        Node::Percent(inner) => inner.bare(),
        bare => bare,
    };
    matches!(bare, Node::Number(number) if number.places.unwrap_or(0) == u32::from(places))
}

pub(super) fn scientific(node: &Node) -> bool {
    let Node::Product(factors) = node.sign_split().1 else { return false };
    let [(_, front), (Step::Times, power)] = &factors[..] else { return false };
    let (Node::Number(front), Node::Power(base, exponent)) = (front.sign_split().1, power.bare()) else { return false };
    let ten = Rational::from_integer(10.into());
    front.value >= Rational::one() && front.value < ten && base.as_whole() == Some(ten) && exponent.as_whole().is_some()
}

/// Top and bottom of a fraction of whole numbers, with their signs taken off.
pub(super) fn whole_fraction(node: &Node) -> Option<(Rational, Rational)> {
    let (top, bottom) = match node.sign_split().1 {
        Node::Fraction(top, bottom) => (&**top, &**bottom),
        Node::Product(factors) => match &factors[..] {
            [(_, top), (Step::Over, bottom)] => (top, bottom),
            _ => return None,
        },
        _ => return None,
    };
    Some((top.as_whole()?.abs(), bottom.as_whole()?.abs()))
}

pub(super) fn mixed(node: &Node) -> bool {
    if node.as_whole().is_some() {
        return true;
    }
    match node.sign_split().1 {
        Node::Mixed(_, top, bottom) => top.value < bottom.value,
        _ => whole_fraction(node).is_some_and(|(top, bottom)| top < bottom),
    }
}

pub(super) fn single_fraction(node: &Node) -> bool {
    node.as_whole().is_some() || whole_fraction(node).is_some_and(|(_, bottom)| !bottom.is_zero())
}

pub(super) fn coprime(a: &Rational, b: &Rational) -> bool {
    a.numer().gcd(b.numer()).is_one()
}

pub(super) fn reduced_ratio(terms: &[Node]) -> bool {
    let whole: Option<Vec<Rational>> = terms.iter().map(Node::as_whole).collect();
    whole.is_some_and(|terms| terms.iter().fold(num_bigint::BigInt::zero(), |gcd, term| gcd.gcd(term.numer())).is_one())
}
