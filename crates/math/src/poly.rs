//! Polynomials in several letters, written out. Only form rules need them: factored, expanded, lowest terms.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use crate::{
    Rational,
    tree::{Node, Sign, Step},
    value::exact,
};

const TERMS_MAX: usize = 400;
const DEGREE_MAX: u32 = 60;

/// Powers of letters, without zeros.
pub(crate) type Monomial = BTreeMap<String, u32>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Poly(pub BTreeMap<Monomial, Rational>);

impl Poly {
    fn constant(value: Rational) -> Poly {
        Poly(BTreeMap::new()).with(Monomial::new(), value)
    }

    fn with(mut self, monomial: Monomial, value: Rational) -> Poly {
        let sum = self.0.remove(&monomial).unwrap_or_else(Rational::zero) + value;
        if !sum.is_zero() {
            self.0.insert(monomial, sum);
        }
        self
    }

    /// The polynomial an expression stands for; `None` where it is none, or too large.
    pub fn of(node: &Node) -> Option<Poly> {
        if !node.any(&|node| matches!(node, Node::Letter(_))) {
            return exact::closed(node).map(Poly::constant);
        }
        match node {
            Node::Letter(name) => Some(Poly(BTreeMap::new()).with([(name.clone(), 1)].into(), Rational::one())),
            Node::Group(inner) => Poly::of(inner),
            Node::Sum(terms) => {
                let mut total = Poly(BTreeMap::new());
                for (sign, term) in terms {
                    let factor = match sign {
                        Sign::Plus => Rational::one(),
                        Sign::Minus => -Rational::one(),
                        _ => return None,
                    };
                    for (monomial, value) in Poly::of(term)?.0 {
                        total = total.with(monomial, value * &factor);
                    }
                }
                total.bounded()
            }
            Node::Product(factors) => {
                let mut total = Poly::constant(Rational::one());
                for (step, factor) in factors {
                    let factor = match step {
                        Step::Over => Poly::constant(exact::closed(factor).filter(|v| !v.is_zero())?.recip()),
                        _ => Poly::of(factor)?,
                    };
                    total = total.times(&factor)?;
                }
                Some(total)
            }
            Node::Fraction(top, bottom) => {
                let by = exact::closed(bottom).filter(|value| !value.is_zero())?.recip();
                Poly::of(top)?.times(&Poly::constant(by))
            }
            Node::Power(base, exponent) => {
                let exponent = exact::closed(exponent).filter(Rational::is_integer)?.to_integer().to_u32()?;
                let base = Poly::of(base)?;
                if exponent > DEGREE_MAX {
                    return None;
                }
                (0..exponent).try_fold(Poly::constant(Rational::one()), |power, _| power.times(&base))
            }
            _ => None,
        }
    }

    fn bounded(self) -> Option<Poly> {
        let small = self.0.len() <= TERMS_MAX
            && self.0.iter().all(|(monomial, value)| {
                monomial.values().sum::<u32>() <= DEGREE_MAX && value.numer().bits() + value.denom().bits() < 4_000
            });
        small.then_some(self)
    }

    fn times(&self, other: &Poly) -> Option<Poly> {
        if self.0.len() * other.0.len() > 20_000 {
            return None;
        }
        let mut product = Poly(BTreeMap::new());
        for (a, x) in &self.0 {
            for (b, y) in &other.0 {
                let mut monomial = a.clone();
                for (letter, power) in b {
                    *monomial.entry(letter.clone()).or_insert(0) += power;
                }
                product = product.with(monomial, x * y);
            }
        }
        product.bounded()
    }

    pub fn degree(&self) -> u32 {
        self.0.keys().map(|monomial| monomial.values().sum()).max().unwrap_or(0)
    }

    /// The largest whole number that divides every coefficient; `None` where one is a fraction.
    pub fn content(&self) -> Option<BigInt> {
        let mut content = BigInt::zero();
        for value in self.0.values() {
            if !value.is_integer() {
                return None;
            }
            content = content.gcd(value.numer());
        }
        Some(content)
    }

    pub fn letters(&self) -> Vec<String> {
        let mut letters: Vec<String> = self.0.keys().flat_map(|monomial| monomial.keys().cloned()).collect();
        letters.sort();
        letters.dedup();
        letters
    }

    /// Coefficients in one letter, lowest power first, with fixed numbers modulo the prime for the others.
    pub fn in_one_letter(&self, letter: &str) -> Vec<u64> {
        use crate::value::field;
        let mut row = vec![0_u64; DEGREE_MAX as usize + 1];
        for (monomial, value) in &self.0 {
            let mut term = field::whole(value.numer());
            term = field::multiply(term, field::invert(field::whole(value.denom())).unwrap_or(0));
            for (name, power) in monomial {
                if name != letter {
                    let point = field::scramble(name, 7) % field::PRIME;
                    term = field::multiply(term, field::raise(point, u64::from(*power)));
                }
            }
            let at = monomial.get(letter).copied().unwrap_or(0) as usize;
            row[at] = (row[at] + term) % field::PRIME;
        }
        while row.last() == Some(&0) {
            row.pop();
        }
        row
    }

    /// Whether two polynomials have a factor with letters in common.
    pub fn share_factor(&self, other: &Poly) -> bool {
        self.letters().iter().any(|letter| {
            let (a, b) = (self.in_one_letter(letter), other.in_one_letter(letter));
            common_degree(a, b) > 0
        })
    }
}

/// Degree of the greatest common divisor modulo the prime.
fn common_degree(mut a: Vec<u64>, mut b: Vec<u64>) -> usize {
    use crate::value::field::{PRIME, invert, multiply};
    while !b.is_empty() {
        let Some(inverse) = b.last().and_then(|leading| invert(*leading)) else { return 0 };
        while a.len() >= b.len() {
            let factor = multiply(a[a.len() - 1], inverse);
            let shift = a.len() - b.len();
            for (at, c) in b.iter().enumerate() {
                a[at + shift] = (a[at + shift] + PRIME - multiply(*c, factor)) % PRIME;
            }
            while a.last() == Some(&0) {
                a.pop();
            }
        }
        std::mem::swap(&mut a, &mut b);
    }
    a.len().saturating_sub(1)
}
