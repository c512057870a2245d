//! Wrong ways with fractions.

use num_traits::{One, Zero};

use super::{
    Mistake::{self, *},
    make::{coefficient, fraction, group, minus, number, over, plus, small, terms, times},
};
use crate::{
    Rational,
    tree::{Node, Sign, Step},
};

/// What the wrong ways make of this very place.
pub(super) fn rules(node: &Node, found: &mut Vec<(Mistake, Node)>) {
    if let Node::Mixed(whole, top, bottom) = node {
        let [w, n, d] = [whole, top, bottom].map(|part| Node::Number(part.clone()));
        for wrong in [
            times(w.clone(), over(n.clone(), d.clone())),
            over(plus(w.clone(), n.clone()), d.clone()),
            over(plus(times(w.clone(), n.clone()), d.clone()), d.clone()),
            over(n.clone(), d.clone()),
            w,
        ] {
            found.push((MixedNumber, group(wrong)));
        }
    }
    if let Node::Sum(all) = node {
        sum(all, found);
    }
    if matches!(node, Node::Fraction(..) | Node::Product(_))
        && let Some((top, bottom)) = fraction(node)
    {
        quotient(&top, &bottom, found);
        cancelled(&top, &bottom, found);
    }
    if let Node::Product(factors) = node {
        product_as_sum(factors, found);
        // `a / b * c` with everything after the slash below it.
        if let Some(at) = factors.iter().position(|(step, _)| *step == Step::Over)
            && at + 1 < factors.len()
        {
            let top = Node::Product(factors[..at].to_vec());
            let mut below = factors[at..].to_vec();
            below[0].0 = Step::Times;
            found.push((OrderOfOperations, group(over(top, Node::Product(below)))));
        }
    }
}

/// What stands in both sums, crossed out: `(x + 2)/(x + 3)` as `2/3`, or with ones in its place.
fn cancelled(top: &Node, bottom: &Node, found: &mut Vec<(Mistake, Node)>) {
    let split = |node: &Node| terms(node).map_or_else(|| vec![(Sign::Plus, node.clone())], <[_]>::to_vec);
    let (above, below) = (split(top), split(bottom));
    if above.len() + below.len() < 3 {
        return;
    }
    for (at, (_, one)) in above.iter().enumerate() {
        for (place, (_, other)) in below.iter().enumerate() {
            let ((m, rest), (n, same)) = (coefficient(one), coefficient(other));
            let numbers = one.is_closed() && one.bare() == other.bare();
            if !numbers && (one.is_closed() || rest.bare() != same.bare()) {
                continue;
            }
            let [m, n] = if numbers { [Rational::one(), Rational::one()] } else { [m, n] };
            let out = |all: &[(Sign, Node)], at: usize| {
                let mut rest = all.to_vec();
                rest.remove(at);
                if rest.is_empty() { Node::whole(1) } else { group(Node::Sum(rest)) }
            };
            let left = |all: &[(Sign, Node)], at: usize, value: &Rational| {
                let mut rest = all.to_vec();
                rest[at].1 = number(value.clone());
                group(Node::Sum(rest))
            };
            found.push((CancelledTerm, over(out(&above, at), out(&below, place))));
            found.push((CancelledTerm, over(left(&above, at, &m), left(&below, place, &n))));
            found.push((CancelledTerm, over(left(&above, at, &m), out(&below, place))));
        }
    }
}

/// `a/b + c/d` as `(a + c)/(b + d)`, or with one of the bottoms kept.
fn sum(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    if let Some((rest, numbers)) = with_one_rest(all) {
        let mut inner = Vec::new();
        sum(&numbers, &mut inner);
        found.extend(inner.into_iter().map(|(mistake, tree)| (mistake, group(times(tree, rest.clone())))));
        return;
    }
    let parts: Vec<(Sign, Node, Node, bool)> = all
        .iter()
        .map(|(sign, term)| match fraction(term) {
            Some((top, bottom)) => (*sign, top, bottom, true),
            None => (*sign, term.clone(), Node::whole(1), false),
        })
        .collect();
    if all.len() < 2 || !parts.iter().any(|part| part.3) {
        return;
    }
    let tops = group(Node::Sum(parts.iter().map(|(sign, top, ..)| (*sign, group(top.clone()))).collect()));
    let whole = parts.iter().all(|part| part.3);
    if whole {
        let added = parts.iter().map(|(_, _, bottom, _)| (Sign::Plus, group(bottom.clone()))).collect();
        found.push((TopsAndBottoms, group(over(tops.clone(), Node::Sum(added)))));
        let signed = parts.iter().map(|(sign, _, bottom, _)| (*sign, group(bottom.clone()))).collect();
        found.push((TopsAndBottoms, group(over(tops.clone(), Node::Sum(signed)))));
    }
    let bottoms: Vec<&Node> = parts.iter().filter(|part| part.3).map(|(_, _, bottom, _)| bottom).collect();
    if whole && bottoms.windows(2).all(|pair| pair[0].bare() == pair[1].bare()) {
        found.push((LostDenominator, tops));
        let product = parts.iter().fold(Node::whole(1), |product, (_, top, ..)| times(product, top.clone()));
        found.push((Operation, group(over(product, (*bottoms[0]).clone()))));
        return;
    }
    let together = if whole { NoCommonDenominator } else { TermOnTop };
    for bottom in &bottoms {
        found.push((together, group(over(tops.clone(), (*bottom).clone()))));
    }
    if !whole {
        return;
    }
    if let Some(common) = bottoms.iter().try_fold(1, |common, bottom| {
        Some(num_integer::lcm(common, small(bottom).filter(|value| (1..10_000).contains(value))?))
            .filter(|all| *all < 1_000_000)
    }) {
        found.push((NoCommonDenominator, group(over(tops.clone(), Node::whole(common)))));
    }
    if let [a, b] = bottoms.as_slice() {
        found.push((NoCommonDenominator, group(over(tops, times((*a).clone(), (*b).clone())))));
    }
}

