//! Quick floating-point values, to drop at once the many changed questions that do not give the answer at hand. What
//! passes here is compared exactly afterwards.

use std::collections::BTreeMap;

use num_traits::ToPrimitive;

use crate::{
    Rational,
    tree::{Constant, Function, Node},
    value::{Arithmetic, field, walk},
};

/// Letters have the given value, or one that their name and the numbered point decide.
pub(super) struct Rough<'a> {
    pub given: &'a BTreeMap<String, f64>,
    pub point: u64,
}

/// The value of an expression; `None` where it is not a finite real number.
pub(super) fn value(node: &Node, given: &BTreeMap<String, f64>, point: u64) -> Option<f64> {
    walk(node, &Rough { given, point }).filter(|value| value.is_finite())
}

/// Equal within what floating point loses.
pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

impl Arithmetic for Rough<'_> {
    type Value = f64;
    // Nothing is to be computed exactly on the way.
    const EXACT: bool = true;

    fn rational(&self, value: &Rational) -> Option<f64> {
        value.to_f64()
    }

    /// Between 1 and 3, so that roots and powers stay real and small.
    fn letter(&self, name: &str) -> Option<f64> {
        let scattered = || 1.0 + (field::scramble(name, self.point) >> 11) as f64 / (1_u64 << 52) as f64;
        Some(self.given.get(name).copied().unwrap_or_else(scattered))
    }

    fn constant(&self, constant: Constant) -> Option<f64> {
        Some(match constant {
            Constant::Pi => std::f64::consts::PI,
            Constant::Euler => std::f64::consts::E,
        })
    }

    fn add(&self, a: &f64, b: &f64) -> Option<f64> {
        Some(a + b)
    }

    fn negate(&self, a: &f64) -> f64 {
        -a
    }

    fn multiply(&self, a: &f64, b: &f64) -> Option<f64> {
        Some(a * b)
    }

    fn divide(&self, a: &f64, b: &f64) -> Option<f64> {
        (*b != 0.0).then(|| a / b)
    }

    fn whole_power(&self, a: &f64, exponent: i64) -> Option<f64> {
        (*a != 0.0 || exponent > 0).then(|| libm::pow(*a, exponent as f64))
    }

    fn root_power(&self, a: &f64, p: i64, q: u32) -> Option<f64> {
        let power = |a: f64| libm::pow(a, p as f64 / f64::from(q));
        match (*a < 0.0, q % 2) {
            (false, _) => Some(power(*a)),
            (true, 1) if p % 2 == 0 => Some(power(-a)),
            (true, 1) => Some(-power(-a)),
            _ => None,
        }
    }

    fn power(&self, a: &f64, exponent: &f64) -> Option<f64> {
        Some(libm::pow(*a, *exponent))
    }

    fn absolute(&self, a: &f64) -> Option<f64> {
        Some(a.abs())
    }

    fn call(&self, function: Function, arguments: &[f64]) -> Option<f64> {
        let first = *arguments.first()?;
        match function {
            Function::Sin => Some(libm::sin(first)),
            Function::Cos => Some(libm::cos(first)),
            Function::Tan => Some(libm::tan(first)),
            Function::Ln => Some(libm::log(first)),
            Function::Log => Some(libm::log10(first)),
            Function::LogBase => Some(libm::log(*arguments.get(1)?) / libm::log(first)),
            Function::Exp => Some(libm::exp(first)),
            _ => None,
        }
    }

    fn factorial(&self, _: &f64) -> Option<f64> {
        None
    }
}
