//! Polynomials in one letter with exact coefficients, lowest power first, without zeros at the end.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::{
    Rational,
    tree::{Node, Sign, Step},
    value::exact,
};

const DEGREE_MAX: usize = 16;
const BITS_MAX: u64 = 4_000;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Polynomial(pub Vec<Rational>);

impl Polynomial {
    pub fn constant(value: Rational) -> Polynomial {
        Polynomial(vec![value]).trimmed()
    }

    pub fn letter() -> Polynomial {
        Polynomial(vec![Rational::zero(), Rational::one()])
    }

    fn trimmed(mut self) -> Polynomial {
        while self.0.last().is_some_and(Zero::is_zero) {
            self.0.pop();
        }
        self
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// 0 for constants, zero among them.
    pub fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn leading(&self) -> Rational {
        self.0.last().cloned().unwrap_or_else(Rational::zero)
    }

    pub fn plus(&self, other: &Polynomial) -> Polynomial {
        let length = self.0.len().max(other.0.len());
        let part = |p: &Polynomial, at: usize| p.0.get(at).cloned().unwrap_or_else(Rational::zero);
        Polynomial((0..length).map(|at| part(self, at) + part(other, at)).collect()).trimmed()
    }

    pub fn scaled(&self, by: &Rational) -> Polynomial {
        Polynomial(self.0.iter().map(|c| c * by).collect()).trimmed()
    }

    pub fn negated(&self) -> Polynomial {
        self.scaled(&-Rational::one())
    }

    pub fn times(&self, other: &Polynomial) -> Option<Polynomial> {
        if self.is_zero() || other.is_zero() {
            return Some(Polynomial(vec![]));
        }
        if self.degree() + other.degree() > DEGREE_MAX {
            return None;
        }
        let mut product = vec![Rational::zero(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                product[i + j] += a * b;
            }
        }
        let small = product.iter().all(|c| c.numer().bits() + c.denom().bits() <= BITS_MAX);
        small.then(|| Polynomial(product).trimmed())
    }

    /// The same up to a positive factor, with small whole coefficients.
    pub fn primitive(&self) -> Polynomial {
        let mut denominators = BigInt::one();
        let mut numerators = BigInt::zero();
        for c in &self.0 {
            denominators = denominators.lcm(c.denom());
        }
        for c in &self.0 {
            numerators = numerators.gcd(&(c.numer() * (&denominators / c.denom())));
        }
        if numerators.is_zero() { self.clone() } else { self.scaled(&Rational::new(denominators, numerators)) }
    }

    pub fn remainder(&self, by: &Polynomial) -> Polynomial {
        let mut rest = self.clone();
        while !rest.is_zero() && rest.0.len() >= by.0.len() {
            rest = rest.step(by).0;
        }
        rest
    }

    pub fn quotient(&self, by: &Polynomial) -> Polynomial {
        let mut rest = self.clone();
        let mut quotient = vec![Rational::zero(); (self.0.len() + 1).saturating_sub(by.0.len()).max(1)];
        while !rest.is_zero() && rest.0.len() >= by.0.len() {
            let at = rest.0.len() - by.0.len();
            let (next, factor) = rest.step(by);
            quotient[at] = factor;
            rest = next;
        }
        Polynomial(quotient).trimmed()
    }

    fn step(&self, by: &Polynomial) -> (Polynomial, Rational) {
        let factor = self.leading() / by.leading();
        let shift = self.0.len() - by.0.len();
        let mut rest = self.0.clone();
        for (at, c) in by.0.iter().enumerate() {
            rest[at + shift] -= c * &factor;
        }
        rest.pop();
        (Polynomial(rest).trimmed(), factor)
    }

    pub fn gcd(&self, other: &Polynomial) -> Polynomial {
        let (mut a, mut b) = (self.primitive(), other.primitive());
        while !b.is_zero() {
            let rest = a.remainder(&b).primitive();
            a = b;
            b = rest;
        }
        a
    }

    pub fn derivative(&self) -> Polynomial {
        let terms = self.0.iter().enumerate().skip(1);
        Polynomial(terms.map(|(power, c)| c * Rational::from_integer(power.into())).collect()).trimmed()
    }

    /// Every root once.
    pub fn squarefree(&self) -> Polynomial {
        let common = self.gcd(&self.derivative());
        if common.degree() == 0 { self.primitive() } else { self.quotient(&common).primitive() }
    }

    pub fn at(&self, x: &Rational) -> Rational {
        self.0.iter().rev().fold(Rational::zero(), |sum, c| sum * x + c)
    }
}

/// An expression in one letter as top over bottom, and the bottoms it divides by on the way.
pub(crate) struct Quotient {
    pub top: Polynomial,
    pub bottom: Polynomial,
}

impl Quotient {
    fn whole(top: Polynomial) -> Quotient {
        Quotient { top, bottom: Polynomial::constant(Rational::one()) }
    }

