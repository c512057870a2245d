//! Rational expressions modulo the prime 2^61 - 1 at fixed, random-looking points. Two different rational functions of
//! degree d agree at one such point with a chance of about d / 2^61 (Schwartz, Zippel), so a few points decide.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{Arithmetic, walk};
use crate::{
    Rational,
    tree::{Constant, Function, Node},
};

pub(crate) const PRIME: u64 = (1 << 61) - 1;

/// The value at the numbered point.
pub(crate) fn at_point(node: &Node, point: u64) -> Option<u64> {
    walk(node, &Field { point })
}

pub(crate) fn multiply(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

pub(crate) fn raise(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// The inverse, by Fermat's little theorem.
pub(crate) fn invert(a: u64) -> Option<u64> {
    (a != 0).then(|| raise(a, PRIME - 2))
}

pub(crate) fn whole(value: &BigInt) -> u64 {
    let prime = BigInt::from(PRIME);
    let rest: BigInt = ((value % &prime) + &prime) % &prime;
    rest.to_u64().unwrap_or(0)
}

/// A fixed scramble (splitmix64) of a name and a number.
pub(crate) fn scramble(name: &str, point: u64) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(point.wrapping_add(1));
    for byte in name.bytes() {
        state = state.wrapping_add(u64::from(byte)).wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state
}

struct Field {
    point: u64,
}

impl Arithmetic for Field {
    type Value = u64;

    fn rational(&self, value: &Rational) -> Option<u64> {
        Some(multiply(whole(value.numer()), invert(whole(value.denom()))?))
    }

    fn letter(&self, name: &str) -> Option<u64> {
        Some(scramble(name, self.point) % PRIME)
    }

    fn constant(&self, constant: Constant) -> Option<u64> {
        // As far as rational expressions go, a transcendental constant is one more unknown.
        Some(match constant {
            Constant::Pi => scramble("constant pi", self.point) % PRIME,
            Constant::Euler => scramble("constant e", self.point) % PRIME,
        })
    }

    fn add(&self, a: &u64, b: &u64) -> Option<u64> {
        Some((a + b) % PRIME)
    }

    fn negate(&self, a: &u64) -> u64 {
        (PRIME - a) % PRIME
    }

    fn multiply(&self, a: &u64, b: &u64) -> Option<u64> {
        Some(multiply(*a, *b))
    }

    fn divide(&self, a: &u64, b: &u64) -> Option<u64> {
        Some(multiply(*a, invert(*b)?))
    }

    fn whole_power(&self, a: &u64, exponent: i64) -> Option<u64> {
        // Exponents near the size of the prime would make different powers agree.
        if exponent.abs() > 1_000_000 || (*a == 0 && exponent <= 0) {
            return None;
        }
        let power = raise(*a, exponent.unsigned_abs());
        if exponent < 0 { invert(power) } else { Some(power) }
    }

    fn root_power(&self, _: &u64, _: i64, _: u32) -> Option<u64> {
        None
    }

    fn power(&self, _: &u64, _: &u64) -> Option<u64> {
        None
    }

    fn absolute(&self, _: &u64) -> Option<u64> {
        None
    }

    fn call(&self, _: Function, _: &[u64]) -> Option<u64> {
        None
    }

    fn factorial(&self, _: &u64) -> Option<u64> {
        None
    }
}
