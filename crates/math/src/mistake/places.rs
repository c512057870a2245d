//! The very place where an answer leaves the key: one term of a sum, the top or the bottom of a fraction, the whole
//! number of a mixed one, zeros among the digits. True whatever the reason, so it is said only where nothing else is.

use num_traits::{One, Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::{fraction, number, over, power, product},
    question::{equal, is_number},
};
use crate::{
    Rational,
    poly::{Monomial, Poly},
    tree::{Node, Relation, Sign, Step},
    value::exact,
};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    match (key, given) {
        (Node::Relation(a, s), Node::Relation(b, t)) => relations((a, s), (b, t), found),
        (Node::Interval(a), Node::Interval(b)) => {
            let (low, high) = (same(&a.low, &b.low), same(&a.high, &b.high));
            if low != high {
                found.push(OneEndRight);
            }
        }
        (Node::List(a) | Node::Tuple(a), Node::List(b) | Node::Tuple(b)) if a.len() > 2 => {
            let right = a.iter().filter(|one| b.iter().any(|other| same(one, other))).count();
            if right > 0 && right < a.len() {
                found.push(SomeMembersRight);
            }
        }
        _ if key.is_expression() && given.is_expression() => expressions(asked, key, given, found),
        _ => {}
    }
}

fn same(a: &Node, b: &Node) -> bool {
    a == b || equal(a, b)
}

fn expressions(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let imaginary = |node: &Node| node.letters().contains("i");
    if imaginary(given) && !imaginary(key) {
        let root = |node: &Node| node.any(&|node| matches!(node, Node::Root(..)));
        if asked.formulas.iter().any(root) {
            found.push(MinusUnderRoot);
        }
        return;
    }
    if key.is_closed() && !given.is_closed() {
        found.push(LetterLeft);
        return;
    }
    absolute(key, given, found);
    one_term(key, given, found);
    top_and_bottom(asked, key, given, found);
    if let (Node::Mixed(a, b, c), Node::Mixed(d, e, f)) = (key.bare(), given.bare()) {
        let whole = a == d;
        if whole != (b == e && c == f) {
            found.push(if whole { FractionOfMixed } else { WholeOfMixed });
        }
    }
    if let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given))
        && let (Some(a), Some(b)) = (digits(&key), digits(&given))
    {
        let without = |digits: &str| digits.replace('0', "");
        if a != b && a.len() > 1 && without(&a) == without(&b) && key.is_negative() == given.is_negative() {
            found.push(Zeros);
        }
    }
}

/// The bars of the key are not minded.
fn absolute(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let bare = key.map(&|node| match node {
        Node::Absolute(inner) => Some(Node::Group(inner.clone())),
        _ => None,
    });
    if bare != *key && !key.is_closed() {
        let given = if given.has_plus_minus() { given.with_signs(true) } else { given.clone() };
        if equal(&bare, &given) {
            found.push(AbsoluteValue);
        }
    }
}

/// Digits from the first to the last that is not 0.
fn digits(value: &Rational) -> Option<String> {
    let ten = num_bigint::BigInt::from(10);
    let scaled = (0..=6_u32).map(|places| value.abs() * Rational::from_integer(ten.pow(places)));
    let whole = scaled.into_iter().find(Rational::is_integer)?;
    Some(whole.to_integer().to_string().trim_end_matches('0').to_owned())
}

/// Terms of a sum, a polynomial's written out.
fn addends(node: &Node) -> Vec<Node> {
    if let Some(poly) = Poly::of(node).filter(|_| !node.is_closed()) {
        let term = |(monomial, value): (&Monomial, &Rational)| {
            let mut factors = vec![(Step::Times, number(value.clone()))];
            for (letter, exponent) in monomial {
                let exponent = Node::whole(i64::from(*exponent));
                factors.push((Step::Times, power(Node::Letter(letter.clone()), exponent)));
            }
            product(factors)
        };
        return poly.0.iter().map(term).collect();
    }
    as_written(node)
}

fn as_written(node: &Node) -> Vec<Node> {
    match node.bare() {
        Node::Sum(terms) => {
            terms.iter().map(|(sign, term)| if *sign == Sign::Minus { term.negated() } else { term.clone() }).collect()
        }
        other => vec![other.clone()],
    }
}

/// All terms fit but one, or one is missing or too many.
fn one_term(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let both = Poly::of(key).is_some() && Poly::of(given).is_some();
    let split = |node: &Node| if both { addends(node) } else { as_written(node) };
    let a = split(key);
    // As many terms as the key has are taken as they stand, like ones too.
    let written = as_written(given);
    let mut left = if written.len() == a.len() { written } else { split(given) };
    if a.len() < 2 || key.is_closed() && exact::closed(key).is_some() {
        return;
    }
    let mut missed = Vec::new();
    for term in &a {
        match left.iter().position(|other| equal(term, other)) {
            Some(at) => {
                left.remove(at);
            }
            None => missed.push(term),
        }
    }
    if missed.len() == a.len() {
        return;
    }
    match (missed.as_slice(), left.as_slice()) {
        ([_], []) => found.push(TermMissing),
        ([], [_]) => found.push(TermTooMany),
        ([one], [other]) if !key.is_closed() && one.is_closed() && other.is_closed() => found.push(NumberAlone),
        ([one], [other]) if degree(one) == degree(other) && Some(degree(one)) == a.iter().map(degree).max() => {
            found.push(if degree(one) > 0 { HighestTerm } else { OneTerm });
        }
        ([_], [_]) => found.push(OneTerm),
        _ => {}
    }
}

