//! Real numbers with 512 bits after the binary point, for roots, exponentials and angles. So many digits that a decimal
//! approximation somebody types is never taken for the root it approximates.

use std::{cell::Cell, collections::BTreeMap, sync::OnceLock};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{Arithmetic, walk};
use crate::{
    Rational,
    tree::{Constant, Function, Node},
};

const BITS: u32 = 512;
/// Values beyond 2^5000 are out of reach.
const SIZE_MAX: u64 = 5_512;
/// Fewer bits than this, other than none at all, say too little: `10^-400·√2` would be zero, like `10^-400·√3`.
const KNOWN_MIN: u64 = 300;
/// A difference this many bits below its operands is rounding, so it is zero.
const ROUNDING_BITS: u64 = 400;

/// The value of a closed expression, scaled by 2^512.
pub(crate) fn closed(node: &Node) -> Option<BigInt> {
    at(node, &BTreeMap::new())
}

/// The value with numbers for its letters; `None` where it is not defined over the reals.
pub(crate) fn at(node: &Node, letters: &BTreeMap<String, Rational>) -> Option<BigInt> {
    reached(node, letters).ok().flatten()
}

/// Too small or too large a number on the way: there is a value, but not in reach.
pub(crate) struct OutOfReach;

/// The value, `None` where it is not defined over the reals.
pub(crate) fn reached(node: &Node, letters: &BTreeMap<String, Rational>) -> Result<Option<BigInt>, OutOfReach> {
    let precise = Precise { letters, lost: Cell::new(false) };
    let value = walk(node, &precise);
    if value.is_none() && precise.lost.get() { Err(OutOfReach) } else { Ok(value) }
}

pub(crate) enum Near {
    Same,
    Apart,
    /// Both are too small to tell.
    Unclear,
}

pub(crate) fn compare(a: &BigInt, b: &BigInt) -> Near {
    if a.is_zero() && b.is_zero() {
        return Near::Same;
    }
    let larger = a.bits().max(b.bits());
    if larger < 420 {
        return Near::Unclear;
    }
    let apart = (a - b).bits();
    // Errors grow with what was cancelled on the way; what lies between a likely error and 250 bits is left open.
    if apart <= u64::from(BITS) - ROUNDING_BITS || apart + ROUNDING_BITS <= larger {
        Near::Same
    } else if apart <= u64::from(BITS) - 250 || apart + 250 <= larger {
        Near::Unclear
    } else {
        Near::Apart
    }
}

pub(crate) fn to_f64(value: &BigInt) -> Option<f64> {
    to_rational(value).to_f64().filter(|value| value.is_finite())
}

pub(crate) fn to_rational(value: &BigInt) -> Rational {
    Rational::new(value.clone(), BigInt::one() << BITS)
}

pub(crate) fn from_rational(value: &Rational) -> BigInt {
    (value.numer() << BITS).div_floor(value.denom())
}

struct Precise<'a> {
    letters: &'a BTreeMap<String, Rational>,
    /// Something could not be computed for its size.
    lost: Cell<bool>,
}

impl Precise<'_> {
    /// A value that is known to enough bits; `zero` where it is zero for certain.
    fn known(&self, value: BigInt, zero: bool) -> Option<BigInt> {
        if zero {
            Some(BigInt::zero())
        } else {
            self.in_reach(Some(value).filter(|value| value.bits() >= KNOWN_MIN).and_then(bounded))
        }
    }

    fn logarithm(&self, x: &BigInt) -> Option<BigInt> {
        if x.is_positive() { self.in_reach(ln(x)) } else { None }
    }

    fn in_reach<T>(&self, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.lost.set(true);
        }
        value
    }
}

fn one() -> BigInt {
    BigInt::one() << BITS
}

fn bounded(value: BigInt) -> Option<BigInt> {
    (value.bits() <= SIZE_MAX).then_some(value)
}

fn times(a: &BigInt, b: &BigInt) -> BigInt {
    (a * b) >> BITS
}

fn over(a: &BigInt, b: &BigInt) -> BigInt {
    (a << BITS).div_floor(b)
}

