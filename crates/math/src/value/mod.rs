//! Values of trees, in four arithmetics behind one trait: exact fractions, a prime field, 512-bit fixed point, complex
//! floating point. `walk` knows what a tree means, an arithmetic only how to compute.

pub(crate) mod complex;
pub(crate) mod exact;
pub(crate) mod field;
pub(crate) mod precise;

use std::collections::BTreeMap;

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::{
    Math, Rational,
    tree::{Constant, Function, Node, Sign, Step},
};

/// `None` everywhere means: not defined here, or not in reach of this arithmetic.
pub(crate) trait Arithmetic {
    type Value: Clone;
    /// Whether it computes exactly itself; the others ask the exact one first.
    const EXACT: bool = false;

    fn rational(&self, value: &Rational) -> Option<Self::Value>;
    fn letter(&self, name: &str) -> Option<Self::Value>;
    fn constant(&self, constant: Constant) -> Option<Self::Value>;
    fn add(&self, a: &Self::Value, b: &Self::Value) -> Option<Self::Value>;
    fn negate(&self, a: &Self::Value) -> Self::Value;
    fn multiply(&self, a: &Self::Value, b: &Self::Value) -> Option<Self::Value>;
    fn divide(&self, a: &Self::Value, b: &Self::Value) -> Option<Self::Value>;
    fn whole_power(&self, a: &Self::Value, exponent: i64) -> Option<Self::Value>;
    /// `a^(p/q)` in lowest terms, q > 1; the real root where q is odd.
    fn root_power(&self, a: &Self::Value, p: i64, q: u32) -> Option<Self::Value>;
    fn power(&self, a: &Self::Value, exponent: &Self::Value) -> Option<Self::Value>;
    fn absolute(&self, a: &Self::Value) -> Option<Self::Value>;
    fn call(&self, function: Function, arguments: &[Self::Value]) -> Option<Self::Value>;
    fn factorial(&self, a: &Self::Value) -> Option<Self::Value>;
}

/// The value of an expression. Closed exponents and closed irrational parts that happen to be fractions are computed
/// exactly first, so that `√16` is 4 in every arithmetic.
pub(crate) fn walk<A: Arithmetic>(node: &Node, a: &A) -> Option<A::Value> {
    match node {
        Node::Number(number) => a.rational(&number.value),
        Node::Letter(name) => a.letter(name),
        Node::Constant(constant) => a.constant(*constant),
        Node::Sum(terms) => {
            let mut total: Option<A::Value> = None;
            for (sign, term) in terms {
                let value = walk(term, a)?;
                let value = match sign {
                    Sign::Plus => value,
                    Sign::Minus => a.negate(&value),
                    Sign::PlusMinus | Sign::MinusPlus => return None,
                };
                total = Some(match total {
                    Some(total) => a.add(&total, &value)?,
                    None => value,
                });
            }
            total
        }
        Node::Product(factors) => {
            let mut total: Option<A::Value> = None;
            for (step, factor) in factors {
                let value = walk(factor, a)?;
                total = Some(match (total, step) {
                    (None, _) => value,
                    (Some(total), Step::Over) => a.divide(&total, &value)?,
                    (Some(total), _) => a.multiply(&total, &value)?,
                });
            }
            total
        }
        Node::Fraction(top, bottom) => a.divide(&walk(top, a)?, &walk(bottom, a)?),
        Node::Power(base, exponent) => power(node, base, exponent, a),
        Node::Root(index, radicand) => {
            let index = match index {
                None => 2,
                Some(index) => exact::closed(index).filter(Rational::is_integer)?.to_integer().to_u32()?,
            };
            if index == 1 {
                return walk(radicand, a);
            }
            if let Some(value) = exact_part::<A>(node) {
                return a.rational(&value);
            }
            (index >= 2).then(|| a.root_power(&walk(radicand, a)?, 1, index))?
        }
        Node::Absolute(inner) => match exact_part::<A>(inner) {
            Some(value) => a.rational(&value.abs()),
            None => a.absolute(&walk(inner, a)?),
        },
        Node::Call(function, arguments) => {
            if let Some(value) = exact_part::<A>(node) {
                return a.rational(&value);
            }
            let values: Option<Vec<_>> = arguments.iter().map(|argument| walk(argument, a)).collect();
            a.call(*function, &values?)
        }
        Node::Mixed(whole, top, bottom) => {
            if bottom.value.is_zero() {
                return None;
            }
            a.rational(&(&whole.value + &top.value / &bottom.value))
        }
        Node::Percent(inner) => a.divide(&walk(inner, a)?, &a.rational(&Rational::from_integer(100.into()))?),
        Node::Factorial(inner) => match exact_part::<A>(node) {
            Some(value) => a.rational(&value),
            None => a.factorial(&walk(inner, a)?),
        },
        Node::Degree(inner) | Node::Group(inner) => walk(inner, a),
        Node::Relation(sides, signs) => {
            // Only formulas use this: a comparison is 1 or 0.
            let exact: Option<Vec<_>> = sides.iter().map(exact::closed).collect();
            let exact = exact?;
            let holds = signs.iter().zip(exact.windows(2)).all(|(sign, pair)| sign.holds(pair[0].cmp(&pair[1])));
            a.rational(&if holds { Rational::one() } else { Rational::zero() })
        }
        _ => None,
    }
}

fn power<A: Arithmetic>(node: &Node, base: &Node, exponent: &Node, a: &A) -> Option<A::Value> {
    let Some(exact) = exact::closed(exponent) else {
        // Looking twice at what has no exact value would double the work with every storey of `9^9^9^9`.
        if A::EXACT && exponent.is_closed() {
            return None;
        }
        return a.power(&walk(base, a)?, &walk(exponent, a)?);
    };
    if exact.is_integer() {
        return a.whole_power(&walk(base, a)?, exact.to_integer().to_i64()?);
    }
    if let Some(value) = exact_part::<A>(node) {
        return a.rational(&value);
    }
    let (p, q) = (exact.numer().to_i64()?, exact.denom().to_u32());
    match q {
        Some(q) if q <= 1_000 && p.abs() <= 10_000 => a.root_power(&walk(base, a)?, p, q),
        _ => a.power(&walk(base, a)?, &a.rational(&exact)?),
    }
}

/// The value of a closed part, where it is a fraction.
fn exact_part<A: Arithmetic>(node: &Node) -> Option<Rational> {
    if A::EXACT || node.any(&|node| matches!(node, Node::Letter(_) | Node::Constant(_))) {
        None
    } else {
        exact::closed(node)
    }
}

/// The exact value, `None` where it is not rational, not defined, or a letter has no value.
pub fn evaluate(expr: &Math, variables: &BTreeMap<String, Rational>) -> Option<Rational> {
    exact::with(&expr.node, variables)
}

/// A closed value as a floating-point number; `None` where letters stand in it or it is not real.
pub fn number_of(m: &Math) -> Option<f64> {
    number_of_node(m.node.right_side().unwrap_or(&m.node))
}

pub(crate) fn number_of_node(node: &Node) -> Option<f64> {
    if let Some(value) = exact::closed(node) {
        return value.to_f64().filter(|value| value.is_finite());
    }
    precise::closed(node).and_then(|value| precise::to_f64(&value))
}
