//! Equations and inequalities: by real solution set in one letter, by a constant multiple in several.

use std::{borrow::Cow, collections::BTreeSet};

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::{Same, compare as compare_nodes, expression, list};
use crate::{
    solve::{Condition, same_solutions},
    tree::{Node, Relation, Step},
    value::{field, precise},
};

/// Lists of solutions such as `x=3, x=-3` or `x=±3` against equations in the same letter. `None`: not that case.
pub(super) fn listed(given: &Node, expected: &Node) -> Option<Same> {
    let (given, expected) = (written_out(given), written_out(expected));
    let (a, b) = (Condition::of(&given)?, Condition::of(&expected)?);
    let letters: BTreeSet<String> = given.letters().union(&expected.letters()).cloned().collect();
    let letter = letters.first()?;
    if letters.len() != 1 || given.letters() != expected.letters() {
        return None;
    }
    same_solutions(&a, &b, letter).filter(|verdict| *verdict != Same::Undecided)
}

/// `x ≠ ±3` says `x ≠ 3 and x ≠ -3`, and so does a list of what is left out: each part leaves out more.
pub(super) fn exclusions(node: &Node) -> Cow<'_, Node> {
    if !node.any(&|node| matches!(node, Node::Relation(_, signs) if signs.contains(&Relation::NotEqual))) {
        return Cow::Borrowed(node);
    }
    let excludes = |node: &Node| matches!(node.bare(), Node::Relation(_, signs) if signs == &[Relation::NotEqual]);
    let all = |parts: &[Node]| {
        let parts = parts.iter().map(|part| exclusions(part.bare()).into_owned());
        Node::And(
            parts
                .flat_map(|part| match part {
                    Node::And(inner) => inner,
                    other => vec![other],
                })
                .collect(),
        )
    };
    Cow::Owned(match node {
        Node::Relation(_, signs) if signs.contains(&Relation::NotEqual) && node.has_plus_minus() => {
            Node::And(both_signs(node))
        }
        Node::List(parts) | Node::Set(parts) if parts.iter().all(excludes) => all(parts),
        Node::And(parts) => all(parts),
        Node::Or(parts) => Node::Or(parts.iter().map(|part| exclusions(part.bare()).into_owned()).collect()),
        other => other.clone(),
    })
}

/// Inequalities with commas between them. They hold together, unless no number fits them all: `x < -2, x > 5`. Several
/// letters hold together always. `None`: not that case.
pub(super) fn with_commas(given: &Node, expected: &Node) -> Option<Same> {
    let listed = |node: &Node| match node.bare() {
        Node::List(parts) if parts.iter().all(|part| matches!(part.bare(), Node::Relation(..))) => {
            is_inequality(node).then(|| parts.clone())
        }
        _ => None,
    };
    let joined = |node: &Node| matches!(node.bare(), Node::Relation(..) | Node::And(_) | Node::Or(_));
    match (listed(given), listed(expected)) {
        (Some(parts), None) if joined(expected) => Some(together(parts, expected)),
        (None, Some(parts)) if joined(given) => Some(together(parts, given)),
        _ => None,
    }
}

fn together(parts: Vec<Node>, other: &Node) -> Same {
    let all = Node::And(parts.clone());
    let verdict = compare_nodes(&all, other, false);
    if verdict == Same::Equal {
        return verdict;
    }
    if is_empty(&all) { compare_nodes(&Node::Or(parts), other, false) } else { verdict }
}

/// Whether no number fulfils a condition in one letter.
fn is_empty(node: &Node) -> bool {
    let letters = node.letters();
    let (Some(letter), Some(condition)) = (letters.first().filter(|_| letters.len() == 1), Condition::of(node)) else {
        return false;
    };
    // Two conditions without solutions cannot be told apart, and nothing else is undecided of a condition and itself.
    same_solutions(&condition, &condition, letter) == Some(Same::Undecided)
}

/// Whether a `<`, `≤`, `>` or `≥` stands in it.
pub(super) fn is_inequality(node: &Node) -> bool {
    let order = |sign: &Relation| !matches!(sign, Relation::Equal | Relation::NotEqual);
    node.any(&|node| matches!(node, Node::Relation(_, signs) if signs.iter().any(order)))
}

/// Whether it says "one of these", as `x = 7 or y = 4` and `y = ±x` do.
pub(super) fn is_choice(node: &Node) -> bool {
    match node.bare() {
        Node::Or(_) => true,
        relation @ Node::Relation(..) => relation.has_plus_minus(),
        _ => false,
    }
}