impl Arithmetic for Precise<'_> {
    type Value = BigInt;

    fn rational(&self, value: &Rational) -> Option<BigInt> {
        self.known(from_rational(value), value.is_zero())
    }

    fn letter(&self, name: &str) -> Option<BigInt> {
        self.letters.get(name).map(from_rational)
    }

    fn constant(&self, constant: Constant) -> Option<BigInt> {
        match constant {
            Constant::Pi => Some(pi().clone()),
            Constant::Euler => self.in_reach(exp(&one())),
        }
    }

    fn add(&self, a: &BigInt, b: &BigInt) -> Option<BigInt> {
        let sum = a + b;
        let operands = a.bits().max(b.bits());
        if sum.bits() + ROUNDING_BITS < operands { Some(BigInt::zero()) } else { self.in_reach(bounded(sum)) }
    }

    fn negate(&self, a: &BigInt) -> BigInt {
        -a
    }

    fn multiply(&self, a: &BigInt, b: &BigInt) -> Option<BigInt> {
        self.known(times(a, b), a.is_zero() || b.is_zero())
    }

    fn divide(&self, a: &BigInt, b: &BigInt) -> Option<BigInt> {
        if b.is_zero() {
            return None;
        }
        // A divisor of which few bits are known makes everything after it guesswork.
        if b.bits() < KNOWN_MIN { self.in_reach(None) } else { self.known(over(a, b), a.is_zero()) }
    }

    fn whole_power(&self, a: &BigInt, exponent: i64) -> Option<BigInt> {
        if a.is_zero() {
            return (exponent > 0).then(BigInt::zero);
        }
        if exponent.abs() > 100_000 {
            return self.in_reach(None);
        }
        let mut result = one();
        let mut base = a.clone();
        let mut rest = exponent.unsigned_abs();
        while rest > 0 {
            if rest & 1 == 1 {
                result = self.multiply(&result, &base)?;
            }
            rest >>= 1;
            if rest > 0 {
                base = self.multiply(&base, &base)?;
            }
        }
        if exponent < 0 { self.divide(&one(), &result) } else { Some(result) }
    }

    fn root_power(&self, a: &BigInt, p: i64, q: u32) -> Option<BigInt> {
        if a.is_zero() {
            return (p > 0).then(BigInt::zero);
        }
        if a.is_negative() && q.is_multiple_of(2) {
            return None;
        }
        let root = if q <= 24 {
            (a.abs() << (BITS * (q - 1))).nth_root(q)
        } else {
            self.in_reach(ln(&a.abs()).and_then(|value| exp(&(value / q))))?
        };
        self.whole_power(&if a.is_negative() { -root } else { root }, p)
    }

    fn power(&self, a: &BigInt, exponent: &BigInt) -> Option<BigInt> {
        if a.is_zero() {
            return exponent.is_positive().then(BigInt::zero);
        }
        let fraction: BigInt = exponent & (one() - 1_u32);
        if fraction.is_zero() {
            return self.whole_power(a, self.in_reach((exponent >> BITS).to_i64())?);
        }
        if !a.is_positive() {
            return None;
        }
        self.in_reach(ln(a).and_then(|value| exp(&times(exponent, &value))))
    }

    fn absolute(&self, a: &BigInt) -> Option<BigInt> {
        Some(a.abs())
    }

    fn call(&self, function: Function, arguments: &[BigInt]) -> Option<BigInt> {
        let x = arguments.first()?;
        match function {
            Function::Sin => Some(sine(x)),
            Function::Cos => Some(cosine(x)),
            Function::Tan => self.divide(&sine(x), &cosine(x)),
            Function::Cot => self.divide(&cosine(x), &sine(x)),
            Function::Sec => self.divide(&one(), &cosine(x)),
            Function::Csc => self.divide(&one(), &sine(x)),
            Function::Arctan => Some(arctangent(x)),
            Function::Arcsin => arcsine(x),
            Function::Arccos => Some((pi() >> 1) - arcsine(x)?),
            Function::Exp => self.in_reach(exp(x)),
            Function::Sinh => Some((self.in_reach(exp(x))? - self.in_reach(exp(&-x))?) >> 1),
            Function::Cosh => Some((self.in_reach(exp(x))? + self.in_reach(exp(&-x))?) >> 1),
            Function::Tanh => {
                let (up, down) = (self.in_reach(exp(x))?, self.in_reach(exp(&-x))?);
                self.divide(&(&up - &down), &(&up + &down))
            }
            Function::Ln => self.logarithm(x),
            Function::Log => self.divide(&self.logarithm(x)?, &ln(&(one() * 10))?),
            Function::LogBase => self.divide(&self.logarithm(arguments.get(1)?)?, &self.logarithm(x)?),
            Function::Min => arguments.iter().min().cloned(),
            Function::Max => arguments.iter().max().cloned(),
            _ => None,
        }
    }

    fn factorial(&self, _: &BigInt) -> Option<BigInt> {
        None
    }
}

