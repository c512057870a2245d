//! Answers of several members: lists of solutions, points, intervals.

use super::{
    Asked,
    Mistake::{self, *},
    question::equal,
};
use crate::tree::{Interval, Node};

pub(super) fn look(_asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if let (Node::Tuple(a) | Node::List(a), Node::Tuple(b) | Node::List(b)) = (key, given)
        && let ([x, y], [u, v]) = (a.as_slice(), b.as_slice())
    {
        pair((x, y), (u, v), found);
    }
    if let (Node::Interval(a), Node::Interval(b)) = (key, given) {
        interval(a, b, found);
    }
    let (Some(a), Some(b)) = (written_out(key), written_out(given)) else { return };
    if a.len() < 2 {
        return;
    }
    let among = |one: &Node, all: &[Node]| all.iter().any(|other| equal(plain(one), plain(other)));
    if b.len() < a.len() && b.iter().all(|one| among(one, &a)) {
        found.push(MemberLost);
    } else if b.len() > a.len() && a.iter().all(|one| among(one, &b)) {
        found.push(MemberTooMany);
    } else if a.len() == b.len() && b.iter().all(|one| among(&plain(one).negated(), &a)) {
        found.push(SignOfAnswer);
    } else if a.len() == b.len()
        && !b.iter().all(|one| among(one, &a))
        && b.iter().all(|one| among(one, &a) || among(&plain(one).negated(), &a))
    {
        found.push(SignOfMember);
    }
}

fn plain(node: &Node) -> &Node {
    node.right_side().unwrap_or(node)
}

fn pair((x, y): (&Node, &Node), (u, v): (&Node, &Node), found: &mut Vec<Mistake>) {
    let negative = |a: &Node, b: &Node| equal(&a.negated(), b);
    match (equal(x, u), equal(y, v)) {
        (true, false) if negative(y, v) => found.push(SignOfMember),
        (false, true) if negative(x, u) => found.push(SignOfMember),
        (true, false) | (false, true) => found.push(OneMemberRight),
        (false, false) if equal(x, v) && equal(y, u) => found.push(Swapped),
        (false, false) if negative(x, u) && negative(y, v) => found.push(SignOfAnswer),
        _ => {}
    }
}

fn interval(key: &Interval, given: &Interval, found: &mut Vec<Mistake>) {
    let same = |a: &Node, b: &Node| a == b || equal(a, b);
    if same(&key.low, &given.low) && same(&key.high, &given.high) {
        found.push(EndInOrOut);
    }
}

/// The members of a list or of a value with `±`; a single value is one.
fn written_out(node: &Node) -> Option<Vec<Node>> {
    match node {
        Node::List(parts) | Node::Set(parts) | Node::Or(parts) => {
            Some(parts.iter().filter_map(written_out).flatten().collect())
        }
        node if node.has_plus_minus() => Some(vec![node.with_signs(true), node.with_signs(false)]),
        node if node.is_expression() || node.right_side().is_some() => Some(vec![node.clone()]),
        _ => None,
    }
}