fn degree(node: &Node) -> u32 {
    Poly::of(node).map_or(0, |poly| poly.degree())
}

/// One of the two parts of a fraction fits.
fn top_and_bottom(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let decimal = |node: &Node| matches!(node.sign_split().1, Node::Number(number) if number.places.is_some());
    if decimal(key) || decimal(given) {
        return;
    }
    let (Some((a, b)), Some((c, d))) = (parts(key), parts(given)) else { return };
    if b.is_closed() && exact::closed(&b).is_some_and(|below| below.is_one()) {
        return;
    }
    let alike = |x: &Node, y: &Node| equal(x, y) || equal(&x.negated(), y);
    match (alike(&a, &c), alike(&b, &d)) {
        (false, true) => {
            found.push(if tops_only(asked, given) { NoCommonDenominator } else { TopOfFraction });
        }
        (true, false) => found.push(BottomOfFraction),
        _ => {}
    }
}

/// Top and bottom; of a number, in lowest terms.
fn parts(node: &Node) -> Option<(Node, Node)> {
    match exact::closed(node) {
        Some(value) => {
            let whole = |value: &num_bigint::BigInt| number(Rational::from_integer(value.clone()));
            Some((whole(value.numer()), whole(value.denom())))
        }
        None => fraction(node),
    }
}

/// Tops put together as they stand over the common denominator.
fn tops_only(asked: &Asked, given: &Node) -> bool {
    let Some((_, bottom)) = fraction(given) else { return false };
    asked.formulas.iter().any(|formula| {
        let Node::Sum(terms) = formula.bare() else { return false };
        let tops: Option<Vec<_>> = terms
            .iter()
            .map(|(sign, term)| fraction(term).map(|(top, _)| (*sign, Node::Group(Box::new(top)))))
            .collect();
        tops.filter(|tops| tops.len() > 1).is_some_and(|tops| equal(&over(Node::Sum(tops), bottom.clone()), given))
    })
}

/// Two equations or inequalities: what is wrong of the one, as terms of left minus right.
fn relations(key: (&[Node], &[Relation]), given: (&[Node], &[Relation]), found: &mut Vec<Mistake>) {
    let ([a, b], [s]) = key else { return };
    let ([c, d], [t]) = given else { return };
    if *s != Relation::Equal || *t != Relation::Equal {
        if a.bare() == c.bare() && s == t && is_number(b) && is_number(d) && !equal(b, d) {
            found.push(Boundary);
        }
        return;
    }
    let (Some(p), Some(q)) = (Poly::of(&a.minus(b)), Poly::of(&c.minus(d))) else { return };
    let lead = p.0.iter().rev().find_map(|(monomial, value)| {
        let other = q.0.get(monomial).filter(|_| !monomial.is_empty())?;
        Some((value.clone(), other.clone()))
    });
    let Some((x, y)) = lead.filter(|(_, y)| !y.is_zero()) else { return };
    let wrong: Vec<_> =
        p.0.iter()
            .filter(|(monomial, value)| q.0.get(*monomial).is_none_or(|other| other * &x != *value * &y))
            .collect();
    let extra = q.0.keys().filter(|monomial| !p.0.contains_key(*monomial)).count();
    if let ([(monomial, value)], 0) = (wrong.as_slice(), extra) {
        let turned = q.0.get(*monomial).is_some_and(|other| -(other * &x) == *value * &y);
        found.push(match (turned, monomial.is_empty(), q.0.contains_key(*monomial)) {
            (_, _, false) => TermMissing,
            (true, ..) => SignOfTerm,
            (_, true, _) => NumberAlone,
            _ => OneTerm,
        });
    }
}

/// A number of the question's polynomial where another is asked for.
pub(super) fn of_polynomial(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if asked.asks(Cue::Factor) || asked.asks(Cue::CommonFactor) || !key.is_closed() {
        return;
    }
    let [formula] = asked.formulas.as_slice() else { return };
    let Some(poly) = Poly::of(formula).filter(|poly| poly.0.len() > 1 && !formula.is_closed()) else { return };
    let whole = |value: u32| Rational::from_integer(value.into());
    let numbers = || {
        let exponents = poly.0.keys().flat_map(|monomial| monomial.values().copied());
        poly.0.values().cloned().chain(exponents.map(whole)).chain([whole(poly.0.len() as u32)])
    };
    let known = |node: &Node| exact::closed(node).is_some_and(|value| numbers().any(|number| number == value));
    let is_term = addends(formula).iter().any(|term| !term.is_closed() && equal(term, given));
    if known(key) && (known(given) || is_term) {
        found.push(OtherOfPolynomial);
    }
}
