//! Answers that hold one value among other things: an inequality, an interval, a list with one wrong member. The value is
//! looked at as an answer by itself.

use super::{
    Asked,
    Mistake::{self, *},
    question::{self, equal},
};
use crate::tree::{Node, Relation};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let Some((key, given)) = apart(key, given, found) else { return };
    if key.is_closed() && given.is_closed() && !equal(&key, &given) {
        if equal(&key.negated(), &given) {
            found.push(SignOfAnswer);
        }
        question::look(asked, &key, &given, found);
    }
}

/// The one value of the key and the one of the answer that differ.
fn apart(key: &Node, given: &Node, found: &mut Vec<Mistake>) -> Option<(Node, Node)> {
    match (key, given) {
        (Node::Relation(a, s), Node::Relation(b, t)) => {
            let ([x, value], [s]) = (a.as_slice(), s.as_slice()) else { return None };
            let ([y, other], [t]) = (b.as_slice(), t.as_slice()) else { return None };
            let ordered = *s != Relation::Equal && *t != Relation::Equal;
            (ordered && x.bare() == y.bare()).then(|| (value.clone(), other.clone()))
        }
        (Node::Interval(a), Node::Interval(b)) => {
            let end = |node: &Node| node.is_closed() && !node.any(&|node| matches!(node, Node::Infinity));
            match (end(&a.low), end(&a.high), end(&b.low), end(&b.high)) {
                (true, false, true, false) => Some((a.low.clone(), b.low.clone())),
                (false, true, false, true) => Some((a.high.clone(), b.high.clone())),
                (true, false, false, true) => turned(&a.low, &b.high, found),
                (false, true, true, false) => turned(&a.high, &b.low, found),
                _ => None,
            }
        }
        (Node::List(a), Node::List(b)) if a.len() == b.len() => {
            let only = |these: &[Node], those: &[Node]| {
                let mut left = these.iter().filter(|one| !those.iter().any(|other| equal(one, other)));
                left.next().filter(|_| left.next().is_none()).cloned()
            };
            Some((only(a, b)?, only(b, a)?))
        }
        // One value for several: a step on the way to one of them.
        (Node::List(a), one) if one.is_closed() && !a.iter().any(|member| equal(member, one)) => {
            Some((a.first()?.clone(), one.clone()))
        }
        _ => None,
    }
}

/// An interval that goes the other way from its end.
fn turned(key: &Node, given: &Node, found: &mut Vec<Mistake>) -> Option<(Node, Node)> {
    if equal(key, given) {
        found.push(InequalityTurned);
    }
    None
}
