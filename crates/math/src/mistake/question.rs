//! Looks for the answer among the right answers to the question as a wrong step leaves it.

use std::collections::BTreeMap;

use num_traits::Signed;

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::{fraction, number, over, terms, times},
    rewrite::changed,
    rough::{close, value},
    sides,
    target::Target,
    undo::{linear, solved, unknown},
};
use crate::{
    compare::{Same, compare},
    tree::{Node, Relation},
    value::exact,
};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if asked.asks(Cue::Combine) {
        return;
    }
    if !key.is_closed() && asked.formulas.iter().all(|formula| formula.size() < 3) {
        of_words(key, given, found);
    }
    for formula in &asked.formulas {
        match formula.bare() {
            Node::Relation(sides, signs) if matches!(signs.as_slice(), [Relation::Equal]) => {
                equation(sides, key, given, found);
            }
            Node::Relation(sides, signs) if signs.len() == 1 => equation(sides, key, given, found),
            node if node.is_expression() && (node.size() > 1 || matches!(node, Node::Mixed(..))) => {
                expression(node, key, given, found)
            }
            _ => {}
        }
    }
}

/// Words that are to be written as an expression: the key itself with a wrong step in it.
fn of_words(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let mut here = Vec::new();
    expression(key, key, given, &mut here);
    let in_words = [FirstTermOnly, OrderOfOperations, OrderOfTerms, Operation, SignInside, PowerOfPart, UpsideDown];
    here.retain(|mistake| in_words.contains(mistake));
    found.extend(here);
}

/// Equal at two points, and then for sure.
pub(super) fn equal(a: &Node, b: &Node) -> bool {
    near(a, &[0, 1].map(|point| value(b, &BTreeMap::new(), point))) && compare(a, b, false) == Same::Equal
}

/// Whether the key is the value of the tree, rounded where the key is.
pub(super) fn keyed(node: &Node, key: &Node) -> bool {
    Target::new(key).is_about(node)
}

/// Whether it has these values at the two points.
fn near(node: &Node, seen: &[Option<f64>; 2]) -> bool {
    let at = |point: u64| value(node, &BTreeMap::new(), point);
    seen.iter().zip(0..).all(|(seen, point)| match (seen, at(point)) {
        (Some(a), Some(b)) => close(*a, b),
        _ => false,
    })
}

/// A question whose right answer has the value of a tree.
pub(super) fn expression(node: &Node, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let fits = keyed(node, key);
    // A key that is not the formula's value answers something else, unless letters show that it is only wrong.
    if !fits && (given.is_closed() || equal(node, given)) {
        return;
    }
    let target = Target::new(given);
    for tree in [node.clone()].into_iter().chain(worked(node)) {
        for (mistake, tree) in changed(&tree) {
            // Found once is found; the exact comparison is the dear part.
            if !found.contains(&mistake) && target.is(&tree) && !keyed(&tree, key) {
                // A number got with a term less is a step on the way; of a sum with letters, the term is missing.
                found.push(if mistake == TermMissing && given.is_closed() { Unfinished } else { mistake });
            }
        }
    }
    if fits && node.children().into_iter().any(|part| has_part(part, given)) {
        found.push(Unfinished);
    }
}

/// The sum of two fractions over one line, as it is worked out: `(ad + cb)/(bd)`.
fn worked(node: &Node) -> Option<Node> {
    let [(s, first), (t, second)] = terms(node)? else { return None };
    let ((a, b), (c, d)) = (fraction(first)?, fraction(second)?);
    if b.is_closed() || d.is_closed() || b.bare() == d.bare() {
        return None;
    }
    let top = Node::Sum(vec![(*s, times(a, d.clone())), (*t, times(c, b.clone()))]);
    Some(over(top, times(b, d)))
}

/// Whether a part that is to be worked out has this value.
fn has_part(node: &Node, given: &Node) -> bool {
    let itself = node.size() > 2 && !is_number(node) && equal(node, given);
    itself || node.children().into_iter().any(|part| has_part(part, given))
}

