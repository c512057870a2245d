//! An equation turned round: the way to its unknown as one expression, so that wrong steps can be tried on it.

use std::collections::BTreeMap;

use num_traits::{One, Signed, Zero};

use super::make::{flipped, group, number, over, power, product, root, times};
use crate::{
    Rational,
    tree::{Node, Sign, Step},
    value::exact,
};

/// The letter that is asked for: the only one, or the only one that the key does not speak of.
pub(super) fn unknown(left: &Node, right: &Node, key: &Node) -> Option<String> {
    let mut letters = left.letters();
    letters.extend(right.letters());
    let known = key.letters();
    let mut open = letters.into_iter().filter(|letter| !known.contains(letter));
    let letter = open.next()?;
    open.next().is_none().then_some(letter)
}

/// Expressions for the unknown: step by step where it stands once, and from `ax = b` where it is linear.
pub(super) fn solved(left: &Node, right: &Node, letter: &str) -> Vec<Node> {
    let mut ways = Vec::new();
    let places = |node: &Node| count(node, letter);
    match (places(left), places(right)) {
        (1, 0) => ways.extend(alone(left, right.clone(), letter)),
        (0, 1) => ways.extend(alone(right, left.clone(), letter)),
        _ => {}
    }
    if let Some((a, b)) = linear(left, right, letter) {
        ways.push(over(number(b), number(a)));
    }
    ways
}

fn count(node: &Node, letter: &str) -> usize {
    match node {
        Node::Letter(name) => usize::from(name == letter),
        other => other.children().into_iter().map(|child| count(child, letter)).sum(),
    }
}

/// Takes off what stands around the letter, one operation after the other.
fn alone(node: &Node, other: Node, letter: &str) -> Option<Node> {
    let holds = |node: &Node| count(node, letter) > 0;
    match node.bare() {
        Node::Letter(_) => Some(other),
        Node::Sum(terms) => {
            let at = terms.iter().position(|(_, term)| holds(term))?;
            let mut moved = vec![(Sign::Plus, as_term(other))];
            let rest = terms.iter().enumerate().filter(|(place, _)| *place != at);
            moved.extend(rest.map(|(_, (sign, term))| (flipped(*sign), term.clone())));
            if terms[at].0 == Sign::Minus {
                for (sign, _) in &mut moved {
                    *sign = flipped(*sign);
                }
            }
            let moved = if moved.len() == 1 && moved[0].0 == Sign::Plus { moved.remove(0).1 } else { Node::Sum(moved) };
            alone(&terms[at].1, moved, letter)
        }
        Node::Product(factors) => {
            let at = factors.iter().position(|(_, factor)| holds(factor))?;
            let mut rest = factors.clone();
            let (step, inner) = rest.remove(at);
            let rest = product(rest);
            let below = step == Step::Over && at > 0;
            let moved = if below { over(rest, other) } else { over(other, rest) };
            alone(&inner, moved, letter)
        }
        Node::Fraction(top, bottom) if holds(top) => alone(top, times(other, (**bottom).clone()), letter),
        Node::Fraction(top, bottom) => alone(bottom, over((**top).clone(), other), letter),
        Node::Root(None, radicand) => alone(radicand, power(other, Node::whole(2)), letter),
        Node::Power(base, exponent) if exact::closed(exponent) == Some(Rational::from_integer(2.into())) => {
            alone(base, root(other), letter)
        }
        _ => None,
    }
}

/// A sum gets brackets when it becomes a term.
fn as_term(node: Node) -> Node {
    if matches!(node, Node::Sum(_)) { group(node) } else { node }
}

/// `ax = b`: both sides taken together, where that leaves something linear.
pub(super) fn linear(left: &Node, right: &Node, letter: &str) -> Option<(Rational, Rational)> {
    let at = |x: i64| {
        let letters = BTreeMap::from([(letter.to_owned(), Rational::from_integer(x.into()))]);
        Some(exact::with(left, &letters)? - exact::with(right, &letters)?)
    };
    let (zero, one, three) = (at(0)?, at(1)?, at(3)?);
    let a = &one - &zero;
    let straight = &three - &zero == &a * Rational::from_integer(3.into());
    let (a, b) = if a.is_negative() { (-a, zero) } else { (a, -zero) };
    (straight && !a.is_zero() && !a.is_one()).then_some((a, b))
}
