//! Least common multiples, and the zeros of a fraction's bottom.

use std::collections::BTreeMap;

use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::fraction,
};
use crate::{Rational, tree::Node, value::exact};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    if asked.asks(Cue::CommonMultiple) {
        multiple(asked, &key, &given, found);
    }
    for formula in &asked.formulas {
        if let Some((top, bottom)) = fraction(formula)
            && let [letter] = formula.letters().into_iter().collect::<Vec<_>>().as_slice()
        {
            let at =
                |node: &Node, value: &Rational| exact::with(node, &BTreeMap::from([(letter.clone(), value.clone())]));
            let zero = |node: &Node, value: &Rational| at(node, value).is_some_and(|value| value.is_zero());
            if zero(&bottom, &key) && !zero(&bottom, &given) && zero(&top, &given) {
                found.push(TopForBottom);
            }
        }
    }
}

/// The key is the least common multiple of numbers of the question.
fn multiple(asked: &Asked, key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let numbers: Vec<_> = asked.numbers.iter().filter(|number| number.is_positive() && number.is_integer()).collect();
    if !(2..=4).contains(&numbers.len()) || numbers.len() != asked.numbers.len() || !given.is_integer() {
        return;
    }
    let least = numbers.iter().fold(num_bigint::BigInt::from(1), |all, number| all.lcm(number.numer()));
    if Rational::from_integer(least) != *key || numbers.contains(&key) || !given.is_positive() {
        return;
    }
    let goes_in = numbers.iter().all(|number| (given / *number).is_integer());
    let known =
        given > key || numbers.iter().any(|number| (given / *number).is_integer() || (*number / given).is_integer());
    if goes_in {
        found.push(SmallerMultiple);
    } else if known {
        found.push(NotCommonMultiple);
    }
}
