//! Wrong ways with powers, roots and absolute values.

use num_traits::{One, Signed, Zero};

use super::{
    Mistake::{self, *},
    make::{base_and_exponent, coefficient, fraction, group, number, over, plus, power, root, small, terms, times},
};
use crate::{
    Rational,
    tree::{Node, Sign, Step},
    value::exact,
};

/// Longer sums are not looked at pair by pair.
const TERMS_MAX: usize = 6;

/// What the wrong ways make of this very place.
pub(super) fn rules(node: &Node, found: &mut Vec<(Mistake, Node)>) {
    match node {
        Node::Power(base, exponent) => of_power(base, exponent, found),
        Node::Product(factors) => of_product(factors, found),
        Node::Sum(all) => of_sum(all, found),
        Node::Absolute(inner) => {
            found.push((AbsoluteValue, group((**inner).clone())));
            found.push((AbsoluteValue, group(inner.negated())));
        }
        _ => {}
    }
    if matches!(node, Node::Fraction(..) | Node::Product(_))
        && let Some((top, bottom)) = fraction(node)
    {
        of_quotient(&top, &bottom, found);
    }
}

fn of_power(base: &Node, exponent: &Node, found: &mut Vec<(Mistake, Node)>) {
    if !exact::closed(exponent).is_some_and(|value| value.is_zero()) {
        found.push((BaseTimesExponent, group(times(base.clone(), exponent.clone()))));
    }
    if let Node::Power(inner, first) = base.bare() {
        let (a, b) = ((**first).clone(), exponent.clone());
        found.push((ExponentsOfPower, power((**inner).clone(), plus(a.clone(), b.clone()))));
        found.push((ExponentsOfPower, power((**inner).clone(), power(a, b))));
    }
    if let Node::Product(factors) = base.bare() {
        for at in 0..factors.len() {
            let mut changed = factors.clone();
            changed[at].1 = power(changed[at].1.clone(), exponent.clone());
            found.push((PowerOfPart, group(Node::Product(changed))));
        }
    }
    if let (true, inner) = base.sign_split() {
        found.push((SquareOfNegative, group(power(inner.clone(), exponent.clone()).negated())));
    }
    let Some(value) = exact::closed(exponent) else { return };
    if value.is_negative() {
        let positive = || number(-value.clone());
        let plain = power(base.clone(), positive());
        found.push((NegativeExponent, group(plain.negated())));
        found.push((NegativeExponent, group(over(Node::whole(1), plain.clone()).negated())));
        found.push((NegativeExponent, group(plain)));
        found.push((BaseTimesExponent, group(over(Node::whole(1), times(base.clone(), positive())))));
    }
    if value.is_zero() {
        found.push((ZeroExponent, Node::whole(0)));
        found.push((ZeroExponent, base.clone()));
    }
    if !value.is_integer() {
        let below = number(Rational::from_integer(value.denom().clone()));
        let above = number(Rational::from_integer(value.numer().clone()));
        for tree in [
            root(power(base.clone(), below.clone())),
            root(times(below.clone(), base.clone())),
            group(times(above.clone(), root(base.clone()))),
            power(base.clone(), below.clone()),
            group(over(Node::whole(1), power(base.clone(), below.clone()))),
            group(over(Node::whole(1), power(base.clone(), above.clone()))),
            group(over(power(base.clone(), above), below.clone())),
            group(times(base.clone(), exponent.clone())),
        ] {
            found.push((RootAndExponent, tree));
        }
        found.push((RootAndExponent, power(base.clone(), number(value.recip()))));
        found.push((RootAndExponent, group(over(base.clone(), number(Rational::from_integer(value.denom().clone()))))));
    }
}

/// Powers of one base, and roots, multiplied.
fn of_product(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    if factors.iter().any(|(step, _)| *step == Step::Over) {
        return;
    }
    for at in 1..factors.len() {
        let (a, m) = base_and_exponent(&factors[at - 1].1);
        let (b, n) = base_and_exponent(&factors[at].1);
        let with = |node: Node| {
            let mut changed = factors.to_vec();
            changed[at - 1].1 = node;
            changed.remove(at);
            group(Node::Product(changed))
        };
        if a == b {
            found.push((ExponentsOfProduct, with(power(a.clone(), times(m.clone(), n.clone())))));
            if exact::closed(&a).is_some() {
                found.push((ExponentsOfProduct, with(power(times(a.clone(), a), plus(m, n)))));
            }
        }
        let beside = small(&factors[at - 1].1).zip(small(&factors[at].1)).filter(|(a, b)| *a >= 0 && *b >= 0);
        if let (Step::Implicit, Some((a, b))) = (factors[at].0, beside)
            && let Ok(joined) = format!("{a}{b}").parse()
        {
            found.push((DigitsSideBySide, with(Node::whole(joined))));
        }
    }
    // `2 · 3²` as `(2 · 3)²`.
    if let [before @ .., (Step::Times | Step::Implicit, last)] = factors
        && let (Node::Power(base, exponent), false) = (last.bare(), before.is_empty())
        && before.iter().all(|(_, factor)| factor.is_closed())
    {
        let inner = before.iter().map(|(_, factor)| factor.clone()).chain([(**base).clone()]).collect::<Vec<_>>();
        found.push((OrderOfOperations, power(product_of(&inner), (**exponent).clone())));
    }
    powers_of_one_base(factors, found);
}

