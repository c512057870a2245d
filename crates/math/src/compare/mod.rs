//! Whether two answers mean the same. Each shape of answer has its file; this one brings like to like.

mod expression;
mod interval;
mod list;
mod relation;
mod ways;

use num_traits::Signed;

use crate::{
    Kind, Math, Rational,
    read::normal_words,
    tree::Node,
    value::{exact, precise},
};

/// The outcome of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Same {
    /// They mean the same.
    Equal,
    /// They do not.
    Different,
    /// It cannot be shown either way; a person decides.
    Undecided,
}

impl Same {
    /// Both must hold: different beats undecided beats equal.
    fn and(self, other: Same) -> Same {
        match (self, other) {
            (Same::Different, _) | (_, Same::Different) => Same::Different,
            (Same::Undecided, _) | (_, Same::Undecided) => Same::Undecided,
            _ => Same::Equal,
        }
    }
}

/// Whether the given answer means the same as the expected one.
pub fn same(given: &Math, expected: &Math) -> Same {
    let ordered = matches!(expected.kind, Kind::OrderedList | Kind::Point);
    let verdict = compare(&given.node, &expected.node, ordered);
    if verdict != Same::Equal && ways::same(&given.node, &expected.node, ordered) { Same::Equal } else { verdict }
}

/// Whether one is an interval and the other an inequality, which may mean the same and are written in ways of their own.
pub fn other_notation(given: &Math, expected: &Math) -> bool {
    ways::other_notation(&given.node, &expected.node)
}

pub(crate) fn compare(given: &Node, expected: &Node, ordered: bool) -> Same {
    let (given, expected) = (relation::exclusions(given.bare()), relation::exclusions(expected.bare()));
    let (given, expected) = (&*given, &*expected);
    if given == expected {
        return Same::Equal;
    }
    if let (Node::Words(a), Node::Words(b)) = (given, expected) {
        return if normal_words(a) == normal_words(b) { Same::Equal } else { Same::Different };
    }
    if let Some(verdict) = relation::with_commas(given, expected) {
        return verdict;
    }
    if let (Some(a), Some(b)) = (list::members(given), list::members(expected))
        && (a.is_list() || b.is_list())
    {
        let system = relation::is_choice(given) != relation::is_choice(expected)
            && relation::in_several_letters(given, expected);
        return match relation::listed(given, expected) {
            Some(verdict) => verdict,
            // The same parts, but a choice between them is no system of them.
            None if system && a.holds_several() && b.holds_several() => Same::Different,
            // Values with names, to a key that names none: which is which is not told.
            None if a.named_apart() && b.is_list() && !b.has_relations() => Same::Undecided,
            None => list::compare(a, b, ordered),
        };
    }
    match (given, expected) {
        (Node::Words(words), set @ (Node::Interval(_) | Node::Union(_)))
        | (set @ (Node::Interval(_) | Node::Union(_)), Node::Words(words)) => interval::in_words(words, set),
        (Node::Tuple(a), Node::Tuple(b)) => list::ordered(a, b),
        (Node::Ratio(a), Node::Ratio(b)) => ratio(a, b),
        (Node::Ratio(a), value) if value.is_expression() => ratio(a, &as_ratio(value)),
        (value, Node::Ratio(b)) if value.is_expression() => ratio(&as_ratio(value), b),
        (Node::Matrix(a), Node::Matrix(b)) => {
            let shape = |rows: &[Vec<Node>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
            if shape(a) != shape(b) {
                return Same::Different;
            }
            list::ordered(&a.concat(), &b.concat())
        }
        (
            Node::Interval(_) | Node::Union(_) | Node::Set(_) | Node::Tuple(_),
            Node::Interval(_) | Node::Union(_) | Node::Set(_) | Node::Tuple(_),
        ) => interval::compare(given, expected),
        (Node::Relation(..) | Node::And(_) | Node::Or(_), Node::Relation(..) | Node::And(_) | Node::Or(_)) => {
            relation::compare(given, expected)
        }
        // `x = 4` where the key is the number 4.
        (Node::Relation(..), value) if value.is_closed() => match given.right_side() {
            Some(right) if right.is_closed() => compare(right, value, ordered),
            _ => Same::Different,
        },
        _ => expression::compare(given, expected),
    }
}

/// A value as a ratio of two terms: a fraction as its parts, anything else as "to one".
fn as_ratio(value: &Node) -> Vec<Node> {
    vec![value.clone(), Node::whole(1)]
}

/// By proportion, in order: each pair of terms stands in the same relation on both sides.
fn ratio(a: &[Node], b: &[Node]) -> Same {
    if a.len() != b.len() {
        return Same::Different;
    }
    let product = |x: &Node, y: &Node| {
        Node::Product(vec![(crate::tree::Step::Times, x.clone()), (crate::tree::Step::Times, y.clone())])
    };
    let zero = |node: &Node| exact::closed(node).is_some_and(|value| value == Rational::from_integer(0.into()));
    if a.iter().zip(b).any(|(x, y)| zero(x) != zero(y)) {
        return Same::Different;
    }
    let mut verdict = Same::Equal;
    for i in 0..a.len() {
        for j in i + 1..a.len() {
            verdict = verdict.and(expression::compare(&product(&a[i], &b[j]), &product(&a[j], &b[i])));
        }
    }
    verdict
}

/// Whether the given value is at most so far from the expected one. Points and lists compare member by member. `None`
/// where one of them is not a number.
pub fn within(given: &Math, expected: &Math, absolute_tolerance: &Rational) -> Option<bool> {
    near(&given.node, &expected.node, absolute_tolerance)
}

fn near(given: &Node, expected: &Node, tolerance: &Rational) -> Option<bool> {
    let (given, expected) = (given.bare(), expected.bare());
    match (given, expected) {
        (Node::Tuple(a), Node::Tuple(b)) | (Node::List(a), Node::List(b)) if a.len() == b.len() => {
            let mut all = true;
            for (a, b) in a.iter().zip(b) {
                all &= near(a, b, tolerance)?;
            }
            Some(all)
        }
        _ => {
            let value = |node: &Node| number(node.right_side().unwrap_or(node));
            let apart = value(given)? - value(expected)?;
            Some(&apart.abs() <= tolerance)
        }
    }
}

/// A closed real value, exact or to 512 bits.
fn number(node: &Node) -> Option<Rational> {
    if !node.is_closed() {
        return None;
    }
    exact::closed(node).or_else(|| precise::closed(node).map(|value| precise::to_rational(&value)))
}
