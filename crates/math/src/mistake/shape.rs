//! What shows when key and answer are written out as polynomials, or taken apart into a number and a root.

use num_traits::{One, Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::{coefficient, terms},
    question::equal,
    rewrite::changed,
};
use crate::{Rational, poly::Poly, tree::Node, value::exact};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if key.is_closed() {
        roots(key, given, found);
        return;
    }
    if given.is_closed() && !matches!(exact::closed(given), Some(value) if !value.is_zero()) {
        return;
    }
    mended(key, given, found);
    if let (Some(a), Some(b)) = (Poly::of(key), Poly::of(given)) {
        if asked.asks(Cue::CommonFactor) && a.0.len() == 1 && b.0.len() == 1 {
            common_factor(&a, &b, found);
            return;
        }
        polynomials(&a, &b, given, found);
        if asked.asks(Cue::Factor) && is_product(given) {
            found.push(MultiplyOut);
        }
    }
}

/// Whether one sign of the answer, or one bracket worked out as many do, makes it right.
fn mended(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if !is_product(given) && terms(given).is_none() {
        return;
    }
    for (mistake, tree) in changed(given) {
        let mended = match mistake {
            SignInside => SignOfTerm,
            FirstTermOnly if one_bracket(given) => FactorOfPart,
            _ => continue,
        };
        if equal(&tree, key) {
            found.push(mended);
        }
    }
}

/// A single sum with one term before it.
fn one_bracket(node: &Node) -> bool {
    let Node::Product(factors) = node.bare() else { return true };
    factors.iter().filter(|(_, factor)| terms(factor).is_some() || matches!(factor.bare(), Node::Power(..))).count() < 2
}

/// One term as the greatest common factor of others.
fn common_factor(key: &Poly, given: &Poly, found: &mut Vec<Mistake>) {
    let (Some((m, c)), Some((n, d))) = (key.0.iter().next(), given.0.iter().next()) else { return };
    let divides =
        n.iter().all(|(letter, power)| m.get(letter).is_some_and(|most| power <= most)) && (c / d).is_integer();
    found.push(if divides { CommonFactor } else { NotCommonFactor });
}

fn polynomials(key: &Poly, given: &Poly, written: &Node, found: &mut Vec<Mistake>) {
    if key == given || given.0.is_empty() {
        return;
    }
    let letters_in = |poly: &Poly| poly.letters();
    let coefficients = |poly: &Poly| {
        let mut values: Vec<_> = poly.0.values().cloned().collect();
        values.sort();
        values
    };
    if key.0.len() == given.0.len() && key.0.keys().eq(given.0.keys()) {
        let pairs = || key.0.values().zip(given.0.values());
        let sizes = pairs().all(|(a, b)| a.abs() == b.abs());
        let ratio = pairs().next().map(|(a, b)| b / a);
        if key.0.len() > 1 && !sizes && !is_product(written) && coefficients(key) == coefficients(given) {
            found.push(Swapped);
        }
        if sizes && key.0.len() > 1 && !pairs().all(|(a, b)| *a == -b) {
            found.push(SignOfTerm);
        } else if key.0.len() == 1 && !sizes {
            found.push(Coefficient);
        } else if ratio.is_some_and(|ratio| pairs().all(|(a, b)| *b == a * &ratio) && !sizes) {
            found.push(CommonFactor);
        } else if middle_differs(key, given) && is_product(written) {
            found.push(MiddleTerm);
        } else if !sizes {
            found.push(SomeCoefficient);
        }
        return;
    }
    if is_product(written) && middle_differs(key, given) {
        found.push(MiddleTerm);
    }
    if key.0.len() > 1 && !is_product(written) && coefficients(key) == coefficients(given) {
        found.push(Exponents);
    }
    match (key.0.len(), given.0.len()) {
        (1, 1) => {
            let (a, b) = (key.0.iter().next(), given.0.iter().next());
            let (Some((x, c)), Some((y, d))) = (a, b) else { return };
            if c == d && !y.is_empty() {
                found.push(if letters_in(key) == letters_in(given) { Exponents } else { LostLetter });
            } else if c == d {
                found.push(LostLetter);
            } else if x != y && letters_in(key) == letters_in(given) {
                found.push(NumberAndExponents);
            }
        }
        (2.., 1) if letters_in(given).iter().all(|letter| letters_in(key).contains(letter)) && !is_product(written) => {
            let constant = given.0.keys().all(|monomial| monomial.is_empty());
            let part = given.0.iter().all(|(monomial, value)| key.0.get(monomial) == Some(value));
            found.push(if part {
                TermMissing
            } else if constant {
                LostLetter
            } else {
                UnlikeTerms
            });
        }
        _ => {}
    }
}

