//! Two linear equations, written or told: the other unknown, or a point that fits one of them only.

use std::collections::BTreeMap;

use num_traits::Zero;

use super::{
    Asked, Cue,
    Mistake::{self, *},
    story::have,
};
use crate::{
    Rational,
    tree::{Node, Relation},
    value::exact,
};

/// Whether something holds for two numbers.
type Condition<'a> = Box<dyn Fn(&[Rational; 2]) -> bool + 'a>;

/// `ax + by = c`.
type Line = [Rational; 3];

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if asked.asks(Cue::Combine) {
        return;
    }
    let lines: Vec<(Line, [String; 2])> = asked.formulas.iter().filter_map(line).collect();
    if let [(one, letters), (two, others)] = lines.as_slice()
        && letters == others
    {
        of_lines(&[one.clone(), two.clone()], key, given, found);
    }
    if lines.is_empty() && matches!(key, Node::List(_)) {
        conditions(asked, key, given, found);
    }
    if let [e, f, a, b, c, d] = asked.told.as_slice() {
        told([[a, b, e], [c, d, f]], key, given, found);
    }
    if let [a, b, e, c, d, f] = asked.told.as_slice() {
        told([[a, b, e], [c, d, f]], key, given, found);
    }
}

/// The same for equations that the hints come to: any two in the same two letters.
pub(super) fn of_hints(equations: &[[Node; 2]], key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let whole = |[left, right]: &[Node; 2]| Node::Relation(vec![left.clone(), right.clone()], vec![Relation::Equal]);
    let mut lines: Vec<(Line, [String; 2])> = equations.iter().filter_map(|sides| line(&whole(sides))).collect();
    lines.truncate(2);
    if let [(one, letters), (two, others)] = lines.as_slice()
        && letters == others
    {
        of_lines(&[one.clone(), two.clone()], key, given, found);
    }
}

fn of_lines(lines: &[Line; 2], key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let Some((_, x, y)) = crossing(lines) else { return };
    if let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given))
        && ((key == x && given == y) || (key == y && given == x))
    {
        found.push(OtherPart);
    } else if let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) {
        eliminated(lines, &[x.clone(), y.clone()], &key, &given, found);
    }
    if let (Some([a, b]), Some([u, v])) = (point(key), point(given))
        && (&a, &b) == (&x, &y)
    {
        let fits = |[p, q, r]: &Line| p * &u + q * &v == *r;
        if lines.iter().filter(|line| fits(line)).count() == 1 {
            found.push(OneEquation);
        }
    }
}

/// One letter eliminated with a slip: added for subtracted, or one side only multiplied.
fn eliminated(
    [[a, b, e], [c, d, f]]: &[Line; 2],
    point: &[Rational; 2],
    key: &Rational,
    given: &Rational,
    found: &mut Vec<Mistake>,
) {
    // Each letter as (its two numbers, the other's two).
    let ways = [(a, c, b, d), (b, d, a, c)];
    for ((p, r, q, s), value) in ways.into_iter().zip(point) {
        if value != key {
            continue;
        }
        let tops = [e * s - q * f, e * s + q * f];
        let bottoms = [p * s - q * r, p * s + q * r];
        let over = |top: &Rational, bottom: &Rational| (!bottom.is_zero()).then(|| top / bottom);
        let added: Vec<_> =
            [(0, 1), (1, 0), (1, 1)].iter().filter_map(|(m, n)| over(&tops[*m], &bottoms[*n])).collect();
        let once: Vec<_> = [e - f, f - e, e + f].iter().filter_map(|top| over(top, &bottoms[0])).collect();
        if have(&added, given) {
            found.push(SignInside);
        } else if have(&once, given) {
            found.push(BothSides);
        } else if [(a, e), (b, e), (c, f), (d, f)]
            .iter()
            .any(|(price, total)| over(total, price).as_ref() == Some(given))
        {
            found.push(NumberLeftOut);
        }
    }
}

