//! What shows beside the key alone: the other sign, upside down, a shifted decimal point, one too many.

use num_traits::{One, Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    question::equal,
};
use crate::{
    Rational,
    tree::{Node, Relation, Step},
    value::exact,
};

/// The decimal point moves by no more places in any question of school.
const PLACES_MAX: u32 = 9;

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if key.is_expression() && given.is_expression() {
        value(asked, key, given, found);
        // What is written with a power has its own remarks.
        let in_powers = [key, given].iter().any(|node| node.any(&|node| matches!(node, Node::Power(..))));
        if let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) {
            number(asked, &key, &given, in_powers, found);
        }
    }
    if let (Node::Relation(a, s), Node::Relation(b, t)) = (key, given) {
        relation((a, s), (b, t), found);
    }
}

fn value(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if equal(&key.negated(), given) {
        found.push(SignOfAnswer);
    }
    let upside_down = Node::Fraction(Box::new(Node::whole(1)), Box::new(key.clone()));
    if equal(&upside_down, given) {
        found.push(if asked.asks(Cue::Slope) { RunOverRise } else { UpsideDown });
    }
    if let (Node::Power(a, m), Node::Power(b, n)) = (key.bare(), given.bare())
        && equal(a, b)
        && !equal(m, n)
    {
        found.push(Exponents);
    }
    // The right power, worked out as a product.
    if let (Node::Power(base, exponent), false) = (key.bare(), found.contains(&SignOfAnswer))
        && key.is_closed()
        && exponent.bare() != &Node::whole(1)
        && equal(&super::make::times((**base).clone(), (**exponent).clone()), given)
    {
        found.push(BaseTimesExponent);
    }
    if equal(key, &Node::whole(1)) && equal(given, &Node::whole(0)) && asked.formulas.iter().any(cancels) {
        found.push(CancelledToZero);
    }
    if asked.asks(Cue::Slope)
        && let Some(slope) = exact::closed(key)
    {
        let alone = |side: &num_bigint::BigInt| {
            exact::closed(given).is_some_and(|given| given.abs() == Rational::from_integer(side.abs()))
        };
        if !slope.is_integer() && (alone(slope.numer()) || alone(slope.denom())) {
            found.push(RiseOrRunAlone);
        }
    }
}

/// A quotient, or a product of quotients, with letters.
fn cancels(node: &Node) -> bool {
    !node.is_closed()
        && match node.bare() {
            Node::Fraction(..) => true,
            Node::Product(factors) => factors.iter().any(|(step, factor)| *step == Step::Over || cancels(factor)),
            _ => false,
        }
}

fn number(asked: &Asked, key: &Rational, given: &Rational, in_powers: bool, found: &mut Vec<Mistake>) {
    if key.is_zero() || given.is_zero() {
        return;
    }
    let ratio = (given / key).abs();
    let scale_of = |power: u32| Rational::from_integer(num_bigint::BigInt::from(10).pow(power));
    let ten = scale_of(1);
    let decimal = asked.asks(Cue::Convert) || key.abs() >= ten || !key.is_integer();
    let shifted = |power: u32| ratio == scale_of(power) || ratio == scale_of(power).recip();
    if decimal && !in_powers && (given / key).is_positive() && (1..=PLACES_MAX).any(shifted) {
        found.push(DecimalPoint);
    }
    if asked.asks(Cue::Convert) && &(key - key.trunc()) == given {
        found.push(DecimalPoint);
    }
    if !key.is_integer() && given.is_integer() && given.numer() == key.numer() {
        found.push(LostDenominator);
    }
    let whole = key.is_integer() && given.is_integer();
    let sure = Rational::from_integer(15.into());
    if whole && (given - key).abs().is_one() && key.abs() >= sure {
        found.push(OffByOne);
    }
}

/// An inequality the wrong way round, or with its end in or out.
fn relation(key: (&[Node], &[Relation]), given: (&[Node], &[Relation]), found: &mut Vec<Mistake>) {
    let ([a, b], [s]) = key else { return };
    let ([c, d], [t]) = given else { return };
    // `3 < x` is `x > 3`.
    let (c, t, d) = if c.is_closed() && !d.is_closed() { (d, t.flipped(), c) } else { (c, *t, d) };
    if *s == Relation::Equal || t == Relation::Equal || !equal(a, c) {
        return;
    }
    let strict = |sign: Relation| match sign {
        Relation::LessEqual => Relation::Less,
        Relation::GreaterEqual => Relation::Greater,
        other => other,
    };
    let same_way = strict(*s) == strict(t);
    match (equal(b, d), equal(&b.negated(), d)) {
        (true, _) if same_way => found.push(EndInOrOut),
        (true, _) => found.push(InequalityTurned),
        (_, true) if same_way => found.push(SignOfAnswer),
        _ => {}
    }
}
