//! Conditions with roots or other closed irrational numbers in them: the same method with 512-bit numbers, for
//! differences that are rational expressions or polynomials of degree one and two.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::{
    Condition, POINTS_MAX, Verdict, Watch, differences,
    polynomial::{Polynomial, quotient},
    roots,
};
use crate::{
    Rational,
    tree::{Node, Relation, Step},
    value::{exact, precise},
};

pub(super) fn compare(given: &Condition, expected: &Condition, letter: &str) -> Option<Verdict> {
    let mut points: Vec<BigInt> = Vec::new();
    for condition in [given, expected] {
        for difference in differences(condition)? {
            points.extend(zeros(&difference, letter)?);
        }
    }
    points.sort();
    points.dedup_by(|a, b| close(a, b) != Some(false));
    if points.len() > POINTS_MAX {
        return None;
    }
    let one: BigInt = BigInt::from(1) << 512;
    let mut places = vec![points.first().map_or_else(BigInt::zero, |first| first - &one)];
    for (at, point) in points.iter().enumerate() {
        places.push(point.clone());
        places.push(points.get(at + 1).map_or_else(|| point + &one, |next| (point + next) >> 1));
    }
    let mut watch = Watch::new();
    for place in places {
        // A zero with its rounding: powers of it would be out of reach.
        let place = if tiny(&place) { BigInt::zero() } else { place };
        let x = Rational::new(place, one.clone());
        let values: BTreeMap<String, Rational> = [(letter.to_owned(), x)].into_iter().collect();
        let mut atom = |left: &Node, sign: Relation, right: &Node| {
            match (precise::at(left, &values), precise::at(right, &values)) {
                (Some(left), Some(right)) => close(&left, &right)
                    .map(|close| sign.holds(if close { std::cmp::Ordering::Equal } else { left.cmp(&right) })),
                // Not defined over the reals, or out of reach: the one means "no solution here", the other nothing.
                _ => None,
            }
        };
        watch.see(given.holds(&mut atom)?, expected.holds(&mut atom)?);
    }
    Some(watch.verdict())
}

/// `None`: nearer than different numbers are likely to be, farther than rounding explains.
fn close(a: &BigInt, b: &BigInt) -> Option<bool> {
    let apart = (a - b).bits();
    let larger = a.bits().max(b.bits());
    if apart <= 112 || apart + 400 <= larger {
        Some(true)
    } else if apart <= 262 || apart + 250 <= larger {
        None
    } else {
        Some(false)
    }
}

fn tiny(value: &BigInt) -> bool {
    value.bits() < 262
}

/// Where a difference may change its sign. `None` where that cannot be found.
pub(super) fn zeros(difference: &Node, letter: &str) -> Option<Vec<BigInt>> {
    let mut divisors = Vec::new();
    let exact = quotient(difference, letter, &|_| None, &mut |divisor| {
        divisors.push(divisor.top.clone());
        Some(())
    });
    if let Some(value) = exact {
        divisors.push(value.top);
        divisors.retain(|polynomial| polynomial.degree() > 0);
        return refined(&divisors);
    }
    let degree = degree(difference, letter)?;
    let value = |x: i64| {
        let values = [(letter.to_owned(), Rational::from_integer(x.into()))].into_iter().collect();
        precise::at(difference, &values)
    };
    let at_zero = value(0)?;
    match degree {
        0 => Some(vec![]),
        1 => {
            let slope = value(1)? - &at_zero;
            if tiny(&slope) { Some(vec![]) } else { Some(vec![over(&-at_zero, &slope)]) }
        }
        2 => {
            let (up, down) = (value(1)?, value(-1)?);
            let a: BigInt = ((&up + &down) >> 1) - &at_zero;
            let b: BigInt = (&up - &down) >> 1;
            if tiny(&a) {
                return if tiny(&b) { Some(vec![]) } else { Some(vec![over(&-at_zero, &b)]) };
            }
            let under: BigInt = ((&b * &b) >> 512) - (((&a * &at_zero) >> 512) << 2);
            if tiny(&under) {
                return Some(vec![over(&-b, &(a << 1))]);
            }
            if under.is_negative() {
                return Some(vec![]);
            }
            let root = (under << 512_u32).sqrt();
            Some(vec![over(&(-&b - &root), &(&a << 1)), over(&(-&b + &root), &(&a << 1))])
        }
        _ => None,
    }
}

fn over(a: &BigInt, b: &BigInt) -> BigInt {
    (a << 512_u32) / b
}

/// The roots of exact polynomials with all bits.
fn refined(polynomials: &[Polynomial]) -> Option<Vec<BigInt>> {
    let roots = roots::all(polynomials)?;
    let mut points = Vec::new();
    for root in roots {
        points.push(match root.exactly() {
            Some(value) => precise::from_rational(value),
            None => root.refined()?,
        });
    }
    Some(points)
}

/// Degree in the letter of a polynomial with closed coefficients, roots and constants among them.
fn degree(node: &Node, letter: &str) -> Option<u32> {
    if node.is_closed() {
        return Some(0);
    }
    let bounded = |degree: u32| (degree <= 8).then_some(degree);
    match node {
        Node::Letter(name) => (name == letter).then_some(1),
        Node::Sum(terms) => {
            terms.iter().map(|(_, term)| degree(term, letter)).try_fold(0, |most, next| Some(most.max(next?)))
        }
        Node::Product(factors) => factors.iter().try_fold(0_u32, |sum, (step, factor)| match step {
            Step::Over if !factor.is_closed() => None,
            Step::Over => Some(sum),
            _ => bounded(sum + degree(factor, letter)?),
        }),
        Node::Fraction(top, bottom) => {
            if bottom.is_closed() {
                degree(top, letter)
            } else {
                None
            }
        }
        Node::Power(base, exponent) => {
            let exponent = exact::closed(exponent).filter(Rational::is_integer)?.to_integer();
            let exponent = u32::try_from(exponent).ok().filter(|exponent| *exponent <= 8)?;
            bounded(degree(base, letter)? * exponent)
        }
        Node::Percent(inner) | Node::Group(inner) => degree(inner, letter),
        _ => None,
    }
}
