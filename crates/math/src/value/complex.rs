//! Complex floating point with principal branches, the last resort for what is not real.

use num_traits::ToPrimitive;

use super::{Arithmetic, field, walk};
use crate::{
    Rational,
    tree::{Constant, Function, Node},
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Complex {
    pub re: f64,
    pub im: f64,
}

/// The value at the numbered point, with letters spread over the complex plane.
pub(crate) fn at_point(node: &Node, point: u64) -> Option<Complex> {
    walk(node, &Plane { point }).filter(|value| value.re.is_finite() && value.im.is_finite())
}

impl Complex {
    fn real(re: f64) -> Complex {
        Complex { re, im: 0.0 }
    }

    pub fn size(self) -> f64 {
        libm::hypot(self.re, self.im)
    }

    pub fn minus(self, other: Complex) -> Complex {
        Complex { re: self.re - other.re, im: self.im - other.im }
    }

    fn plus(self, other: Complex) -> Complex {
        Complex { re: self.re + other.re, im: self.im + other.im }
    }

    fn times(self, other: Complex) -> Complex {
        Complex { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    fn over(self, other: Complex) -> Option<Complex> {
        let square = other.re * other.re + other.im * other.im;
        if square < 1e-200 {
            return None;
        }
        let top = self.times(Complex { re: other.re, im: -other.im });
        Some(Complex { re: top.re / square, im: top.im / square })
    }

    fn ln(self) -> Option<Complex> {
        if self.size() < 1e-200 {
            return None;
        }
        Some(Complex { re: libm::log(self.size()), im: libm::atan2(self.im, self.re) })
    }

    fn exp(self) -> Complex {
        let size = libm::exp(self.re);
        Complex { re: size * libm::cos(self.im), im: size * libm::sin(self.im) }
    }
}

struct Plane {
    point: u64,
}

impl Arithmetic for Plane {
    type Value = Complex;

    fn rational(&self, value: &Rational) -> Option<Complex> {
        value.to_f64().map(Complex::real)
    }

    fn letter(&self, name: &str) -> Option<Complex> {
        let part = |salt: u64| (field::scramble(name, self.point * 2 + salt) % 4_001) as f64 / 1_000.0 - 2.0;
        Some(Complex { re: part(0), im: part(1) })
    }

    fn constant(&self, constant: Constant) -> Option<Complex> {
        Some(Complex::real(match constant {
            Constant::Pi => std::f64::consts::PI,
            Constant::Euler => std::f64::consts::E,
        }))
    }

    fn add(&self, a: &Complex, b: &Complex) -> Option<Complex> {
        Some(a.plus(*b))
    }

    fn negate(&self, a: &Complex) -> Complex {
        // Adding zero keeps the imaginary part of a real number from becoming a negative zero, which would change
        // the branch of a root.
        Complex { re: 0.0 - a.re, im: 0.0 - a.im }
    }

    fn multiply(&self, a: &Complex, b: &Complex) -> Option<Complex> {
        Some(a.times(*b))
    }

    fn divide(&self, a: &Complex, b: &Complex) -> Option<Complex> {
        a.over(*b)
    }

    fn whole_power(&self, a: &Complex, exponent: i64) -> Option<Complex> {
        if exponent.abs() > 10_000 || (exponent <= 0 && a.size() < 1e-200) {
            return None;
        }
        let mut result = Complex::real(1.0);
        let mut base = *a;
        let mut rest = exponent.unsigned_abs();
        while rest > 0 {
            if rest & 1 == 1 {
                result = result.times(base);
            }
            base = base.times(base);
            rest >>= 1;
        }
        if exponent < 0 { Complex::real(1.0).over(result) } else { Some(result) }
    }

    fn root_power(&self, a: &Complex, p: i64, q: u32) -> Option<Complex> {
        self.power(a, &Complex::real(p as f64 / f64::from(q)))
    }

    fn power(&self, a: &Complex, exponent: &Complex) -> Option<Complex> {
        Some(a.ln()?.times(*exponent).exp())
    }

    fn absolute(&self, a: &Complex) -> Option<Complex> {
        Some(Complex::real(a.size()))
    }

    fn call(&self, function: Function, arguments: &[Complex]) -> Option<Complex> {
        let x = *arguments.first()?;
        let turn = |z: Complex| Complex { re: -z.im, im: z.re };
        let (up, down) = (turn(x).exp(), turn(x).times(Complex::real(-1.0)).exp());
        let half = Complex::real(0.5);
        let cos = up.plus(down).times(half);
        let sin = up.minus(down).times(Complex { re: 0.0, im: -0.5 });
        match function {
            Function::Sin => Some(sin),
            Function::Cos => Some(cos),
            Function::Tan => sin.over(cos),
            Function::Cot => cos.over(sin),
            Function::Sec => Complex::real(1.0).over(cos),
            Function::Csc => Complex::real(1.0).over(sin),
            Function::Exp => Some(x.exp()),
            Function::Ln => x.ln(),
            Function::Log => x.ln()?.over(Complex::real(std::f64::consts::LN_10)),
            Function::LogBase => arguments.get(1)?.ln()?.over(x.ln()?),
            _ => None,
        }
    }

    fn factorial(&self, _: &Complex) -> Option<Complex> {
        None
    }
}
