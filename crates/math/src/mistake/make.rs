//! Small pieces of trees, made and taken apart.

use num_traits::{Signed, ToPrimitive};

use crate::{
    Rational,
    tree::{Node, Numeral, Sign, Step},
    value::exact,
};

pub(super) fn number(value: Rational) -> Node {
    let size = Node::Number(Numeral { value: value.abs(), places: None });
    if value.is_negative() { Node::Group(Box::new(size.negated())) } else { size }
}

pub(super) fn group(node: Node) -> Node {
    Node::Group(Box::new(node))
}

pub(super) fn times(a: Node, b: Node) -> Node {
    Node::Product(vec![(Step::Times, group(a)), (Step::Times, group(b))])
}

pub(super) fn over(a: Node, b: Node) -> Node {
    Node::Fraction(Box::new(a), Box::new(b))
}

pub(super) fn power(a: Node, b: Node) -> Node {
    Node::Power(Box::new(group(a)), Box::new(b))
}

pub(super) fn root(a: Node) -> Node {
    Node::Root(None, Box::new(a))
}

pub(super) fn plus(a: Node, b: Node) -> Node {
    Node::Sum(vec![(Sign::Plus, group(a)), (Sign::Plus, group(b))])
}

pub(super) fn minus(a: Node, b: Node) -> Node {
    Node::Sum(vec![(Sign::Plus, group(a)), (Sign::Minus, group(b))])
}

/// Factors that are left, as one tree: `1` where none is. A first factor below the line gets a one above it.
pub(super) fn product(factors: Vec<(Step, Node)>) -> Node {
    match factors.first() {
        None => Node::whole(1),
        Some((Step::Over, _)) => Node::Product([(Step::Times, Node::whole(1))].into_iter().chain(factors).collect()),
        Some(_) => Node::Product(factors),
    }
}

pub(super) fn flipped(sign: Sign) -> Sign {
    match sign {
        Sign::Plus => Sign::Minus,
        Sign::Minus => Sign::Plus,
        Sign::PlusMinus => Sign::MinusPlus,
        Sign::MinusPlus => Sign::PlusMinus,
    }
}

/// Terms of a sum of two or more, brackets around it or not.
pub(super) fn terms(node: &Node) -> Option<&[(Sign, Node)]> {
    match node.bare() {
        Node::Sum(terms) if terms.len() >= 2 => Some(terms),
        _ => None,
    }
}

/// Top and bottom of a fraction, however it is written: `3/4` as a line or with a slash.
pub(super) fn fraction(node: &Node) -> Option<(Node, Node)> {
    match node.bare() {
        Node::Fraction(top, bottom) => Some(((**top).clone(), (**bottom).clone())),
        Node::Product(factors) => match factors.as_slice() {
            [before @ .., (Step::Over, bottom)] if !before.is_empty() => {
                let above = before.iter().all(|(step, _)| *step != Step::Over);
                above.then(|| (single(before), bottom.clone()))
            }
            _ => None,
        },
        Node::Sum(one) => match one.as_slice() {
            [(Sign::Minus, node)] => fraction(node).map(|(top, bottom)| (top.negated(), bottom)),
            _ => None,
        },
        _ => None,
    }
}

fn single(factors: &[(Step, Node)]) -> Node {
    match factors {
        [(_, node)] => node.clone(),
        several => Node::Product(several.to_vec()),
    }
}

/// Base and exponent; a letter or a number is its own first power.
pub(super) fn base_and_exponent(node: &Node) -> (Node, Node) {
    match node.bare() {
        Node::Power(base, exponent) => match base_and_exponent(base) {
            (base, first) if first == Node::whole(1) => (base, exponent.bare().clone()),
            (base, first) => (base, times(first, (**exponent).clone())),
        },
        other => (other.clone(), Node::whole(1)),
    }
}

/// The number before, and what is left: `6√2` is 6 and `√2`, `x` is 1 and `x`.
pub(super) fn coefficient(node: &Node) -> (Rational, Node) {
    match node.bare() {
        Node::Product(factors) if factors.iter().all(|(step, _)| *step != Step::Over) => {
            let mut number = Rational::from_integer(1.into());
            let mut rest = Vec::new();
            for (step, factor) in factors {
                match exact::closed(factor) {
                    Some(value) => number *= value,
                    None => rest.push((*step, factor.clone())),
                }
            }
            (
                number,
                match rest.as_slice() {
                    [(_, only)] => only.clone(),
                    _ => product(rest),
                },
            )
        }
        other => match exact::closed(other) {
            Some(value) => (value, Node::whole(1)),
            None => (Rational::from_integer(1.into()), other.clone()),
        },
    }
}

/// A whole number that is small enough to count with.
pub(super) fn small(node: &Node) -> Option<i64> {
    let value = exact::closed(node)?;
    if value.is_integer() { value.to_integer().to_i64().filter(|value| value.abs() < 1_000_000) } else { None }
}
