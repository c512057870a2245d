//! Stories that take more than one step: the other of two parts, halves and doubles, figures, what is left over.

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    story::{have, pairs},
};
use crate::{Rational, tree::Node};

pub(super) fn look(asked: &Asked, key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let numbers = asked.numbers.as_slice();
    if asked.formulas.iter().all(Node::is_closed) {
        other_part(numbers, key, given, found);
    }
    if numbers.len() > 3 {
        pairs_of_many(numbers, key, given, found);
    }
    if let [a, b] = numbers {
        with_two(a, b, key, given, found);
        figures(a, b, key, given, asked.asks(Cue::Figure), found);
    }
    let story = asked.formulas.iter().all(|formula| formula.is_closed() && formula.size() <= 3);
    if story && found.is_empty() {
        one_step(numbers, key, given, found);
    }
    twice_and_once(numbers, key, given, found);
    up_or_down(numbers, key, given, found);
}

/// Two parts that together, or one times the other, give a number of the question; the other one was given.
fn other_part(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    if !key.is_positive() || numbers.contains(given) || numbers.contains(key) || given.is_zero() {
        return;
    }
    let ten = Rational::from_integer(10.into());
    let large = |number: &&Rational| **number > *key && **number > given.abs() && **number > ten;
    for number in numbers.iter().filter(large) {
        let half = |value: Rational| value / Rational::from_integer(2.into());
        if given.is_positive() && (key + given == *number || key * given == *number) && key != given {
            // `P/2 - a` and `P/2 + a` are parts of P as well.
            let one_way = key + given == *number && numbers.contains(&half((key - given).abs()));
            found.push(if one_way { WhichOperation } else { OtherPart });
        } else if given.is_negative() && -(key * given) == *number {
            found.push(OtherSolution);
        }
        consecutive(number, key, given, found);
    }
}

/// Two numbers in a row with a product: worked out as a sum, or `2n` and left at `n`.
fn consecutive(product: &Rational, key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let other = product / key;
    let apart = (&other - key).abs();
    let two = Rational::from_integer(2.into());
    if !other.is_integer() || !key.is_integer() || !apart.is_positive() || apart > two {
        return;
    }
    if *given == (product - &apart) / &two || *given == (product + &apart) / &two {
        found.push(WhichOperation);
    } else if given * &two == *key || given * &two == other {
        found.push(Unfinished);
    }
}

/// Two of a few numbers put together, where no two of them lead to the key.
fn one_step(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let few = (2..=4).contains(&numbers.len());
    if !few || numbers.contains(given) {
        return;
    }
    let mut ways: Vec<Rational> = Vec::new();
    for (at, a) in numbers.iter().enumerate() {
        for b in &numbers[at + 1..] {
            // `twice` is no number to add.
            let (small, ways_of_two) = (Rational::from_integer(2.into()), pairs(a, b));
            let added = *a <= small || *b <= small;
            ways.extend(ways_of_two.into_iter().skip(if added { 3 } else { 0 }));
        }
    }
    if have(&ways, given) && !ways.contains(key) {
        found.push(OneStep);
    }
}

/// Halves and doubles that a formula brings in: perimeters, triangles, means.
fn with_two(a: &Rational, b: &Rational, key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let two = Rational::from_integer(2.into());
    let half = [a / &two - b, b / &two - a, a * b / &two, (a + b) / &two, (a + b) * &two, a * b * &two];
    if !half.contains(key) || !a.is_positive() || !b.is_positive() {
        return;
    }
    let near = [a / &two + b, b / &two + a, a + &two * b, b + &two * a, (a - b) / &two, (b - a) / &two];
    let steps = [a - &two * b, b - &two * a];
    if steps.contains(given) && !half.contains(given) {
        found.push(Unfinished);
    } else if near.contains(given) || half.contains(given) || pairs(a, b).contains(given) {
        found.push(WhichOperation);
    }
}

/// Area for perimeter and the other way round; the third side of a right triangle.
fn figures(a: &Rational, b: &Rational, key: &Rational, given: &Rational, figure: bool, found: &mut Vec<Mistake>) {
    if !a.is_positive() || !b.is_positive() {
        return;
    }
    let two = Rational::from_integer(2.into());
    let sizes = [a * b, (a + b) * &two, a * b / &two];
    let others = [a * b * &two, a + b];
    if figure && sizes.contains(key) && (sizes.contains(given) || others.contains(given)) {
        found.push(Formula);
    }
    let (larger, smaller) = if a > b { (a, b) } else { (b, a) };
    let squares = [larger * larger + smaller * smaller, larger * larger - smaller * smaller];
    let square = key * key;
    if squares.contains(&square) && a != b {
        if squares.contains(given) {
            found.push(Unfinished);
        } else if *given == larger + smaller || *given == larger - smaller {
            found.push(RootOfSum);
        }
    }
}

/// Several numbers, of which two lead to the key.
fn pairs_of_many(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    for (at, a) in numbers.iter().enumerate() {
        for b in &numbers[at + 1..] {
            let ways = pairs(a, b);
            if ways.contains(key) && have(&ways, given) {
                found.push(WhichOperation);
            }
        }
    }
}

/// `twice as much` makes three parts of a whole: the key divides by one more than the story says.
fn twice_and_once(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let [_, _, _] = numbers else { return };
    let one = Rational::from_integer(1.into());
    for (at, parts) in numbers.iter().enumerate() {
        let small = parts.is_integer() && *parts > one && *parts <= Rational::from_integer(12.into());
        let [a, b] = [1, 2].map(|step| &numbers[(at + step) % 3]);
        if !small {
            continue;
        }
        let ways = |parts: Rational| [(a + b) / &parts, (a - b) / &parts, (b - a) / &parts];
        let right = ways(parts + &one);
        let rounded =
            |value: &Rational| value == given || (value - given).abs() * Rational::from_integer(199.into()) < one;
        if right.contains(key) && right.iter().chain(&ways(parts.clone())).any(rounded) {
            found.push(WhichOperation);
        }
    }
}

/// A whole number of things: the quotient of the story, up to the next one.
fn up_or_down(numbers: &[Rational], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    if !key.is_integer() || *key <= Rational::from_integer(1.into()) {
        return;
    }
    let tenth = Rational::new(1.into(), 20.into());
    for (at, a) in numbers.iter().enumerate() {
        for (other, b) in numbers.iter().enumerate() {
            if at == other || !a.is_positive() || !b.is_positive() {
                continue;
            }
            let quotient = a / b;
            if quotient.is_integer() || (quotient.ceil() != *key && quotient.floor() != *key) {
                continue;
            }
            let beside = *given == quotient.ceil() || *given == quotient.floor();
            if beside || (&quotient - given).abs() <= tenth {
                found.push(UpOrDown);
            } else if pairs(a, b).contains(given) {
                found.push(WhichOperation);
            }
        }
    }
}
