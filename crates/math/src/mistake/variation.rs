//! One quantity that varies with another: directly, inversely, with the right constant or another.

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::{number, over, plus, times},
    question::equal,
};
use crate::{Rational, tree::Node, value::exact};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if asked.asks(Cue::Variation) {
        constants(asked, key, given, found);
    }
    inverse_or_direct(asked, key, given, found);
}

/// `k/x` and `kx`.
fn inverse_or_direct(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if key.is_closed() {
        return;
    }
    let letters: Vec<String> = key.letters().into_iter().collect();
    let [letter] = letters.as_slice() else { return };
    let put = |by: &Node| {
        key.map(&|node| matches!(node, Node::Letter(name) if name == letter).then(|| Node::Group(Box::new(by.clone()))))
    };
    let one = Node::whole(1);
    let upside_down = Node::Fraction(Box::new(one.clone()), Box::new(Node::Letter(letter.clone())));
    let constant = put(&one);
    // Only a number times or over the letter: anything else is no variation.
    let direct = times(constant.clone(), Node::Letter(letter.clone()));
    let inverse = over(constant.clone(), Node::Letter(letter.clone()));
    if !equal(&direct, key) && !equal(&inverse, key) {
        return;
    }
    if asked.asks(Cue::Variation) && equal(&put(&upside_down), given) && !equal(&constant, &one) {
        found.push(InverseOrDirect);
    }
    if equal(&constant, given) {
        found.push(LostLetter);
    }
    let other_constant = times(over(one.clone(), times(constant.clone(), constant)), key.clone());
    if equal(&other_constant, given) {
        found.push(UpsideDown);
    }
}

/// `y` varies with `x`, and two numbers that belong together: the wrong constant, or the wrong kind of variation.
fn constants(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let letters: Vec<String> = key.letters().into_iter().collect();
    let [letter] = letters.as_slice() else { return };
    let Some((right_kind, right)) = variation(key, letter) else { return };
    let wrong = variation(given, letter);
    let mut numbers: Vec<Rational> = asked.numbers.clone();
    numbers.extend(asked.values.values().filter_map(exact::closed));
    numbers.retain(|number| !number.is_zero());
    // Constants are often rounded to two places.
    let same = |a: &Rational, b: &Rational| (a - b).abs() <= Rational::new(1.into(), 200.into());
    for (at, a) in numbers.iter().enumerate() {
        for (other, b) in numbers.iter().enumerate() {
            let (ratio, product) = (a / b, a * b);
            let belongs = if right_kind == Kind::Direct { &ratio } else { &product };
            if at == other || !same(belongs, &right) {
                continue;
            }
            match &wrong {
                Some((kind, constant)) if *kind != right_kind => {
                    let other_way = if right_kind == Kind::Direct { &product } else { &ratio };
                    if same(other_way, constant) || same(&right, constant) {
                        found.push(InverseOrDirect);
                    }
                }
                Some((Kind::Direct, constant)) if same(&(b / a), constant) => found.push(UpsideDown),
                Some((_, constant)) if [&ratio, &product].into_iter().any(|one| same(one, constant)) => {
                    found.push(WhichOperation);
                }
                None if equal(&plus(Node::Letter(letter.clone()), number(a - b)), given) => found.push(WhichOperation),
                _ => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Direct,
    Inverse,
}

/// `kx` or `k/x`, with its constant.
fn variation(node: &Node, letter: &str) -> Option<(Kind, Rational)> {
    let at = |x: i64| exact::with(node, &[(letter.to_owned(), Rational::from_integer(x.into()))].into());
    let (one, two, three) = (at(1)?, at(2)?, at(3)?);
    let whole = |value: i64| Rational::from_integer(value.into());
    if one.is_zero() {
        None
    } else if two == &one * whole(2) && three == &one * whole(3) {
        Some((Kind::Direct, one))
    } else if two == &one / whole(2) && three == &one / whole(3) {
        Some((Kind::Inverse, one))
    } else {
        None
    }
}
