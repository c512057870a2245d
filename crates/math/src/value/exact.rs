//! Exact fractions, bounded in size so that no input takes long.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{Arithmetic, walk};
use crate::{
    Rational,
    tree::{Constant, Function, Node},
};

const BITS_MAX: u64 = 20_000;

/// The value of a closed expression, if it is a fraction.
pub(crate) fn closed(node: &Node) -> Option<Rational> {
    with(node, &BTreeMap::new())
}

pub(crate) fn with(node: &Node, letters: &BTreeMap<String, Rational>) -> Option<Rational> {
    if let Node::Relation(sides, signs) = node {
        let values: Option<Vec<_>> = sides.iter().map(|side| with(side, letters)).collect();
        let values = values?;
        let holds = signs.iter().zip(values.windows(2)).all(|(sign, pair)| sign.holds(pair[0].cmp(&pair[1])));
        return Some(if holds { Rational::one() } else { Rational::zero() });
    }
    if let Node::And(parts) | Node::Or(parts) = node {
        let values: Option<Vec<_>> = parts.iter().map(|part| with(part, letters)).collect();
        let values = values?;
        let holds = match node {
            Node::And(_) => values.iter().all(|value| !value.is_zero()),
            _ => values.iter().any(|value| !value.is_zero()),
        };
        return Some(if holds { Rational::one() } else { Rational::zero() });
    }
    walk(node, &Exact { letters })
}

struct Exact<'a> {
    letters: &'a BTreeMap<String, Rational>,
}

fn bounded(value: Rational) -> Option<Rational> {
    (value.numer().bits() + value.denom().bits() <= BITS_MAX).then_some(value)
}

impl Arithmetic for Exact<'_> {
    type Value = Rational;
    const EXACT: bool = true;

    fn rational(&self, value: &Rational) -> Option<Rational> {
        Some(value.clone())
    }

    fn letter(&self, name: &str) -> Option<Rational> {
        self.letters.get(name).cloned()
    }

    fn constant(&self, constant: Constant) -> Option<Rational> {
        let name = match constant {
            Constant::Euler => "e",
            Constant::Pi => "pi",
        };
        self.letters.get(name).cloned()
    }

    fn add(&self, a: &Rational, b: &Rational) -> Option<Rational> {
        bounded(a + b)
    }

    fn negate(&self, a: &Rational) -> Rational {
        -a
    }

    fn multiply(&self, a: &Rational, b: &Rational) -> Option<Rational> {
        bounded(a * b)
    }

    fn divide(&self, a: &Rational, b: &Rational) -> Option<Rational> {
        if b.is_zero() { None } else { bounded(a / b) }
    }

    fn whole_power(&self, a: &Rational, exponent: i64) -> Option<Rational> {
        if a.is_zero() {
            return (exponent > 0).then(Rational::zero);
        }
        if a.abs().is_one() {
            return Some(if exponent % 2 == 0 { Rational::one() } else { a.clone() });
        }
        let bits = a.numer().bits().max(a.denom().bits());
        if bits.saturating_mul(exponent.unsigned_abs()) > BITS_MAX {
            return None;
        }
        bounded(a.pow(i32::try_from(exponent).ok()?))
    }

    fn root_power(&self, a: &Rational, p: i64, q: u32) -> Option<Rational> {
        let negative = a.is_negative();
        if negative && q.is_multiple_of(2) {
            return None;
        }
        let root = Rational::new(perfect(&a.numer().abs(), q)?, perfect(a.denom(), q)?);
        self.whole_power(&if negative { -root } else { root }, p)
    }

    fn power(&self, a: &Rational, exponent: &Rational) -> Option<Rational> {
        if exponent.is_integer() {
            return self.whole_power(a, exponent.to_integer().to_i64()?);
        }
        let (p, q) = (exponent.numer().to_i64()?, exponent.denom().to_u32()?);
        (q <= 1_000).then(|| self.root_power(a, p, q))?
    }

    fn absolute(&self, a: &Rational) -> Option<Rational> {
        Some(a.abs())
    }

    fn call(&self, function: Function, arguments: &[Rational]) -> Option<Rational> {
        let first = arguments.first()?;
        match function {
            Function::Floor => Some(first.floor()),
            Function::Ceil => Some(first.ceil()),
            Function::Round => {
                let places = arguments.get(1).map_or(Some(0), |places| places.to_integer().to_u32())?;
                (places <= 100).then(|| round(first, places))
            }
            Function::Min => arguments.iter().min().cloned(),
            Function::Max => arguments.iter().max().cloned(),
            Function::Gcd => fold_whole(arguments, |a, b| a.gcd(b)),
            Function::Lcm => fold_whole(arguments, |a, b| a.lcm(b)),
            Function::Mod => {
                let by = arguments.get(1)?;
                if by.is_zero() { None } else { Some(first - by * (first / by).floor()) }
            }
            Function::Ln if first.is_one() => Some(Rational::zero()),
            Function::Log => logarithm(&Rational::from_integer(10.into()), first),
            Function::LogBase => logarithm(first, arguments.get(1)?),
            Function::Sin | Function::Tan | Function::Arcsin | Function::Arctan if first.is_zero() => {
                Some(Rational::zero())
            }
            Function::Cos | Function::Exp if first.is_zero() => Some(Rational::one()),
            _ => None,
        }
    }

    fn factorial(&self, a: &Rational) -> Option<Rational> {
        let n = if a.is_integer() { a.to_integer().to_u32()? } else { return None };
        (n <= 500).then(|| Rational::from_integer((1..=n).fold(BigInt::one(), |product, factor| product * factor)))
    }
}

/// Half goes away from zero, as taught in school.
pub(crate) fn round(value: &Rational, places: u32) -> Rational {
    let scale = Rational::from_integer(BigInt::from(10).pow(places));
    (value * &scale).round() / scale
}

fn fold_whole(arguments: &[Rational], step: impl Fn(&BigInt, &BigInt) -> BigInt) -> Option<Rational> {
    let mut whole = arguments.iter().map(|value| value.is_integer().then(|| value.to_integer()));
    let mut total = whole.next()??.abs();
    for value in whole {
        total = step(&total, &value?);
    }
    bounded(Rational::from_integer(total))
}

/// The root of a whole number, if it is whole.
fn perfect(value: &BigInt, index: u32) -> Option<BigInt> {
    if value.is_zero() || value.is_one() {
        return Some(value.clone());
    }
    if u64::from(index) > value.bits() {
        return None;
    }
    let root = value.nth_root(index);
    (root.pow(index) == *value).then_some(root)
}

/// `log` to a base, where it is whole or the base a whole power: `log_8(2)` is 1/3.
fn logarithm(base: &Rational, value: &Rational) -> Option<Rational> {
    if !base.is_positive() || base.is_one() || !value.is_positive() {
        return None;
    }
    if value.is_one() {
        return Some(Rational::zero());
    }
    let size = |value: &Rational| value.numer().bits().max(value.denom().bits());
    if size(base) > 200 || size(value) > 900 {
        return None;
    }
    let estimate = libm::log(value.to_f64()?) / libm::log(base.to_f64()?);
    (1..=12_i64).find_map(|q| {
        let p = libm::round(estimate * q as f64);
        if !p.is_finite() || p.abs() * size(base) as f64 > 12_000.0 {
            return None;
        }
        (base.pow(p as i32) == value.pow(q as i32)).then(|| Rational::new((p as i64).into(), q.into()))
    })
}