/// Whether both consist of relations, with more than one letter in play.
pub(super) fn in_several_letters(given: &Node, expected: &Node) -> bool {
    let relations = |node: &Node| match node.bare() {
        Node::Relation(..) => true,
        Node::List(parts) | Node::Set(parts) | Node::And(parts) | Node::Or(parts) => {
            parts.iter().all(|part| matches!(part.bare(), Node::Relation(..) | Node::And(_)))
        }
        _ => false,
    };
    relations(given) && relations(expected) && given.letters().union(&expected.letters()).count() > 1
}

/// `x = ±3` as `x = 3 or x = -3`.
fn written_out(node: &Node) -> Node {
    match node.bare() {
        Node::List(parts) => Node::List(parts.iter().flat_map(both_signs).collect()),
        Node::Or(parts) => Node::Or(parts.iter().flat_map(both_signs).collect()),
        other if other.has_plus_minus() => Node::Or(both_signs(other)),
        other => other.clone(),
    }
}

fn both_signs(node: &Node) -> Vec<Node> {
    if node.has_plus_minus() { vec![node.with_signs(true), node.with_signs(false)] } else { vec![node.clone()] }
}

pub(super) fn compare(given: &Node, expected: &Node) -> Same {
    let letters = (given.letters(), expected.letters());
    // A multiple may have lost or gained what a denominator leaves out, as x = 3 in (x²-9)/(x-3) = 6.
    if letters.0 == letters.1 && letters.0.len() == 1 && (divides_by_letters(given) || divides_by_letters(expected)) {
        let (Some(a), Some(b)) = (Condition::of(given), Condition::of(expected)) else { return Same::Undecided };
        let verdict = letters.0.first().and_then(|letter| same_solutions(&a, &b, letter));
        if let Some(verdict @ (Same::Equal | Same::Different)) = verdict {
            return verdict;
        }
    }
    if let (Some(a), Some(b)) = (Difference::of(given), Difference::of(expected))
        && a.sign == b.sign
        && proportional(&a, &b) == Some(true)
    {
        return Same::Equal;
    }
    if same_sides(given, expected) {
        return Same::Equal;
    }
    if let Some(verdict) = solved_for(given, expected) {
        return verdict;
    }
    if letters.0.is_empty() && letters.1.is_empty() {
        return Same::Undecided;
    }
    if letters.0 != letters.1 {
        return Same::Different;
    }
    match letters.0.len() {
        1 => {
            let (Some(a), Some(b)) = (Condition::of(given), Condition::of(expected)) else { return Same::Undecided };
            letters.0.first().and_then(|letter| same_solutions(&a, &b, letter)).unwrap_or(Same::Undecided)
        }
        _ => several(given, expected),
    }
}

fn divides_by_letters(node: &Node) -> bool {
    node.any(&|node| match node {
        Node::Fraction(_, bottom) => !bottom.is_closed(),
        Node::Product(factors) => factors.iter().any(|(step, node)| *step == Step::Over && !node.is_closed()),
        Node::Power(base, exponent) => !base.is_closed() && exponent.sign_split().0,
        _ => false,
    })
}

/// Side by side, either way round: `27 = -22` has no solution whatever its numbers, so only this tells it from others.
fn same_sides(given: &Node, expected: &Node) -> bool {
    let (Node::Relation(a, s), Node::Relation(b, t)) = (given.bare(), expected.bare()) else { return false };
    let pairwise =
        |b: &mut dyn Iterator<Item = &Node>| a.iter().zip(b).all(|(a, b)| compare_nodes(a, b, false) == Same::Equal);
    let turned = s.iter().rev().map(|sign| sign.flipped()).eq(t.iter().copied());
    a.len() == b.len() && ((s == t && pairwise(&mut b.iter())) || (turned && pairwise(&mut b.iter().rev())))
}

/// `x = a` against `x = b` with the same letter alone on the left: the values decide.
fn solved_for(given: &Node, expected: &Node) -> Option<Same> {
    let (a, b) = (given.right_side()?, expected.right_side()?);
    let left = |node: &Node| match node.bare() {
        Node::Relation(sides, _) => sides[0].clone(),
        other => other.clone(),
    };
    (left(given) == left(expected) && a.is_closed() && b.is_closed()).then(|| compare_nodes(a, b, false))
}

