//! Answers of several members: lists of solutions, points, intervals.

use num_traits::Zero;

use super::{
    Asked, Cue,
    Mistake::{self, *},
    matrix,
    question::equal,
};
use crate::{
    tree::{Interval, Node},
    value::exact,
};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if let (Node::Matrix(a), Node::Matrix(b)) = (key, given) {
        matrix::look(a, b, found);
    }
    zeros(asked, key, given, found);
    apart(asked, key, given, found);
    if let (Node::Tuple(a) | Node::List(a), Node::Tuple(b) | Node::List(b)) = (key, given)
        && let ([x, y], [u, v]) = (a.as_slice(), b.as_slice())
    {
        pair((x, y), (u, v), found);
    }
    solutions(asked, key, given, found);
    if let (Node::Interval(a), Node::Interval(b)) = (key, given) {
        interval(a, b, found);
    }
    let (Some(a), Some(b)) = (written_out(key), written_out(given)) else { return };
    let among = |one: &Node, all: &[Node]| all.iter().any(|other| alike(plain(one), plain(other), false));
    let but_for_sign = |one: &Node, all: &[Node]| all.iter().any(|other| alike(plain(one), plain(other), true));
    if a.len() < 2 {
        if b.len() > 1 && a.iter().all(|one| among(one, &b)) {
            found.push(MemberTooMany);
        }
        return;
    }
    if b.len() < a.len() && b.iter().all(|one| among(one, &a)) {
        found.push(MemberLost);
    } else if b.len() > a.len() && a.iter().all(|one| among(one, &b)) {
        found.push(MemberTooMany);
    } else if a.len() == b.len() && b.iter().all(|one| among(&plain(one).negated(), &a)) {
        found.push(SignOfAnswer);
    } else if a.len() == b.len()
        && !b.iter().all(|one| among(one, &a))
        && b.iter().all(|one| among(one, &a) || but_for_sign(one, &a))
        && a.iter().all(|one| among(one, &b) || but_for_sign(one, &b))
    {
        found.push(SignOfMember);
    } else if a.len() == b.len() && b.iter().all(|one| exchanged(one).is_some_and(|one| among(&one, &a))) {
        found.push(Swapped);
    } else if a.len() == 2 && b.len() == 2 && b.iter().filter(|one| !among(one, &a)).count() == 1 {
        found.push(OneMemberRight);
    }
}

/// Equal; points coordinate by coordinate. With `signs`, only up to signs.
fn alike(a: &Node, b: &Node, signs: bool) -> bool {
    match (a, b) {
        (Node::Tuple(a), Node::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b, signs)),
        (Node::Tuple(_), _) | (_, Node::Tuple(_)) => false,
        _ => equal(a, b) || signs && equal(&a.negated(), b),
    }
}

/// `(y, x)` for `(x, y)`.
fn exchanged(node: &Node) -> Option<Node> {
    match node {
        Node::Tuple(parts) => Some(Node::Tuple(parts.iter().rev().cloned().collect())),
        _ => None,
    }
}

/// Two solutions of a quadratic equation whose product is right and whose sum is not, or the other way round.
fn solutions(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let squared = |node: &Node| matches!(node, Node::Relation(..)) && node.any(&|node| matches!(node, Node::Power(..)));
    let two = |node: &Node| {
        let Node::List(parts) = node else { return None };
        let [a, b] = parts.as_slice() else { return None };
        Some((exact::closed(plain(a))?, exact::closed(plain(b))?))
    };
    let (Some((a, b)), Some((u, v)), true) = (two(key), two(given), asked.formulas.iter().any(squared)) else { return };
    let (sums, products) = ([&a + &b, &u + &v], [a * b, u * v]);
    if products[0] == products[1] && sums[0] != sums[1] && sums[0] != -&sums[1] {
        found.push(MiddleTerm);
    } else if sums[0] == sums[1] && products[0] != products[1] {
        found.push(MultiplyOut);
    }
}

/// Two values side by side that were to be put together.
fn apart(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Node::Tuple(parts) | Node::List(parts)) = given else { return };
    let ([a, b], Some(key)) = (parts.as_slice(), exact::closed(key)) else { return };
    let (Some(a), Some(b)) = (exact::closed(plain(a)), exact::closed(plain(b))) else { return };
    if asked.asks(Cue::Combine) && [&a + &b, &a * &b, &a - &b, &b - &a].contains(&key) {
        found.push(Unfinished);
    }
}

/// Solutions given where factors are asked for.
fn zeros(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if !key.is_expression() || key.is_closed() || !asked.asks(Cue::Factor) {
        return;
    }
    let letters: Vec<String> = key.letters().into_iter().collect();
    let (Some(members), [letter]) = (written_out(given), letters.as_slice()) else { return };
    let is_zero = |one: &Node| {
        exact::closed(plain(one))
            .is_some_and(|at| exact::with(key, &[(letter.clone(), at)].into()).is_some_and(|value| value.is_zero()))
    };
    if !members.is_empty() && members.iter().all(is_zero) {
        found.push(ZerosForFactors);
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
        Node::Tuple(_) => Some(vec![node.clone()]),
        node if node.is_expression() || node.right_side().is_some() => Some(vec![node.clone()]),
        _ => None,
    }
}