fn ln2() -> &'static BigInt {
    static VALUE: OnceLock<BigInt> = OnceLock::new();
    VALUE.get_or_init(|| artanh(&(one() / 3)) << 1)
}

/// Machin: π/4 = 4 arctan(1/5) - arctan(1/239).
fn pi() -> &'static BigInt {
    static VALUE: OnceLock<BigInt> = OnceLock::new();
    VALUE.get_or_init(|| (arctan_series(&(one() / 5)) * 4 - arctan_series(&(one() / 239))) << 2)
}

fn artanh(x: &BigInt) -> BigInt {
    odd_series(x, false)
}

fn arctan_series(x: &BigInt) -> BigInt {
    odd_series(x, true)
}

/// x ± x³/3 + x⁵/5 ± ...
fn odd_series(x: &BigInt, alternating: bool) -> BigInt {
    let square = times(x, x);
    let mut power = x.clone();
    let mut sum = BigInt::zero();
    let mut n = 1_u32;
    while !power.is_zero() && n < 4_000 {
        let term = &power / n;
        sum = if alternating && n % 4 == 3 { sum - term } else { sum + term };
        power = times(&power, &square);
        if power == BigInt::from(-1) {
            break;
        }
        n += 2;
    }
    sum
}

fn exp(x: &BigInt) -> Option<BigInt> {
    if x.bits() > u64::from(BITS) + 12 {
        // Far below: zero in this precision, which would hide a difference; far above: out of reach.
        return None;
    }
    let twos = x.div_floor(ln2());
    let rest: BigInt = (x - &twos * ln2()) >> 16;
    let mut term = one();
    let mut sum = one();
    for n in 1_u32..60 {
        term = times(&term, &rest) / n;
        sum += &term;
    }
    for _ in 0..16 {
        sum = times(&sum, &sum);
    }
    let shift = twos.to_i64()?;
    let value = if shift >= 0 { sum << shift.unsigned_abs() } else { sum >> shift.unsigned_abs() };
    if value.bits() < KNOWN_MIN { None } else { bounded(value) }
}

fn ln(x: &BigInt) -> Option<BigInt> {
    if !x.is_positive() || x.bits() < KNOWN_MIN {
        return None;
    }
    let shift = i64::try_from(x.bits()).ok()? - i64::from(BITS);
    let reduced = if shift >= 0 { x >> shift.unsigned_abs() } else { x << shift.unsigned_abs() };
    let ratio = over(&(&reduced - one()), &(&reduced + one()));
    Some((artanh(&ratio) << 1) + ln2() * shift)
}

fn sine(x: &BigInt) -> BigInt {
    let turn = pi() << 1;
    let x = x - x.div_floor(&turn) * &turn;
    let x = if &x > pi() { x - turn } else { x };
    let square = times(&x, &x);
    let mut term = x.clone();
    let mut sum = x;
    for n in 1_u32..150 {
        term = -times(&term, &square) / (2 * n * (2 * n + 1));
        sum += &term;
    }
    snapped(sum)
}

fn cosine(x: &BigInt) -> BigInt {
    sine(&(x + (pi() >> 1)))
}

/// Rounding around the zeros of sine and cosine.
fn snapped(value: BigInt) -> BigInt {
    if value.bits() < u64::from(BITS) - ROUNDING_BITS { BigInt::zero() } else { value }
}

fn arctangent(x: &BigInt) -> BigInt {
    if x.is_negative() {
        return -arctangent(&-x);
    }
    if *x > one() {
        return (pi() >> 1) - arctangent(&over(&one(), x));
    }
    let mut reduced = x.clone();
    for _ in 0..3 {
        let root = ((one() + times(&reduced, &reduced)) << BITS).sqrt();
        reduced = over(&reduced, &(one() + root));
    }
    arctan_series(&reduced) << 3
}

fn arcsine(x: &BigInt) -> Option<BigInt> {
    let rest = one() - times(x, x);
    if rest.is_negative() {
        return None;
    }
    let root = (rest << BITS).sqrt();
    if root.is_zero() {
        let half: BigInt = pi() >> 1;
        return Some(if x.is_negative() { -half } else { half });
    }
    Some(arctangent(&over(x, &root)))
}
