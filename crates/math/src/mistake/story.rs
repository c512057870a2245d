//! The numbers of a question in words: the wrong operation with the right numbers, one left out, or one given back.

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    parts,
};
use crate::{Rational, tree::Node, value::exact};

/// Numbers between units of measure that schools use.
const CONVERSIONS: [i64; 20] =
    [2, 3, 4, 7, 8, 10, 12, 16, 24, 32, 36, 52, 60, 100, 365, 1_000, 1_760, 2_000, 3_600, 5_280];

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    let numbers = &asked.numbers;
    let written =
        |formula: &Node| formula.any(&|node| matches!(node, Node::Number(number) if number.value == given.abs()));
    let two = Rational::from_integer(2.into());
    if found.is_empty() && given.abs() >= two && given.abs() != key.abs() && asked.formulas.iter().any(written) {
        found.push(NumberOfQuestion);
    }
    if numbers.contains(&given) && !numbers.contains(&key) {
        found.push(NumberOfQuestion);
    }
    if asked.asks(Cue::Convert) {
        conversion(numbers, &key, &given, found);
    }
    parts::look(asked, &key, &given, found);
    let sets: Vec<Vec<Rational>> = match numbers.as_slice() {
        [a, b] => vec![vec![a.clone(), b.clone()]],
        [a, b, c] => vec![vec![a.clone(), b.clone(), c.clone()]],
        _ => return,
    };
    for set in sets {
        let ways = together(&set);
        if !ways.contains(&key) {
            continue;
        }
        if sign_not_seen(&set, &ways, &key, &given) {
            found.push(SignInside);
        } else if have(&ways, &given) {
            found.push(WhichOperation);
        } else if set.len() == 3 && have(&left_out(&set), &given) {
            found.push(NumberLeftOut);
        }
    }
}

/// Whether the way that leads to the key leads to the answer once a negative number has lost its minus.
fn sign_not_seen(set: &[Rational], ways: &[Rational], key: &Rational, given: &Rational) -> bool {
    (0..set.len()).filter(|at| set[*at].is_negative()).any(|at| {
        let mut without = set.to_vec();
        without[at] = -&without[at];
        let other = together(&without);
        other.len() == ways.len() && ways.iter().zip(&other).any(|(right, wrong)| right == key && wrong == given)
    })
}

fn conversion(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    // A power of ten is the decimal point's. Times the number of the smaller units instead of divided by it, or the other way round.
    let squared = |by: &i64| Rational::from_integer((by * by).into());
    if !key.is_zero()
        && !given.is_zero()
        && CONVERSIONS
            .iter()
            .skip(1)
            .filter(|by| ![10, 100, 1_000].contains(*by))
            .map(squared)
            .any(|ratio| given / key == ratio || key / given == ratio)
    {
        found.push(ConvertedBackwards);
        return;
    }
    for number in numbers.iter().filter(|number| number.is_positive()) {
        let by = |by: i64| Rational::from_integer(by.into());
        let known = |ratio: &Rational| CONVERSIONS.iter().any(|one| *ratio == by(*one) || *ratio == by(*one).recip());
        let (right, wrong) = (key / number, given / number);
        // An answer of 0 has no reciprocal.
        if known(&right) && &right * &wrong == by(1) {
            found.push(ConvertedBackwards);
        } else if known(&right) && known(&wrong) {
            found.push(ConversionNumber);
        }
    }
}

/// Everything that the four operations make of the numbers, in any order.
fn together(numbers: &[Rational]) -> Vec<Rational> {
    match numbers {
        [a] => vec![a.clone()],
        [a, b] => pairs(a, b),
        all => {
            let mut found = Vec::new();
            for at in 0..all.len() {
                let mut rest = all.to_vec();
                let one = rest.remove(at);
                for other in together(&rest) {
                    found.extend(pairs(&one, &other));
                }
            }
            found
        }
    }
}

pub(super) fn pairs(a: &Rational, b: &Rational) -> Vec<Rational> {
    let mut found = vec![a + b, a - b, b - a, a * b];
    if !b.is_zero() {
        found.push(a / b);
    }
    if !a.is_zero() {
        found.push(b / a);
    }
    found
}

/// Whether one of the values is the answer, or is when rounded to its places.
pub(super) fn have(ways: &[Rational], given: &Rational) -> bool {
    let hundred = Rational::from_integer(100.into());
    let rounded = (1..4).map(|places| Rational::from_integer(num_bigint::BigInt::from(10).pow(places))).find(|scale| {
        let digits = given * scale;
        digits.is_integer() && digits.abs() >= hundred
    });
    ways.contains(given)
        || rounded.filter(|_| !given.is_integer()).is_some_and(|scale| {
            let step = Rational::new(1.into(), 2.into()) / scale;
            ways.iter().any(|way| (way - given).abs() <= step)
        })
}

fn left_out(numbers: &[Rational]) -> Vec<Rational> {
    let without = |at: usize| {
        let mut rest = numbers.to_vec();
        rest.remove(at);
        together(&rest)
    };
    (0..numbers.len()).flat_map(without).collect()
}