/// The first and the last terms agree up to a sign, what is between them does not.
fn middle_differs(key: &Poly, given: &Poly) -> bool {
    let ends = |poly: &Poly| {
        let constant = poly.0.iter().find(|(monomial, _)| monomial.is_empty()).map(|(_, value)| value.clone());
        let top = poly.0.iter().max_by_key(|(monomial, _)| monomial.values().sum::<u32>());
        (constant, top.map(|(monomial, value)| (monomial.clone(), value.clone())))
    };
    let ((a, x), (b, y)) = (ends(key), ends(given));
    a.is_some() && a == b && x == y && key.degree() >= 2
}

/// Whether sums stand in it as factors.
fn is_product(node: &Node) -> bool {
    let sum = |node: &Node| terms(node).is_some() || is_product(node);
    match node.bare() {
        Node::Product(factors) => factors.iter().any(|(_, factor)| sum(factor)),
        Node::Power(base, _) => sum(base),
        _ => false,
    }
}

/// `c√m` beside another number and root.
fn roots(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some((c, m)), Some((d, n))) = (number_and_radicand(key), number_and_radicand(given)) else {
        if exact::closed(key).is_none() && unlike_roots(key) && number_and_radicand(given).is_some() {
            found.push(UnlikeTerms);
        }
        return;
    };
    if m == n && m.is_one() {
        return;
    }
    let swapped = !d.is_zero() && c == n && d == m;
    if swapped {
        found.push(OutOfRoot);
    } else if m == n && c.abs() != d.abs() {
        found.push(NumberBeforeRoot);
    } else if c == d {
        found.push(UnderTheRoot);
    }
}

fn number_and_radicand(node: &Node) -> Option<(Rational, Rational)> {
    if let Some(value) = exact::closed(node) {
        let rooted = node.any(&|node| matches!(node, Node::Root(..)));
        if !rooted {
            return Some((value, Rational::one()));
        }
    }
    let (number, rest) = coefficient_with_roots(node)?;
    match rest.bare() {
        Node::Root(None, radicand) => Some((number, exact::closed(radicand)?)),
        _ => None,
    }
}

/// As [`coefficient`], but a root that happens to be whole stays a root.
fn coefficient_with_roots(node: &Node) -> Option<(Rational, Node)> {
    if let Node::Fraction(top, bottom) = node.bare() {
        let below = exact::closed(bottom).filter(|value| !value.is_zero())?;
        let (number, rest) = coefficient_with_roots(top)?;
        return Some((number / below, rest));
    }
    if let Node::Product(factors) = node.bare() {
        let (roots, numbers): (Vec<_>, Vec<_>) =
            factors.iter().partition(|(_, factor)| matches!(factor.bare(), Node::Root(..)));
        let [(_, root)] = roots.as_slice() else { return None };
        let mut number = Rational::one();
        for (step, factor) in numbers {
            let value = exact::closed(factor)?;
            match step {
                crate::tree::Step::Over if value.is_zero() => return None,
                crate::tree::Step::Over => number /= value,
                _ => number *= value,
            }
        }
        return Some((number, root.clone()));
    }
    if matches!(node.bare(), Node::Root(..)) {
        return Some((Rational::one(), node.bare().clone()));
    }
    Some(coefficient(node))
}

/// A sum of a number and a root, or of two roots.
fn unlike_roots(key: &Node) -> bool {
    matches!(key.bare(), Node::Sum(terms) if terms.len() > 1)
}
