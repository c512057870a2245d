//! Numbers of a story where no narrower rule fits: another quantity beside the one asked for, something that cannot be
//! negative, the other kind of common factor.

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
};
use crate::{Rational, tree::Node, value::exact};

/// Smaller numbers lie between any two answers.
const TELLING_MIN: i64 = 3;

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    common_factor(asked, &key, &given, found);
    if asked.asks(Cue::Intercept) && given.is_zero() && !key.is_zero() {
        found.push(OtherValue);
    }
    if asked.formulas.iter().any(|formula| !formula.is_closed()) || asked.numbers.is_empty() {
        root_to_take(&key, &given, found);
        return;
    }
    let story = asked.formulas.iter().all(|formula| exact::closed(formula).is_some() && formula.size() <= 3);
    let positive = asked.numbers.iter().all(|number| !number.is_negative());
    if story && positive && key.is_positive() && given.is_negative() && asked.numbers.len() > 1 {
        found.push(NegativeSize);
    }
    root_to_take(&key, &given, found);
}

/// A quantity that is so much more or less than the key, as the story tells.
pub(super) fn compared(asked: &Asked, key: &Rational, given: &Rational) -> bool {
    let story = asked.formulas.iter().all(|formula| exact::closed(formula).is_some() && formula.size() <= 3);
    let numbers = &asked.numbers;
    story
        && asked.asks(Cue::Compare)
        && numbers.len() > 2
        && given.is_positive()
        && key.is_positive()
        && !numbers.contains(given)
        && numbers.contains(&(key - given).abs())
}

fn telling(value: &Rational) -> bool {
    value.abs() >= Rational::from_integer(TELLING_MIN.into()) || !value.is_integer()
}

/// The square of the key.
fn root_to_take(key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    if telling(key) && *given == key * key {
        found.push(RootToTake);
    }
}

/// A common multiple, or another common factor, where the greatest common factor of numbers is asked for.
fn common_factor(asked: &Asked, key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    if !asked.asks(Cue::CommonFactor) || !given.is_positive() || !given.is_integer() || key.is_zero() {
        return;
    }
    let numbers = || asked.numbers.iter().filter(|number| number.is_integer() && number.is_positive());
    if numbers().count() < 2 || !numbers().all(|number| (number / key).is_integer()) {
        return;
    }
    if numbers().all(|number| (number / given).is_integer()) {
        found.push(GreaterFactor);
    } else if numbers().all(|number| (given / number).is_integer()) {
        found.push(MultipleForFactor);
    } else {
        found.push(NotCommonFactor);
    }
}

/// Half way round: length and width once.
pub(super) fn once_round(key: &Node, given: &Node, asked: &Asked, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given), [a, b]) = (exact::closed(key), exact::closed(given), asked.numbers.as_slice()) else {
        return;
    };
    let two = Rational::from_integer(2.into());
    if given == a + b && key == (a + b) * two && asked.asks(Cue::Figure) {
        found.push(OnceRound);
    }
}
