//! Real roots of polynomials, kept apart exactly (Sturm 1829): each stands in an interval of its own.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::polynomial::{Polynomial, sign_of};
use crate::{Rational, value::precise};

/// Degrees of all polynomials together.
const DEGREES_MAX: usize = 64;
/// Bits of a coefficient, whole and small as they can be: some thirty digits, more than any question has.
const BITS_MAX: u64 = 100;

/// The one root of `polynomial` between `low` and `high`, which are no roots themselves; or the number itself where
/// both are the same.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    polynomial: Polynomial,
    pub low: Rational,
    pub high: Rational,
}

impl Root {
    pub fn exactly(&self) -> Option<&Rational> {
        (self.low == self.high).then_some(&self.low)
    }

    pub fn halve(&mut self) {
        if self.low == self.high {
            return;
        }
        let middle = (&self.low + &self.high) / Rational::from_integer(2.into());
        let value = self.polynomial.at(&middle);
        if value.is_zero() {
            self.low = middle.clone();
            self.high = middle;
        } else if sign_of(&value) == sign_of(&self.polynomial.at(&self.low)) {
            self.low = middle;
        } else {
            self.high = middle;
        }
    }

    /// Sign of another polynomial at this root. `None` where that would take too long.
    pub fn sign(&self, other: &Polynomial) -> Option<i32> {
        if other.is_zero() {
            return Some(0);
        }
        if let Some(value) = self.exactly() {
            return Some(sign_of(&other.at(value)));
        }
        let common = self.polynomial.gcd(other);
        if common.degree() > 0 && Sturm::new(&common).between(&self.low, &self.high) > 0 {
            return Some(0);
        }
        let sturm = Sturm::new(&other.squarefree());
        let mut root = self.clone();
        for _ in 0..400 {
            if root.low == root.high {
                return Some(sign_of(&other.at(&root.low)));
            }
            let free = !other.at(&root.low).is_zero() && sturm.between(&root.low, &root.high) == 0;
            if free {
                return Some(sign_of(&other.at(&root.low)));
            }
            root.halve();
        }
        None
    }
}

struct Sturm(Vec<Polynomial>);

impl Sturm {
    fn new(polynomial: &Polynomial) -> Sturm {
        let mut chain = vec![polynomial.primitive(), polynomial.derivative().primitive()];
        while let [.., a, b] = &chain[..] {
            if b.is_zero() {
                chain.pop();
                break;
            }
            let rest = a.remainder(b).negated().primitive();
            chain.push(rest);
        }
        Sturm(chain)
    }

    fn changes(&self, x: &Rational) -> usize {
        let signs: Vec<i32> = self.0.iter().map(|p| sign_of(&p.at(x))).filter(|sign| *sign != 0).collect();
        signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    /// Different roots above `low`, up to and with `high`.
    fn between(&self, low: &Rational, high: &Rational) -> usize {
        self.changes(low).saturating_sub(self.changes(high))
    }
}

/// The real roots of all polynomials together, each once, in order, with disjoint intervals.
pub(crate) fn all(polynomials: &[Polynomial]) -> Option<Vec<Root>> {
    let mut roots: Vec<Root> = Vec::new();
    if polynomials.iter().map(Polynomial::degree).sum::<usize>() > DEGREES_MAX {
        return None;
    }
    let long = |polynomial: &Polynomial| polynomial.primitive().0.iter().any(|c| c.numer().bits() > BITS_MAX);
    if polynomials.iter().any(long) {
        return None;
    }
    for polynomial in coprime(polynomials) {
        roots.extend(of(&polynomial)?);
    }
    if roots.len() > super::POINTS_MAX {
        return None;
    }
    for _ in 0..300 {
        roots.sort_by(|a, b| a.low.cmp(&b.low).then(a.high.cmp(&b.high)));
        let mut apart = true;
        for at in 1..roots.len() {
            if roots[at - 1].high >= roots[at].low {
                apart = false;
                roots[at - 1].halve();
                roots[at].halve();
            }
        }
        if apart {
            return Some(roots);
        }
    }
    None
}

/// Polynomials without repeated or shared roots that have the same roots together.
fn coprime(polynomials: &[Polynomial]) -> Vec<Polynomial> {
    let mut basis: Vec<Polynomial> = Vec::new();
    for polynomial in polynomials {
        let mut rest = polynomial.squarefree();
        for known in &basis {
            let common = rest.gcd(known);
            if common.degree() > 0 {
                rest = rest.quotient(&common);
            }
        }
        if rest.degree() > 0 {
            basis.push(rest.primitive());
        }
    }
    basis
}

fn of(polynomial: &Polynomial) -> Option<Vec<Root>> {
    if polynomial.degree() == 1 {
        let root = -&polynomial.0[0] / &polynomial.0[1];
        return Some(vec![Root { polynomial: polynomial.clone(), low: root.clone(), high: root }]);
    }
    // Cauchy: no root is farther out than 1 + max |c/leading|.
    let leading = polynomial.0.last()?.abs();
    let largest = polynomial.0.iter().map(|c| c.abs() / &leading).max()?;
    let bound = (largest + Rational::one() + Rational::one()).ceil();
    let sturm = Sturm::new(polynomial);
    let mut found = Vec::new();
    let mut open = vec![(-bound.clone(), bound)];
    let mut steps = 0;
    while let Some((low, high)) = open.pop() {
        steps += 1;
        if steps > 3_000 {
            return None;
        }
        match sturm.between(&low, &high) {
            0 => {}
            1 => found.push(Root { polynomial: polynomial.clone(), low, high }),
            _ => {
                let mut middle = (&low + &high) / Rational::from_integer(2.into());
                // A root in the middle would stand at the end of an interval.
                let nudge = (&high - &low) / Rational::from_integer(1009.into());
                while polynomial.at(&middle).is_zero() {
                    middle += &nudge;
                }
                open.push((middle.clone(), high));
                open.push((low, middle));
            }
        }
    }
    Some(found)
}

const FINE_BITS: u32 = 640;

impl Root {
    /// The root with 512 bits after the binary point, by halving in fixed point: fractions would grow with each step.
    pub fn refined(&self) -> Option<BigInt> {
        if let Some(value) = self.exactly() {
            return Some(precise::from_rational(value));
        }
        let coefficients: Vec<BigInt> =
            self.polynomial.primitive().0.iter().map(|c| c.to_integer() << FINE_BITS).collect();
        let value = |x: &BigInt| -> BigInt {
            coefficients.iter().rev().fold(BigInt::zero(), |sum, c| ((sum * x) >> FINE_BITS) + c)
        };
        let fixed = |value: &Rational| (value.numer() << FINE_BITS) / value.denom();
        let (mut low, mut high): (BigInt, BigInt) = (fixed(&self.low), fixed(&self.high));
        let rises = sign_of(&self.polynomial.at(&self.low)) < 0;
        for _ in 0..2_000 {
            if (&high - &low).bits() <= 2 {
                return Some(low >> (FINE_BITS - 512));
            }
            let middle: BigInt = (&low + &high) >> 1;
            if value(&middle).is_negative() == rises {
                low = middle;
            } else {
                high = middle;
            }
        }
        None
    }
}
