//! Completing the square, and factors that are missing, too many or only nearly right.

use num_traits::{One, Signed};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::{product, terms},
    question::equal,
};
use crate::{
    Rational,
    poly::Poly,
    tree::{Node, Step},
};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if key.is_closed() || given.is_closed() {
        return;
    }
    let (Some(a), Some(b)) = (Poly::of(key), Poly::of(given)) else { return };
    let Some(question) = asked.formulas.iter().filter(|node| node.is_expression()).find_map(Poly::of) else {
        return;
    };
    if !asked.asks(Cue::Factor) && completes(&question, &a) && completes_like(&a, &b) {
        found.push(HalfTheMiddle);
    }
    if asked.asks(Cue::Factor) {
        last_term(&a, &b, given, found);
    }
    if doubled_middle(&a, &b)
        && asked.formulas.iter().any(|node| matches!(node.bare(), Node::Power(base, _) if terms(base).is_some()))
    {
        found.push(MiddleNotDoubled);
    }
}

fn coefficient(poly: &Poly, letter: &str, power: u32) -> Rational {
    let monomial = if power == 0 { [].into() } else { [(letter.to_owned(), power)].into() };
    poly.0.get(&monomial).cloned().unwrap_or_default()
}

/// Whether the one is the other with a number added, so that it is a square.
fn completes(question: &Poly, key: &Poly) -> bool {
    let [letter] = key.letters().try_into().unwrap_or_default();
    key.degree() == 2
        && question != key
        && question.letters() == key.letters()
        && question.degree() == 2
        && [1, 2].iter().all(|power| coefficient(question, &letter, *power) == coefficient(key, &letter, *power))
        && is_square(key, &letter)
}

/// `x² + 2kx + k²` with another size of `k`.
fn completes_like(key: &Poly, given: &Poly) -> bool {
    let [letter] = key.letters().try_into().unwrap_or_default();
    given.letters() == key.letters()
        && given.degree() == 2
        && is_square(given, &letter)
        && coefficient(given, &letter, 1).abs() != coefficient(key, &letter, 1).abs()
}

fn is_square(poly: &Poly, letter: &str) -> bool {
    let [c, b, a] = [0, 1, 2].map(|power| coefficient(poly, letter, power));
    a.is_one() && &b * &b == c * Rational::from_integer(4.into()) && !letter.is_empty()
}

/// Same first term, another last one: the numbers in the brackets do not multiply to what they should.
fn last_term(key: &Poly, given: &Poly, written: &Node, found: &mut Vec<Mistake>) {
    let letters = key.letters();
    let [letter] = letters.as_slice() else { return };
    let product = matches!(written.bare(), Node::Product(_) | Node::Power(..));
    let same_top = given.letters() == letters
        && given.degree() == 2
        && key.degree() == 2
        && coefficient(key, letter, 2) == coefficient(given, letter, 2);
    let [a, b] = [key, given].map(|poly| coefficient(poly, letter, 0).abs());
    if product && same_top && a != b {
        found.push(LastTerm);
    }
}

/// `a² + 2ab + b²` with half the middle.
fn doubled_middle(key: &Poly, given: &Poly) -> bool {
    let letters = key.letters();
    let two = Rational::from_integer(2.into());
    let mut halved = 0;
    let fits = key.0.len() == 3
        && given.0.len() == 3
        && key.0.iter().all(|(monomial, value)| match given.0.get(monomial) {
            Some(other) if other == value => true,
            Some(other) if other * &two == *value => {
                halved += 1;
                true
            }
            _ => false,
        });
    !letters.is_empty() && fits && halved == 1
}

/// One factor of the key missing, or there once too often.
pub(super) fn factors(key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if key.is_closed() || given.is_closed() {
        return;
    }
    let Some(all) = split(key) else { return };
    for at in 0..all.len() {
        if !all[at].any(&|node| matches!(node, Node::Letter(_))) {
            continue;
        }
        let mut fewer: Vec<(Step, Node)> = all.iter().map(|factor| (Step::Times, factor.clone())).collect();
        let one = fewer.remove(at).1;
        if !fewer.is_empty() {
            let fewer = product(fewer);
            if [fewer.clone(), fewer.negated()].iter().any(|tree| equal(tree, given)) {
                found.push(FactorLost);
            }
        }
        if equal(&super::make::times(key.clone(), one), given) {
            found.push(FactorTooMany);
        }
    }
}

/// The factors of a product of brackets; a power counts as often as it says.
fn split(node: &Node) -> Option<Vec<Node>> {
    let mut all = Vec::new();
    match node.bare() {
        Node::Product(factors) => {
            for (step, factor) in factors {
                if *step == Step::Over {
                    return None;
                }
                match split(factor) {
                    Some(inner) => all.extend(inner),
                    None => all.push(factor.clone()),
                }
            }
        }
        Node::Power(base, exponent) => {
            let times = super::make::small(exponent).filter(|times| (2..=6).contains(times))?;
            terms(base)?;
            all.extend((0..times).map(|_| (**base).clone()));
        }
        _ => return None,
    }
    let brackets = all.iter().filter(|factor| terms(factor).is_some()).count();
    (brackets >= 1).then_some(all)
}
