//! Wrong ways with sums: signs, left-out terms, brackets with a factor or a minus before them.

use super::{
    Mistake::{self, *},
    make::{flipped, group, minus, plus, power, product, small, terms, times},
    question::is_number,
};
use crate::tree::{Node, Sign, Step};

/// What the wrong ways make of this very place.
pub(super) fn rules(node: &Node, found: &mut Vec<(Mistake, Node)>) {
    match node {
        Node::Sum(all) => {
            signs(all, found);
            minus_before_brackets(all, found);
            left_to_right(all, found);
        }
        Node::Product(factors) => {
            distribution(factors, found);
        }
        Node::Power(base, exponent) => square_of_sum(base, exponent, found),
        _ => {}
    }
}

/// What stands under a square root.
fn under_root(node: &Node) -> Option<Node> {
    match node.bare() {
        Node::Root(None, inner) => Some(group((**inner).clone())),
        _ => None,
    }
}

fn signs(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    if let [(Sign::Minus, only)] = all {
        found.push((SignInside, only.clone()));
        return;
    }
    for at in 0..all.len() {
        let mut changed = all.to_vec();
        changed[at].0 = flipped(changed[at].0);
        found.push((SignInside, Node::Sum(changed)));
        let mut shorter = all.to_vec();
        shorter.remove(at);
        // One number of the question is no step on the way.
        let bare = matches!(shorter.as_slice(), [(_, only)] if is_number(only));
        found.push((if bare { NumberLeftOut } else { TermMissing }, Node::Sum(shorter)));
    }
    if let Some(inside) = all.iter().map(|(sign, term)| under_root(term).map(|inner| (*sign, inner))).collect() {
        found.push((RootOfSum, Node::Root(None, Box::new(group(Node::Sum(inside))))));
    }
    if let [(a, x), (b, y)] = all {
        found.push((OrderOfTerms, Node::Sum(vec![(*b, x.clone()), (*a, y.clone())])));
        let signed = |sign: Sign, node: &Node| if sign == Sign::Minus { node.negated() } else { node.clone() };
        let product = times(signed(*a, x), y.clone());
        found.push((Operation, if *b == Sign::Minus { product.negated() } else { product }));
    }
}

/// `a - (b + c)` as `a - b + c`, and `a - k(b + c)` as `a - kb + kc`.
fn minus_before_brackets(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    for (at, (sign, term)) in all.iter().enumerate() {
        if *sign != Sign::Minus {
            continue;
        }
        let (factor, inner) = match term.bare() {
            Node::Product(factors) => match factors.as_slice() {
                [(_, factor), (Step::Times | Step::Implicit, inner)] => (Some(factor), inner),
                _ => continue,
            },
            // The line of a fraction holds its top together as brackets do.
            Node::Fraction(top, bottom) => {
                if let Some(inner) = terms(top) {
                    let mut changed = all.to_vec();
                    let mut over = inner.to_vec();
                    for (sign, _) in &mut over[1..] {
                        *sign = flipped(*sign);
                    }
                    changed[at].1 = Node::Fraction(Box::new(Node::Sum(over)), bottom.clone());
                    found.push((MinusBeforeBrackets, Node::Sum(changed)));
                }
                continue;
            }
            bare => (None, bare),
        };
        let Some(inner) = terms(inner) else { continue };
        let scaled = |node: &Node| factor.map_or_else(|| node.clone(), |factor| times(factor.clone(), node.clone()));
        let mut changed = all[..at].to_vec();
        changed.push((flipped(inner[0].0), scaled(&inner[0].1)));
        changed.extend(inner[1..].iter().map(|(sign, node)| (*sign, scaled(node))));
        changed.extend_from_slice(&all[at + 1..]);
        found.push((MinusBeforeBrackets, Node::Sum(changed)));
        if factor.is_some() {
            // The factor and its minus reach the first term only.
            let mut changed = all[..at].to_vec();
            changed.push((flipped(inner[0].0), scaled(&inner[0].1)));
            changed.extend_from_slice(&inner[1..]);
            changed.extend_from_slice(&all[at + 1..]);
            found.push((FirstTermOnly, Node::Sum(changed)));
        }
    }
}

