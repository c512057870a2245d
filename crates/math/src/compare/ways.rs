//! Ways of writing one answer that look at the whole of it: the value alone for `x = 4`, a point for a system, an
//! interval for an inequality, the name of a function. Each brings the given answer, or the key, to the shape of the other.

use std::collections::BTreeSet;

use super::{Same, compare, relation};
use crate::tree::{Node, Relation, Step, element_of};

/// More letters than any system of a school has.
const LETTERS_MAX: usize = 8;

/// Whether the answers are the same in one of the ways. Only equality is found here.
pub(super) fn same(given: &Node, expected: &Node, ordered: bool) -> bool {
    let equal = |given: &Node, expected: &Node, ordered: bool| compare(given, expected, ordered) == Same::Equal;
    value(given, expected).is_some_and(|value| equal(&value, expected, ordered))
        || values(given, expected).is_some_and(|(given, expected)| equal(&given, &expected, false))
        || point(given, expected).is_some_and(|(given, expected)| equal(&given, &expected, true))
        || interval(given, expected).is_some_and(|(given, expected)| equal(&given, &expected, false))
        || function(given, expected).is_some_and(|(given, expected)| equal(&given, &expected, false))
}

/// Whether one is an interval and the other an inequality: the same numbers in another notation.
pub(super) fn other_notation(given: &Node, expected: &Node) -> bool {
    interval(given, expected).is_some()
}

/// `5 = x`, `P(A) = 5` and `y = 2x+1` where the key is the value.
fn value(given: &Node, expected: &Node) -> Option<Node> {
    let (left, right) = sides(given)?;
    if !expected.is_expression() {
        return None;
    }
    let names = |name: &Node| match name.bare() {
        Node::Letter(letter) => !expected.letters().contains(letter),
        name => is_call(name),
    };
    if names(left) && right.is_expression() {
        return Some(right.clone());
    }
    (names(right) && expected.is_closed() && left.is_closed()).then(|| left.clone())
}

/// `2, -3`, `±3` and `x = {2, -3}` where the key is `x = 2 or x = -3`.
fn values(given: &Node, expected: &Node) -> Option<(Node, Node)> {
    let given = match sides(given) {
        Some((letter @ Node::Letter(_), set @ Node::Set(_))) if letter.letters() == expected.letters() => set,
        _ => given,
    };
    if !given.letters().is_empty() || is_relation(given) {
        return None;
    }
    let parts = match expected.bare() {
        Node::Or(parts) | Node::List(parts) => parts.as_slice(),
        relation @ Node::Relation(..) => std::slice::from_ref(relation),
        _ => return None,
    };
    let letters = expected.letters();
    let closed = |part: &Node| part.right_side().filter(|right| right.letters().is_empty()).cloned();
    let wanted: Vec<Node> = parts.iter().map(closed).collect::<Option<_>>()?;
    (letters.len() == 1).then(|| (given.clone(), Node::Set(wanted)))
}

/// `x = 3, y = -2` for the point `(3, -2)`, and the other way round: the letters in the order of the alphabet.
fn point(given: &Node, expected: &Node) -> Option<(Node, Node)> {
    if let (Node::Tuple(_), Some(given)) = (expected.bare(), system(given)) {
        return Some((given, expected.clone()));
    }
    if let (Node::Tuple(_), Some(expected)) = (given.bare(), system(expected)) {
        return Some((given.clone(), expected));
    }
    if given.letters() != expected.letters() {
        return None;
    }
    Some((system(given)?, system(expected)?))
}

/// The values of a system that is solved, in the order of its letters.
fn system(node: &Node) -> Option<Node> {
    let pairs: Vec<(Node, Node)> = match node.bare() {
        Node::List(parts) | Node::And(parts) => {
            let solved = |part: &Node| sides(part).map(|(left, right)| (left.clone(), right.clone()));
            parts.iter().map(solved).collect::<Option<_>>()?
        }
        relation => match sides(relation)? {
            (Node::Tuple(letters), Node::Tuple(values)) if letters.len() == values.len() => {
                letters.iter().cloned().zip(values.iter().cloned()).collect()
            }
            _ => return None,
        },
    };
    let named = |(letter, value): (Node, Node)| match letter.bare() {
        Node::Letter(name) if value.is_closed() => Some((name.clone(), value)),
        _ => None,
    };
    let mut pairs: Vec<(String, Node)> = pairs.into_iter().map(named).collect::<Option<_>>()?;
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    let letters: BTreeSet<&String> = pairs.iter().map(|(letter, _)| letter).collect();
    let several = letters.len() == pairs.len() && (2..=LETTERS_MAX).contains(&pairs.len());
    several.then(|| Node::Tuple(pairs.into_iter().map(|(_, value)| value).collect()))
}

/// `(3, ∞)` for `x > 3`, and the other way round.
fn interval(given: &Node, expected: &Node) -> Option<(Node, Node)> {
    let set = |node: &Node| matches!(node.bare(), Node::Interval(_) | Node::Union(_) | Node::Tuple(_));
    let letter = |node: &Node| match node.bare() {
        Node::Relation(..) | Node::And(_) | Node::Or(_) if relation::is_inequality(node) => {
            let letters = node.letters();
            letters.first().filter(|_| letters.len() == 1).map(|name| Node::Letter(name.clone()))
        }
        _ => None,
    };
    if let (true, Some(letter)) = (set(given), letter(expected)) {
        return Some((element_of(&letter, given)?, expected.clone()));
    }
    let (true, Some(letter)) = (set(expected), letter(given)) else { return None };
    Some((given.clone(), element_of(&letter, expected)?))
}

/// `f(x) = 2x+1` for `y = 2x+1`, and the other way round.
fn function(given: &Node, expected: &Node) -> Option<(Node, Node)> {
    let ((left, right), (other, wanted)) = (sides(given)?, sides(expected)?);
    let letter =
        |node: &Node, right: &Node| matches!(node.bare(), Node::Letter(name) if !right.letters().contains(name));
    let one = (is_call(left) && letter(other, wanted)) || (letter(left, right) && is_call(other));
    one.then(|| (right.clone(), wanted.clone()))
}

fn sides(node: &Node) -> Option<(&Node, &Node)> {
    match node.bare() {
        Node::Relation(sides, signs) if signs == &[Relation::Equal] => Some((&sides[0], &sides[1])),
        _ => None,
    }
}

fn is_relation(node: &Node) -> bool {
    node.any(&|node| matches!(node, Node::Relation(..)))
}

/// `f(2)` and `P(A)`, which read as a letter beside brackets: only with the names that functions and chances have.
fn is_call(node: &Node) -> bool {
    match node.bare() {
        Node::Product(factors) => match &factors[..] {
            [(_, Node::Letter(name)), (Step::Implicit, Node::Group(_))] => {
                matches!(name.as_str(), "f" | "g" | "h" | "F" | "G" | "H" | "P" | "p")
            }
            _ => false,
        },
        _ => false,
    }
}
