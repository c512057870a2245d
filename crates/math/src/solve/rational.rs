//! Conditions in rational expressions and absolute values: everything exact, algebraic numbers among the solutions.

use num_traits::{One, Zero};

use super::{
    Condition, Verdict, Watch, differences,
    polynomial::{Polynomial, Quotient, quotient},
    roots::{self, Root},
};
use crate::{
    Rational,
    tree::{Node, Relation},
    value::exact,
};

pub(super) fn compare(given: &Condition, expected: &Condition, letter: &str) -> Option<Verdict> {
    let mut critical = Vec::new();
    for condition in [given, expected] {
        for difference in differences(condition)? {
            collect(&difference, letter, &mut critical)?;
        }
    }
    let mut roots = roots::all(&critical)?;
    let mut watch = Watch::new();
    for at in 0..=roots.len() {
        let sample = sample(&mut roots, at);
        let values = [(letter.to_owned(), sample)].into_iter().collect();
        let mut atom = |left: &Node, sign: Relation, right: &Node| {
            let sides = (exact::with(left, &values), exact::with(right, &values));
            Some(matches!(sides, (Some(left), Some(right)) if sign.holds(left.cmp(&right))))
        };
        watch.see(given.holds(&mut atom)?, expected.holds(&mut atom)?);
    }
    for root in &roots {
        let mut atom = |left: &Node, sign: Relation, right: &Node| match sign_at(&left.minus(right), letter, root) {
            Value::Sign(value) => Some(sign.holds(value.cmp(&0))),
            Value::Undefined => Some(false),
            Value::Unknown => None,
        };
        watch.see(given.holds(&mut atom)?, expected.holds(&mut atom)?);
    }
    Some(watch.verdict())
}

fn collect(difference: &Node, letter: &str, critical: &mut Vec<Polynomial>) -> Option<()> {
    let mut divisors = Vec::new();
    let value = quotient(difference, letter, &|_| None, &mut |divisor| {
        divisors.push(divisor.top.clone());
        Some(())
    })?;
    critical.push(value.top);
    critical.extend(divisors);
    critical.retain(|polynomial| polynomial.degree() > 0);
    Some(())
}

/// A number left of the first root, between two, or right of the last.
fn sample(roots: &mut [Root], at: usize) -> Rational {
    let one = Rational::one();
    match (at.checked_sub(1).map(|before| roots[before].high.clone()), roots.get(at).map(|root| root.low.clone())) {
        (None, None) => Rational::zero(),
        (None, Some(first)) => first - one,
        (Some(last), None) => last + one,
        (Some(low), Some(high)) => (low + high) / Rational::from_integer(2.into()),
    }
}

enum Value {
    Sign(i32),
    Undefined,
    Unknown,
}

fn sign_at(node: &Node, letter: &str, root: &Root) -> Value {
    if let Some(value) = root.exactly() {
        let values = [(letter.to_owned(), value.clone())].into_iter().collect();
        return exact::with(node, &values)
            .map_or(Value::Undefined, |value| Value::Sign(super::polynomial::sign_of(&value)));
    }
    let undefined = std::cell::Cell::new(false);
    let absolute = |inner: Quotient| {
        let negative = root.sign(&inner.top)? * root.sign(&inner.bottom)? < 0;
        Some(if negative { Quotient { top: inner.top.negated(), bottom: inner.bottom } } else { inner })
    };
    let mut divisor = |divisor: &Quotient| {
        if root.sign(&divisor.top)? == 0 {
            undefined.set(true);
            return None;
        }
        Some(())
    };
    let signs = quotient(node, letter, &absolute, &mut divisor)
        .and_then(|value| Some(root.sign(&value.top)? * root.sign(&value.bottom)?));
    match signs {
        Some(sign) => Value::Sign(sign),
        None if undefined.get() => Value::Undefined,
        None => Value::Unknown,
    }
}
