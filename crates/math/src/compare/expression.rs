//! Expressions: exact where they are fractions, at points of a prime field where they are rational, with many digits
//! where roots and other functions occur.

use std::collections::{BTreeMap, BTreeSet};

use super::Same;
use crate::{
    Rational,
    solve::between_breaks,
    tree::{Node, Numeral},
    value::{complex, exact, field, precise},
};

const FIELD_POINTS: u64 = 4;
const REAL_POINTS: u64 = 30;

pub(super) fn compare(given: &Node, expected: &Node) -> Same {
    if !given.is_expression() || !expected.is_expression() {
        return Same::Different;
    }
    if has_infinity(given) || has_infinity(expected) {
        return infinity(given, expected);
    }
    if let (Some(a), Some(b)) = (exact::closed(given), exact::closed(expected)) {
        return if a == b { Same::Equal } else { Same::Different };
    }
    in_field(given, expected)
        .or_else(|| over_reals(given, expected))
        .or_else(|| over_complex(given, expected))
        .unwrap_or(Same::Undecided)
}

fn has_infinity(node: &Node) -> bool {
    node.any(&|node| matches!(node, Node::Infinity))
}

fn infinity(given: &Node, expected: &Node) -> Same {
    match (given.sign_split(), expected.sign_split()) {
        ((a, Node::Infinity), (b, Node::Infinity)) if a == b => Same::Equal,
        ((_, Node::Infinity), (_, Node::Infinity)) => Same::Different,
        ((_, Node::Infinity), (_, other)) | ((_, other), (_, Node::Infinity)) if !has_infinity(other) => {
            Same::Different
        }
        _ => Same::Undecided,
    }
}

/// Decides where both are rational expressions that are defined at enough points.
fn in_field(given: &Node, expected: &Node) -> Option<Same> {
    let mut seen = 0;
    for point in 0..FIELD_POINTS * 4 {
        let (Some(a), Some(b)) = (field::at_point(given, point), field::at_point(expected, point)) else { continue };
        if a != b {
            return Some(Same::Different);
        }
        seen += 1;
        if seen == FIELD_POINTS {
            return Some(if apart_exactly(given, expected) { Same::Different } else { Same::Equal });
        }
    }
    None
}

/// Whether exact fractions tell them apart that the field does not: a multiple of its prime is zero there.
fn apart_exactly(given: &Node, expected: &Node) -> bool {
    let letters: BTreeSet<String> = given.letters().union(&expected.letters()).cloned().collect();
    let values = real_point(&letters, 0);
    matches!((exact::with(given, &values), exact::with(expected, &values)), (Some(a), Some(b)) if a != b)
}

/// Decides where both are real at enough points: equal where both are defined, as with rational expressions.
fn over_reals(given: &Node, expected: &Node) -> Option<Same> {
    let mut letters = given.letters();
    letters.extend(expected.letters());
    let wanted = if letters.is_empty() { 1 } else { 6 };
    let points = if letters.is_empty() { 1 } else { REAL_POINTS };
    let scattered = (0..points).map(|point| real_point(&letters, point));
    let (mut seen, mut unclear, mut undefined) = (0, 0, 0);
    for values in points_between_breaks(given, expected, &letters).into_iter().chain(scattered) {
        match (precise::reached(given, &values), precise::reached(expected, &values)) {
            (Ok(Some(a)), Ok(Some(b))) => match precise::compare(&a, &b) {
                precise::Near::Apart => return Some(Same::Different),
                precise::Near::Same => seen += 1,
                precise::Near::Unclear => unclear += 1,
            },
            (Ok(None), _) | (_, Ok(None)) => undefined += 1,
            _ => unclear += 1,
        }
    }
    if seen >= wanted {
        return Some(Same::Equal);
    }
    // What is real but out of reach here is not decided with fewer digits.
    (unclear > undefined).then_some(Same::Undecided)
}

/// Points in every stretch between the places where absolute values and roots change, letter by letter, with fixed
/// numbers for the other letters.
fn points_between_breaks(given: &Node, expected: &Node, letters: &BTreeSet<String>) -> Vec<BTreeMap<String, Rational>> {
    let mut points = Vec::new();
    for letter in letters.iter().take(3) {
        for base in [0, 5] {
            let others = real_point(letters.iter().filter(|other| *other != letter), base);
            let fixed = |node: &Node| {
                node.map(&|node| match node {
                    Node::Letter(name) => others.get(name).map(|value| {
                        Node::Group(Box::new(Node::Number(Numeral { value: value.clone(), places: None })))
                    }),
                    _ => None,
                })
            };
            let both = fixed(given).minus(&fixed(expected));
            for value in between_breaks(&both, letter) {
                let mut point = others.clone();
                point.insert(letter.clone(), value);
                points.push(point);
            }
            if others.is_empty() {
                break;
            }
        }
    }
    points.truncate(40);
    points
}

/// A point with fixed, random-looking coordinates; the number of the point decides on signs and sizes, so that domains
/// such as x > 5 or 0 < x < 1 are met.
pub(super) fn real_point<'a>(letters: impl IntoIterator<Item = &'a String>, point: u64) -> BTreeMap<String, Rational> {
    letters
        .into_iter()
        .map(|name| {
            let dice = field::scramble(name, point);
            let base = Rational::new((dice % 997 + 3).into(), 128.into());
            let value = match point % 7 {
                0 => base,
                1 | 2 if dice >> 32 & 1 == 1 => -base,
                1 | 2 => base,
                3 => base / Rational::from_integer(8.into()),
                4 => base * Rational::from_integer(16.into()),
                5 if dice >> 32 & 1 == 1 => -base * Rational::from_integer(100_000.into()),
                5 => base * Rational::from_integer(100_000.into()),
                _ => -base,
            };
            (name.clone(), value)
        })
        .collect()
}

/// What is not real: complex floating point, where nearness is taken for equality only to twelve digits.
fn over_complex(given: &Node, expected: &Node) -> Option<Same> {
    let closed = given.is_closed() && expected.is_closed();
    let points = if closed { 1 } else { 8 };
    let mut seen = 0;
    for point in 0..points {
        let (Some(a), Some(b)) = (complex::at_point(given, point), complex::at_point(expected, point)) else {
            continue;
        };
        let scale = a.size().max(b.size());
        let apart = a.minus(b).size();
        if apart > 1e-8 * scale {
            return Some(Same::Different);
        }
        if apart > 1e-12 * scale || scale < 1e-9 {
            return None;
        }
        seen += 1;
    }
    (seen >= if closed { 1 } else { 4 }).then_some(Same::Equal)
}