/// `1/2 x + 3/4 x`: what stands behind every fraction alike, and the fractions.
fn with_one_rest(all: &[(Sign, Node)]) -> Option<(Node, Vec<(Sign, Node)>)> {
    let mut rest: Option<Node> = None;
    let mut numbers = Vec::new();
    for (sign, term) in all {
        let Node::Product(factors) = term.bare() else { return None };
        let [(_, first), (Step::Times | Step::Implicit, other)] = factors.as_slice() else { return None };
        fraction(first).filter(|_| first.is_closed() && !other.is_closed())?;
        if rest.get_or_insert_with(|| other.clone()) != other {
            return None;
        }
        numbers.push((*sign, first.clone()));
    }
    Some((rest?, numbers))
}

/// Fractions multiplied as if they were added: `a/b · c/d` as `(a + c)/(b + d)`.
fn product_as_sum(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    let [(_, first), (Step::Times | Step::Implicit, second)] = factors else { return };
    let (negative, first) = first.sign_split();
    let (Some((a, b)), Some((c, d))) = (fraction(first), fraction(second)) else { return };
    let signed = |node: Node| group(if negative { node.negated() } else { node });
    found.push((Operation, signed(over(plus(a.clone(), c.clone()), plus(b.clone(), d.clone())))));
    found.push((UpsideDown, signed(over(times(a.clone(), d.clone()), times(b.clone(), c.clone())))));
    if b.bare() == d.bare() {
        found.push((Operation, signed(over(times(a, c), b))));
    }
}

fn quotient(top: &Node, bottom: &Node, found: &mut Vec<(Mistake, Node)>) {
    let broken = bottom.any(&|node| matches!(node, Node::Fraction(..))) || fraction(bottom).is_some();
    // Powers of letters divided are `of_quotient`'s.
    if broken || top.is_closed() || bottom.is_closed() {
        found.push((if broken { DidNotInvert } else { Operation }, group(times(top.clone(), bottom.clone()))));
    }
    found.push((UpsideDown, group(over(bottom.clone(), top.clone()))));
    found.push((LostDenominator, group(top.clone())));
    found.push((Operation, group(minus(top.clone(), bottom.clone()))));
    if small(top) == Some(0) {
        found.push((ZeroOnTop, bottom.clone()));
    }
    if let Some((above, below)) = fraction(top).filter(|_| broken) {
        // Both turned over, or the first instead of the second.
        if let Some((c, d)) = fraction(bottom) {
            found.push((DidNotInvert, group(over(times(below, c), times(above, d)))));
        }
    }
    if let Some(all) = terms(top) {
        divided_in_part(all, bottom, found);
    }
    if let Some(all) = terms(bottom).filter(|_| !bottom.is_closed()) {
        let each = |(sign, term): &(Sign, Node)| (*sign, group(over(top.clone(), term.clone())));
        found.push((SplitDenominator, group(Node::Sum(all.iter().map(each).collect()))));
        found.push((SplitDenominator, group(plus(over(top.clone(), all[0].1.clone()), Node::Sum(all[1..].to_vec())))));
    }
}

/// `(a + b)/c` as `a/c + b`, or with a common factor taken from one term and the bottom.
fn divided_in_part(all: &[(Sign, Node)], bottom: &Node, found: &mut Vec<(Mistake, Node)>) {
    // Nothing over a number is nothing, divided or not.
    if all.iter().any(|(_, term)| small(term) == Some(0)) || small(bottom).is_some_and(|value| value.abs() == 1) {
        return;
    }
    for at in 0..all.len() {
        let mut changed = all.to_vec();
        changed[at].1 = group(over(changed[at].1.clone(), bottom.clone()));
        found.push((DividedInPart, group(Node::Sum(changed))));
        let (Some(a), Some(b)) = (small(&all[at].1), small(bottom)) else { continue };
        if a == 0 {
            continue;
        }
        let common = num_integer::gcd(a, b);
        if common.is_zero() || common.is_one() {
            continue;
        }
        for common in (2..=common.abs().min(100)).filter(|one| common % one == 0) {
            let part = |value: i64| number(crate::Rational::from_integer((value / common).into()));
            let mut changed = all.to_vec();
            changed[at].1 = part(a);
            found.push((DividedInPart, group(over(Node::Sum(changed), part(b)))));
        }
    }
}