/// All powers of one base, wherever they stand, with their exponents multiplied.
fn powers_of_one_base(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    let powers: Vec<(Node, Node)> = factors.iter().map(|(_, factor)| base_and_exponent(factor)).collect();
    let bases: Vec<&Node> = powers.iter().map(|(base, _)| base).collect();
    for (at, base) in bases.iter().enumerate() {
        if bases[..at].contains(base) || !bases[at + 1..].contains(base) {
            continue;
        }
        let (same, others): (Vec<_>, Vec<_>) = powers.iter().zip(factors).partition(|((other, _), _)| other == *base);
        let exponents: Vec<Node> = same.into_iter().map(|((_, exponent), _)| exponent.clone()).collect();
        let mut changed: Vec<(Step, Node)> = vec![(Step::Times, power((*base).clone(), product_of(&exponents)))];
        changed.extend(others.into_iter().map(|(_, factor)| factor.clone()));
        found.push((ExponentsOfProduct, group(Node::Product(changed))));
    }
}

pub(super) fn product_of(nodes: &[Node]) -> Node {
    nodes.iter().cloned().fold(Node::whole(1), times)
}

/// Powers of one base divided.
fn of_quotient(top: &Node, bottom: &Node, found: &mut Vec<(Mistake, Node)>) {
    let ((c, above), (d, below)) = (coefficient(top), coefficient(bottom));
    let (closed_top, closed_bottom) = (exact::closed(top).is_some(), exact::closed(bottom).is_some());
    let plain = closed_top && closed_bottom;
    let (above, below) = if plain { (top.bare().clone(), bottom.bare().clone()) } else { (above, below) };
    let ((a, m), (b, n)) = (base_and_exponent(&above), base_and_exponent(&below));
    if a != b || a.bare() == &Node::whole(1) || (m == n && plain) {
        if let Some(all) = terms(top) {
            powers_in_sum(all, bottom, found);
        }
        return;
    }
    let before = if plain || d.is_zero() { Rational::one() } else { c / d };
    let scaled = |node: Node| group(times(number(before.clone()), node));
    found.push((ExponentsOfQuotient, scaled(power(a.clone(), plus(m.clone(), n.clone())))));
    found.push((ExponentsOfQuotient, scaled(power(a.clone(), n.minus(&m)))));
    if !exact::closed(&n).is_none_or(|value| value.is_zero()) {
        found.push((ExponentsOfQuotient, scaled(power(a.clone(), over(m.clone(), n.clone())))));
    }
    if plain {
        // The bases divided as well.
        found.push((ExponentsOfQuotient, Node::whole(1)));
    }
    let difference = group(m.minus(&n));
    if let Some(value) = small(&difference).filter(|value| *value < 0) {
        let plain = power(a.clone(), Node::whole(-value));
        found.push((NegativeExponent, scaled(plain.negated())));
        found.push((BaseTimesExponent, scaled(over(Node::whole(1), times(a, Node::whole(-value))))));
    }
}

/// The same, for every term above the line at once.
fn powers_in_sum(all: &[(Sign, Node)], bottom: &Node, found: &mut Vec<(Mistake, Node)>) {
    let (d, below) = coefficient(bottom);
    let (b, n) = base_and_exponent(&below);
    if d.is_zero() || b == Node::whole(1) {
        return;
    }
    let mut added = Vec::new();
    let mut taken = Vec::new();
    for (sign, term) in all {
        let (c, rest) = coefficient(term);
        let (a, m) = base_and_exponent(&rest);
        if a != b {
            return;
        }
        added.push((*sign, times(number(&c / &d), power(a.clone(), plus(m.clone(), n.clone())))));
        taken.push((*sign, times(number(&c - &d), power(a, m.minus(&n)))));
    }
    found.push((ExponentsOfQuotient, group(Node::Sum(added))));
    found.push((SubtractedCoefficients, group(Node::Sum(taken))));
}

/// Like terms with their exponents added, and roots added under one root, for every two terms.
fn of_sum(all: &[(Sign, Node)], found: &mut Vec<(Mistake, Node)>) {
    if all.len() > TERMS_MAX {
        return;
    }
    for at in 0..all.len() {
        for other in at + 1..all.len() {
            let mut pair = Vec::new();
            of_two(&all[at], &all[other], &mut pair);
            for (mistake, tree) in pair {
                let mut changed = all.to_vec();
                changed[at] = (Sign::Plus, tree);
                changed.remove(other);
                let single = changed.len() == 1;
                found.push((mistake, if single { changed.remove(0).1 } else { Node::Sum(changed) }));
            }
        }
    }
}

fn of_two((s, first): &(Sign, Node), (t, second): &(Sign, Node), found: &mut Vec<(Mistake, Node)>) {
    let signed = |sign: Sign, value: Rational| if sign == Sign::Minus { -value } else { value };
    let ((c, x), (d, y)) = (coefficient(first), coefficient(second));
    let total = signed(*s, c.clone()) + signed(*t, d.clone());
    if x == y && x != Node::whole(1) {
        let (base, exponent) = base_and_exponent(&x);
        let twice = power(base, plus(exponent.clone(), exponent));
        let rooted = matches!(x.bare(), Node::Root(..));
        if !rooted {
            found.push((ExponentsOfLikeTerms, group(times(number(total.clone()), twice))));
        }
        found.push((if rooted { LostRoot } else { LostLetter }, number(total)));
        let backwards = signed(*s, d) + signed(*t, c);
        found.push((OrderOfTerms, group(times(number(backwards), x))));
        return;
    }
    if let (Node::Root(None, a), Node::Root(None, b)) = (x.bare(), y.bare()) {
        let ab = |sign: Sign| root(Node::Sum(vec![(Sign::Plus, group((**a).clone())), (sign, group((**b).clone()))]));
        let product = root(times((**a).clone(), (**b).clone()));
        for under in [ab(Sign::Plus), ab(Sign::Minus), product] {
            found.push((UnlikeTerms, group(times(number(total.clone()), under.clone()))));
            if c.is_one() && d.is_one() {
                found.push((UnlikeTerms, under));
            }
        }
    }
}