/// A story with two kinds of things, so many of each and the sum, twice.
fn told(rows: [[&Rational; 3]; 2], key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let [[a, b, e], [c, d, f]] = rows;
    let lines = rows.map(|row| row.map(Clone::clone));
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    let Some((determinant, x, y)) = crossing(&lines) else { return };
    if key != x && key != y {
        return;
    }
    if given == if key == x { y } else { x } {
        found.push(OtherPart);
    } else if [[a, e], [b, e], [c, f], [d, f]].iter().any(|[price, total]| !price.is_zero() && *total / *price == given)
    {
        found.push(NumberLeftOut);
    } else if !key.is_zero() && (&given / &key == determinant || &given / &key == -determinant) {
        found.push(Unfinished);
    }
}

/// The determinant and the point where both hold.
fn crossing([[a, b, e], [c, d, f]]: &[Line; 2]) -> Option<(Rational, Rational, Rational)> {
    let determinant = a * d - b * c;
    if determinant.is_zero() {
        return None;
    }
    let (x, y) = ((e * d - b * f) / &determinant, (a * f - e * c) / &determinant);
    Some((determinant, x, y))
}

/// Two numbers told of in words: what holds for the key, of sums, differences, products and multiples that the question's
/// numbers make, holds for the answer in part.
fn conditions(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (point(key), point(given)) else { return };
    let turned = |[a, b]: &[Rational; 2]| [b.clone(), a.clone()];
    let mut numbers = asked.numbers.clone();
    numbers.extend(asked.numbers.iter().map(|number| -number));
    let one = Rational::from_integer(1.into());
    numbers.push(one);
    let mut holds: Vec<Condition<'_>> = Vec::new();
    for n in &asked.numbers {
        holds.push(Box::new(move |[x, y]| x + y == *n));
        holds.push(Box::new(move |[x, y]| x * y == *n));
    }
    for a in &numbers {
        for b in &asked.numbers {
            holds.push(Box::new(move |[x, y]| *y == a * x + b));
            holds.push(Box::new(move |[x, y]| *y == a * x - b));
        }
    }
    for order in [key.clone(), turned(&key)] {
        let true_of_key: Vec<_> = holds.iter().filter(|holds| holds(&order)).collect();
        if true_of_key.len() == 2 {
            let kept = |given: &[Rational; 2]| true_of_key.iter().filter(|holds| holds(given)).count();
            if [given.clone(), turned(&given)].iter().any(|given| kept(given) == 1) {
                found.push(OneEquation);
                return;
            }
        }
    }
}

fn point(node: &Node) -> Option<[Rational; 2]> {
    let (Node::Tuple(parts) | Node::List(parts)) = node else { return None };
    let [a, b] = parts.as_slice() else { return None };
    let plain = |node: &Node| exact::closed(node.right_side().unwrap_or(node));
    Some([plain(a)?, plain(b)?])
}

fn line(node: &Node) -> Option<(Line, [String; 2])> {
    let Node::Relation(sides, signs) = node.bare() else { return None };
    let ([left, right], [Relation::Equal]) = (sides.as_slice(), signs.as_slice()) else { return None };
    let letters: [String; 2] = node.letters().into_iter().collect::<Vec<_>>().try_into().ok()?;
    let at = |x: i64, y: i64| {
        let whole = |value: i64| Rational::from_integer(value.into());
        let values = BTreeMap::from([(letters[0].clone(), whole(x)), (letters[1].clone(), whole(y))]);
        Some(exact::with(left, &values)? - exact::with(right, &values)?)
    };
    let c = at(0, 0)?;
    let (a, b) = (at(1, 0)? - &c, at(0, 1)? - &c);
    let straight = at(2, 3)? == &a * Rational::from_integer(2.into()) + &b * Rational::from_integer(3.into()) + &c;
    straight.then_some(([a, b, -c], letters))
}