/// `2 + 3x` as `(2 + 3)x`, and `7x - 4` as `7(x - 4)`.
fn left_to_right(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    for at in 0..all.len() {
        let Node::Product(factors) = &all[at].1 else { continue };
        if at > 0 {
            let mut before = all[..at].to_vec();
            before.push((all[at].0, factors[0].1.clone()));
            let mut changed = factors.clone();
            changed[0].1 = group(Node::Sum(before));
            let mut rest = vec![(Sign::Plus, Node::Product(changed))];
            rest.extend_from_slice(&all[at + 1..]);
            found.push((OrderOfOperations, Node::Sum(rest)));
        }
        // `7x - 4` is not taken for `7(x - 4)`: a number and its letter are read as one.
        if at + 1 < all.len() && factors.iter().all(|(_, factor)| factor.is_closed()) {
            let last = factors.len() - 1;
            let mut changed = factors.clone();
            let after = vec![(Sign::Plus, factors[last].1.clone()), all[at + 1].clone()];
            changed[last].1 = group(Node::Sum(after));
            let mut rest = all[..at].to_vec();
            rest.push((all[at].0, Node::Product(changed)));
            rest.extend_from_slice(&all[at + 2..]);
            found.push((OrderOfOperations, Node::Sum(rest)));
        }
    }
}

/// `a(b + c)` as `ab + c`, and `(a + b)(c + d)` as `ac + bd`.
fn distribution(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    if factors.iter().any(|(step, _)| *step == Step::Over) {
        return;
    }
    for (at, (_, factor)) in factors.iter().enumerate() {
        let Some(inner) = terms(factor) else { continue };
        let mut others = factors.to_vec();
        others.remove(at);
        let others = product(others);
        let mut changed = inner.to_vec();
        changed[0].1 = times(others, changed[0].1.clone());
        found.push((FirstTermOnly, group(Node::Sum(changed))));
    }
    if let [(_, left), (_, right)] = factors
        && let (Some([(s, a), (t, b)]), Some([(u, c), (v, d)])) = (terms(left), terms(right))
    {
        let sign = |x: Sign, y: Sign| if x == y { Sign::Plus } else { Sign::Minus };
        let ends = [(sign(*s, *u), times(a.clone(), c.clone())), (sign(*t, *v), times(b.clone(), d.clone()))];
        found.push((FirstAndLastOnly, group(Node::Sum(ends.to_vec()))));
    }
    if let [(_, left), (_, right)] = factors
        && let (Some(first), Some(second)) = (terms(left), terms(right))
        && first.len() * second.len() <= 9
    {
        one_product_missing(first, second, found);
    }
    if let [(_, a), (_, b)] = factors {
        for (zero, other) in [(a, b), (b, a)] {
            if small(zero) == Some(0) {
                found.push((TimesZero, group(other.clone())));
            }
        }
        let adding = if a.bare() == b.bare() { AddedFactors } else { Operation };
        found.push((adding, group(plus(a.clone(), b.clone()))));
        // A number and its letter are read as one: `5x` is not taken for `5/x`.
        if factors[1].0 == Step::Times || a.is_closed() == b.is_closed() {
            found.push((Operation, group(minus(a.clone(), b.clone()))));
            found.push((Operation, Node::Fraction(Box::new(a.clone()), Box::new(b.clone()))));
        }
    }
}

/// Every term times every term, but for one product.
fn one_product_missing(first: &[(Sign, Node)], second: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    let sign = |x: Sign, y: Sign| if x == y { Sign::Plus } else { Sign::Minus };
    let pairs =
        first.iter().flat_map(|(s, a)| second.iter().map(move |(t, b)| (sign(*s, *t), times(a.clone(), b.clone()))));
    let all: Vec<(Sign, Node)> = pairs.collect();
    for at in 0..all.len() {
        let mut fewer = all.clone();
        fewer.remove(at);
        found.push((FirstAndLastOnly, group(Node::Sum(fewer))));
    }
}

/// `(a + b)^2` as `a^2 + b^2`.
fn square_of_sum(base: &Node, exponent: &Node, found: &mut Vec<(Mistake, Node)>) {
    let Some(all) = terms(base) else { return };
    let each = |(sign, term): &(Sign, Node)| (*sign, power(term.clone(), exponent.clone()));
    found.push((SquareOfSum, group(Node::Sum(all.iter().map(each).collect()))));
    let plain = |(_, term): &(Sign, Node)| (Sign::Plus, power(term.clone(), exponent.clone()));
    found.push((SquareOfSum, group(Node::Sum(all.iter().map(plain).collect()))));
}