    fn times(&self, other: &Quotient) -> Option<Quotient> {
        Some(Quotient { top: self.top.times(&other.top)?, bottom: self.bottom.times(&other.bottom)? })
    }
}

/// `absolute` turns the inside of an absolute value into its value; `divisor` sees everything divided by.
pub(crate) fn quotient(
    node: &Node,
    letter: &str,
    absolute: &dyn Fn(Quotient) -> Option<Quotient>,
    divisor: &mut dyn FnMut(&Quotient) -> Option<()>,
) -> Option<Quotient> {
    if !node.any(&|node| matches!(node, Node::Letter(_))) {
        return exact::closed(node).map(|value| Quotient::whole(Polynomial::constant(value)));
    }
    match node {
        Node::Letter(name) => (name == letter).then(|| Quotient::whole(Polynomial::letter())),
        Node::Sum(terms) => {
            let mut total = Quotient::whole(Polynomial(vec![]));
            for (sign, term) in terms {
                let mut term = quotient(term, letter, absolute, divisor)?;
                match sign {
                    Sign::Plus => {}
                    Sign::Minus => term.top = term.top.negated(),
                    _ => return None,
                }
                total = Quotient {
                    top: total.top.times(&term.bottom)?.plus(&term.top.times(&total.bottom)?),
                    bottom: total.bottom.times(&term.bottom)?,
                };
            }
            Some(total)
        }
        Node::Product(factors) => {
            let mut total = Quotient::whole(Polynomial::constant(Rational::one()));
            for (step, factor) in factors {
                let factor = quotient(factor, letter, absolute, divisor)?;
                total = match step {
                    Step::Over => divide(&total, factor, divisor)?,
                    _ => total.times(&factor)?,
                };
            }
            Some(total)
        }
        Node::Fraction(top, bottom) => {
            let top = quotient(top, letter, absolute, divisor)?;
            let bottom = quotient(bottom, letter, absolute, divisor)?;
            divide(&top, bottom, divisor)
        }
        Node::Power(base, exponent) => {
            let exponent = exact::closed(exponent).filter(Rational::is_integer)?.to_integer().to_i32()?;
            if exponent.unsigned_abs() as usize > DEGREE_MAX {
                return None;
            }
            let base = quotient(base, letter, absolute, divisor)?;
            let mut total = Quotient::whole(Polynomial::constant(Rational::one()));
            for _ in 0..exponent.unsigned_abs() {
                total = total.times(&base)?;
            }
            if exponent > 0 {
                Some(total)
            } else {
                divide(&Quotient::whole(Polynomial::constant(Rational::one())), total, divisor)
            }
        }
        Node::Absolute(inner) => absolute(quotient(inner, letter, absolute, divisor)?),
        Node::Percent(inner) => {
            let inner = quotient(inner, letter, absolute, divisor)?;
            Some(Quotient { top: inner.top.scaled(&Rational::new(1.into(), 100.into())), bottom: inner.bottom })
        }
        Node::Group(inner) | Node::Degree(inner) => quotient(inner, letter, absolute, divisor),
        _ => None,
    }
}

fn divide(top: &Quotient, by: Quotient, divisor: &mut dyn FnMut(&Quotient) -> Option<()>) -> Option<Quotient> {
    if by.top.is_zero() {
        return None;
    }
    divisor(&by)?;
    top.times(&Quotient { top: by.bottom, bottom: by.top })
}

pub(crate) fn sign_of(value: &Rational) -> i32 {
    if value.is_zero() {
        0
    } else if value.is_negative() {
        -1
    } else {
        1
    }
}