/// Several letters: no constant multiple, so different; chains part by part.
fn several(given: &Node, expected: &Node) -> Same {
    match (given.bare(), expected.bare()) {
        (Node::Relation(a, _), Node::Relation(b, _)) if a.len() == 2 && b.len() == 2 => {
            match (Difference::of(given), Difference::of(expected)) {
                (Some(a), Some(b)) if a.sign == b.sign => match proportional(&a, &b) {
                    Some(true) => Same::Equal,
                    Some(false) => Same::Different,
                    None => Same::Undecided,
                },
                _ => Same::Different,
            }
        }
        (Node::And(a), Node::And(b)) | (Node::Or(a), Node::Or(b)) => {
            let (Some(a), Some(b)) = (list::members(&Node::List(a.clone())), list::members(&Node::List(b.clone())))
            else {
                return Same::Undecided;
            };
            list::compare(a, b, false)
        }
        (Node::Relation(a, s), Node::Relation(b, t)) if s == t && a.len() == b.len() => {
            let sides = a.iter().zip(b).fold(Same::Equal, |verdict, (a, b)| verdict.and(expression::compare(a, b)));
            if sides == Same::Equal { Same::Equal } else { Same::Undecided }
        }
        _ => Same::Undecided,
    }
}

/// `left - right` with `=`, `≠`, `<` or `≤` against zero.
struct Difference {
    node: Node,
    sign: Relation,
}

impl Difference {
    fn of(node: &Node) -> Option<Difference> {
        let Node::Relation(sides, signs) = node.bare() else { return None };
        let [sign] = signs[..] else { return None };
        if !sides.iter().all(Node::is_expression) {
            return None;
        }
        let turned = matches!(sign, Relation::Greater | Relation::GreaterEqual);
        let (left, right) = if turned { (&sides[1], &sides[0]) } else { (&sides[0], &sides[1]) };
        Some(Difference { node: left.minus(right), sign: if turned { sign.flipped() } else { sign } })
    }
}

/// Whether one is a constant multiple of the other, a positive one for inequalities. `None`: cannot be told.
fn proportional(a: &Difference, b: &Difference) -> Option<bool> {
    let positive = matches!(a.sign, Relation::Less | Relation::LessEqual);
    // In the field π and e are unknowns, but a multiple by π is a constant one.
    let constants = |node: &Node| node.any(&|node| matches!(node, Node::Constant(_)));
    if constants(&a.node) || constants(&b.node) {
        return over_reals(&a.node, &b.node, positive);
    }
    match in_field(&a.node, &b.node) {
        Some(true) if !positive => Some(true),
        Some(false) => Some(false),
        _ => over_reals(&a.node, &b.node, positive),
    }
}

/// The quotient is the same at every point.
fn in_field(a: &Node, b: &Node) -> Option<bool> {
    let mut first = None;
    let mut seen = 0;
    let mut values = BTreeSet::new();
    for point in 0..16 {
        let (Some(a), Some(b)) = (field::at_point(a, point), field::at_point(b, point)) else { continue };
        values.insert(a);
        if (a == 0) != (b == 0) {
            return Some(false);
        }
        let Some(inverse) = field::invert(b) else { continue };
        let quotient = field::multiply(a, inverse);
        if *first.get_or_insert(quotient) != quotient {
            return Some(false);
        }
        seen += 1;
    }
    // A constant is a multiple of every constant, which says nothing about the equations.
    (seen >= 4 && values.len() > 1).then_some(true)
}

fn over_reals(a: &Node, b: &Node, positive: bool) -> Option<bool> {
    let letters: BTreeSet<String> = a.letters().union(&b.letters()).cloned().collect();
    let mut first: Option<(BigInt, BigInt)> = None;
    let mut constant = true;
    let mut seen = 0;
    for point in 0..40 {
        let values = expression::real_point(&letters, point);
        let (Some(a), Some(b)) = (precise::at(a, &values), precise::at(b, &values)) else { continue };
        if a.is_zero() && b.is_zero() {
            continue;
        }
        if a.is_zero() || b.is_zero() {
            return Some(false);
        }
        if positive && a.is_negative() != b.is_negative() {
            return Some(false);
        }
        constant &= !first.as_ref().is_some_and(|(c, _)| matches!(precise::compare(c, &a), precise::Near::Apart));
        let Some((c, d)) = &first else {
            first = Some((a, b));
            continue;
        };
        match precise::compare(&((&a * d) >> 512), &((&b * c) >> 512)) {
            precise::Near::Apart => return Some(false),
            precise::Near::Same => seen += 1,
            precise::Near::Unclear => {}
        }
    }
    (seen >= 5 && !constant).then_some(true)
}