/// A number as written, a fraction or a negative one too.
pub(super) fn is_number(node: &Node) -> bool {
    let plain = |node: &Node| matches!(node.sign_split().1, Node::Number(_));
    // `6/3` is still to be worked out.
    let lowest = |top: &Node, bottom: &Node| {
        exact::closed(bottom)
            .zip(exact::closed(node))
            .is_some_and(|(below, value)| below.abs() == value.denom().clone().into())
            && plain(top)
            && plain(bottom)
    };
    plain(node) || fraction(node).is_some_and(|(top, bottom)| lowest(&top, &bottom))
}

/// The value of the one unknown; of an inequality, where it begins or ends.
pub(super) fn equation(sides: &[Node], key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let [left, right] = sides else { return };
    if matches!(left.bare(), Node::Letter(_)) && right.is_closed() {
        return expression(right, key, given, found);
    }
    let Some(letter) = unknown(left, right, key) else { return };
    if !given.is_closed() && given.letters().contains(&letter) {
        return;
    }
    let satisfied = |left: &Node, right: &Node, by: &Node| holds(left, right, &letter, by);
    if satisfied(left, right, given) {
        if satisfied(left, right, key) {
            found.push(OtherSolution);
        }
        return;
    }
    if let (Some((a, b)), Some((c, d))) = (fraction(left), fraction(right))
        && [times(a, d), times(b, c)].iter().any(|across| equal(across, given))
    {
        found.push(Unfinished);
    }
    let whole = Node::Relation(vec![left.clone(), right.clone()], vec![Relation::Equal]);
    for (mistake, [left, right]) in sides::changed(left, right, &letter) {
        if satisfied(&left, &right, given) && !satisfied(&left, &right, key) {
            found.push(mistake);
        }
    }
    // A term left out is the last thing to think of.
    let explained = !found.is_empty();
    for (mistake, tree) in changed(&whole) {
        let Node::Relation(sides, _) = &tree else { continue };
        let late = matches!(mistake, Unfinished | TermMissing | NumberLeftOut | LostDenominator);
        if late && explained || found.contains(&mistake) {
            continue;
        }
        if satisfied(&sides[0], &sides[1], given) && !satisfied(&sides[0], &sides[1], key) {
            found.push(match mistake {
                OrderOfTerms => SignInside,
                TermMissing => Unfinished,
                LostDenominator => ClearedInPart,
                // Halving the one side is doubling the other instead of squaring it.
                RootAsDivision => BaseTimesExponent,
                other => other,
            });
        }
    }
    if given.is_closed()
        && let Some((_, b)) = linear(left, right, &letter)
        && !equal(&number(b.clone()), key)
        && [number(b.clone()), number(-b)].iter().any(|b| equal(b, given))
    {
        found.push(Unfinished);
    }
    // What shows in the question itself needs no way back.
    if found.iter().any(|mistake| mistake.weight() >= FirstTermOnly.weight()) {
        return;
    }
    for way in solved(left, right, &letter) {
        let mut here = Vec::new();
        if keyed(&way, key) {
            expression(&way, key, given, &mut here);
        }
        found.extend(here.into_iter().map(|mistake| match mistake {
            SignInside | OrderOfTerms => MovedTerm,
            Operation => InverseOperation,
            other => other,
        }));
    }
}

/// Whether the value solves the equation, and not every value does.
fn holds(left: &Node, right: &Node, letter: &str, by: &Node) -> bool {
    let none = BTreeMap::new();
    let Some(rough) = value(by, &none, 0) else { return false };
    let apart = |at: f64| {
        let letters = BTreeMap::from([(letter.to_owned(), at)]);
        Some((value(left, &letters, 0)?, value(right, &letters, 0)?))
    };
    let near = |at: f64| apart(at).is_some_and(|(a, b)| close(a, b));
    if !near(rough) || near(0.731) && near(1.377) {
        return false;
    }
    let put = |node: &Node| {
        node.map(&|node| match node {
            Node::Letter(name) if name == letter => Some(Node::Group(Box::new(by.clone()))),
            _ => None,
        })
    };
    compare(&put(left), &put(right), false) == Same::Equal
}
