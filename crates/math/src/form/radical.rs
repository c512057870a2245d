//! Whether roots are written as simply as school asks.

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::{
    tree::{Node, Step},
    value::exact,
};

pub(super) fn simplified(node: &Node) -> bool {
    let bottoms_free = !node.any(&|node| match node {
        Node::Fraction(_, bottom) => has_root(bottom),
        Node::Product(factors) => factors.iter().any(|(step, factor)| *step == Step::Over && has_root(factor)),
        Node::Power(_, exponent) => has_root(node) && exponent.sign_split().0,
        _ => false,
    });
    bottoms_free && !node.any(&|node| bad_root(node) || products_of_roots(node) || like_terms(node) || reducible(node))
}

fn has_root(node: &Node) -> bool {
    node.any(&|node| match node {
        Node::Root(..) => true,
        Node::Power(_, exponent) => exact::closed(exponent).is_some_and(|value| !value.is_integer()),
        _ => false,
    })
}

/// A root that could be made simpler: of a fraction, a perfect power, a product with one inside, a root.
fn bad_root(node: &Node) -> bool {
    let (index, radicand) = match node {
        Node::Root(index, radicand) => (index.as_deref(), radicand.bare()),
        Node::Power(base, exponent) => {
            // A closed number to a fraction is a root in another dress.
            return base.is_closed() && exact::closed(exponent).is_some_and(|value| !value.is_integer());
        }
        _ => return false,
    };
    let Some(index) = index.map_or(Some(2), |index| exact::closed(index)?.to_integer().to_u32()) else { return true };
    if index < 2 {
        return true;
    }
    bad_radicand(radicand, index) || can_be_lowered(radicand, index)
}

/// `⁴√4` is `√2`: the number under the root is a power itself.
fn can_be_lowered(radicand: &Node, index: u32) -> bool {
    let Some(value) = exact::closed(radicand).filter(|value| value.is_integer() && !value.is_negative()) else {
        return false;
    };
    let is_power = |exponent: u32| value.numer().nth_root(exponent).pow(exponent) == *value.numer();
    (2..=index.min(64)).any(|exponent| index.is_multiple_of(exponent) && is_power(exponent))
}

fn bad_radicand(node: &Node, index: u32) -> bool {
    if has_root(node) && node.is_closed() {
        // Nested roots may be unavoidable, as in √(2+√3).
        return matches!(node, Node::Root(..));
    }
    if let Some(value) = exact::closed(node) {
        return !value.is_integer() || has_power(&value, index);
    }
    match node {
        Node::Product(factors) => {
            factors.iter().any(|(step, factor)| *step == Step::Over || bad_radicand(factor.bare(), index))
        }
        Node::Fraction(..) | Node::Root(..) => true,
        Node::Power(_, exponent) => exact::closed(exponent).is_none_or(|value| {
            !value.is_integer() || value.is_negative() || value >= crate::Rational::from_integer(index.into())
        }),
        _ => false,
    }
}

/// Whether a whole number other than 0 has a factor that is a perfect power; 0, 1 and -1 are no radicands at all.
fn has_power(value: &crate::Rational, index: u32) -> bool {
    let whole = value.numer().abs();
    if whole.is_zero() || whole.is_one() || (value.is_negative() && index % 2 == 1) {
        return true;
    }
    let Some(mut rest) = whole.to_u64() else { return false };
    let mut factor = 2_u64;
    while factor.saturating_mul(factor) <= rest && factor < 200_000 {
        let mut count = 0;
        while rest % factor == 0 {
            rest /= factor;
            count += 1;
        }
        if count >= index {
            return true;
        }
        factor += 1;
    }
    // Left over: a prime, or a square of a large one.
    let root = libm::round(libm::sqrt(rest as f64)) as u64;
    index == 2 && rest > 1 && root.checked_mul(root) == Some(rest)
}

/// `√2·√3` of one index should be one root.
fn products_of_roots(node: &Node) -> bool {
    let Node::Product(factors) = node else { return false };
    let mut indices: Vec<Option<&Node>> = factors
        .iter()
        .filter_map(|(_, factor)| match factor.bare() {
            Node::Root(index, _) => Some(index.as_deref()),
            _ => None,
        })
        .collect();
    let all = indices.len();
    indices.dedup_by(|a, b| a == b);
    indices.len() < all
}

/// `√2 + 3√2` should be collected.
fn like_terms(node: &Node) -> bool {
    let Node::Sum(terms) = node else { return false };
    let mut seen: Vec<String> = Vec::new();
    for (_, term) in terms {
        let roots = roots_of(term);
        if roots.is_empty() || !term.is_closed() {
            continue;
        }
        let roots = roots.join("*");
        if seen.contains(&roots) {
            return true;
        }
        seen.push(roots);
    }
    terms.iter().filter(|(_, term)| exact::closed(term).is_some()).count() > 1
}

fn roots_of(node: &Node) -> Vec<String> {
    match node {
        Node::Root(..) => vec![super::algebra::shape(node)],
        Node::Product(factors) => factors.iter().flat_map(|(_, factor)| roots_of(factor.bare())).collect(),
        Node::Fraction(top, _) => roots_of(top.bare()),
        Node::Group(inner) => roots_of(inner),
        Node::Sum(terms) if terms.len() == 1 => roots_of(&terms[0].1),
        _ => vec![],
    }
}

/// `(2√3)/4` and `(2+4√3)/6` share a factor above and below.
pub(super) fn reducible(node: &Node) -> bool {
    let Some((top, bottom)) = super::algebra::parts_of_fraction(node) else { return false };
    let Some(bottom) = bottom.as_whole() else { return false };
    let terms: Vec<&Node> = match top.bare() {
        Node::Sum(terms) => terms.iter().map(|(_, term)| term.bare()).collect(),
        other => vec![other],
    };
    let mut common = bottom.numer().abs();
    for term in terms {
        let front = match term {
            Node::Product(factors) => factors.iter().find_map(|(_, factor)| factor.as_whole()),
            other => other.as_whole(),
        };
        let Some(front) = front else { return bottom.numer().is_one() };
        common = num_integer::Integer::gcd(&common, front.numer());
    }
    !common.is_one() || bottom.numer().is_one()
}
