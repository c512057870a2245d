//! Whether a factor could be split further with whole numbers. Bounded: what is too large to try counts as done.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::poly::Poly;

/// Coefficients at the ends up to this size are taken apart.
const END_MAX: u32 = 1_000_000;
/// Pairs of divisors tried for one factor.
const PAIRS_MAX: usize = 4_000;

/// Whether a polynomial with whole coefficients is a product of two with letters: by a letter in every term, or, in
/// one letter (or two, every term of one degree), by a rational root or, at degree four, by two quadratics.
pub(super) fn splits(poly: &Poly) -> bool {
    if poly.0.len() < 2 {
        return false;
    }
    let letters = poly.letters();
    if letters.iter().any(|letter| poly.0.keys().all(|monomial| monomial.contains_key(letter))) {
        return true;
    }
    let degree = poly.degree();
    let even = poly.0.keys().all(|monomial| monomial.values().sum::<u32>() == degree);
    if letters.len() > 2 || (letters.len() == 2 && !even) {
        return false;
    }
    let Some(letter) = letters.first() else { return false };
    let mut row = vec![BigInt::zero(); degree as usize + 1];
    for (monomial, value) in &poly.0 {
        row[monomial.get(letter).copied().unwrap_or(0) as usize] = value.to_integer();
    }
    match &row[..] {
        [_, _] => false,
        [c, b, a] => is_square(&(b * b - a * c * 4)),
        _ => row.iter().map(|c| c.to_i64().map(i128::from)).collect::<Option<Vec<_>>>().is_some_and(|row| {
            has_rational_root(&row) || <[i128; 5]>::try_from(row).is_ok_and(|row| is_product_of_quadratics(&row))
        }),
    }
}

fn is_square(value: &BigInt) -> bool {
    let root = value.abs().sqrt();
    !value.is_negative() && &root * &root == *value
}

/// Coefficients from the lowest power; the ends are not zero.
fn has_rational_root(row: &[i128]) -> bool {
    let mut pairs = pairs(row[0], row[row.len() - 1]);
    pairs.any(|(top, bottom)| [top, -top].into_iter().any(|top| vanishes(row, top, bottom)))
}

fn vanishes(row: &[i128], top: i128, bottom: i128) -> bool {
    let mut scale = 1_i128;
    let value = row.iter().rev().try_fold(0_i128, |value, c| {
        let next = value.checked_mul(top)?.checked_add(c.checked_mul(scale)?)?;
        scale = scale.checked_mul(bottom)?;
        Some(next)
    });
    value == Some(0)
}

/// `(a x² + b x + c)(d x² + e x + f)`: the ends give a, d and c, f; the sums in the middle give b and e.
fn is_product_of_quadratics(row: &[i128; 5]) -> bool {
    let [r0, r1, r2, r3, r4] = *row;
    let mut pairs = pairs(r0, r4);
    pairs.any(|(c, a)| [c, -c].into_iter().any(|c| quadratics(a, c, r4 / a, r0 / c, [r1, r2, r3]).unwrap_or(false)))
}

fn quadratics(a: i128, c: i128, d: i128, f: i128, [r1, r2, r3]: [i128; 3]) -> Option<bool> {
    let fits = |b: i128, e: i128| {
        Some(
            a.checked_mul(e)?.checked_add(b.checked_mul(d)?)? == r3
                && b.checked_mul(f)?.checked_add(c.checked_mul(e)?)? == r1
                && b.checked_mul(e)?.checked_add(a * f + c * d)? == r2,
        )
    };
    let determinant = d * c - a * f;
    if determinant != 0 {
        let (b, e) = (c.checked_mul(r3)? - a.checked_mul(r1)?, d.checked_mul(r1)? - f.checked_mul(r3)?);
        return if b % determinant == 0 && e % determinant == 0 {
            fits(b / determinant, e / determinant)
        } else {
            Some(false)
        };
    }
    // d b² - r3 b + a (r2 - a f - c d) = 0, with e = (r3 - b d) / a.
    let last = a.checked_mul(r2 - a * f - c * d)?;
    let under = r3.checked_mul(r3)?.checked_sub(d.checked_mul(last)?.checked_mul(4)?)?;
    if !is_square(&under.into()) {
        return Some(false);
    }
    let root = BigInt::from(under).sqrt().to_i128()?;
    for b in [r3 + root, r3 - root] {
        let b = if b % (2 * d) == 0 { b / (2 * d) } else { continue };
        let e = r3.checked_sub(b.checked_mul(d)?)?;
        if e % a == 0 && fits(b, e / a)? {
            return Some(true);
        }
    }
    Some(false)
}

/// Divisors of the one and of the other, in pairs.
fn pairs(one: i128, other: i128) -> impl Iterator<Item = (i128, i128)> {
    let (ones, others) = (divisors(one), divisors(other));
    ones.into_iter().flat_map(move |one| others.clone().into_iter().map(move |other| (one, other))).take(PAIRS_MAX)
}

fn divisors(value: i128) -> Vec<i128> {
    let size = value.unsigned_abs();
    if size > u128::from(END_MAX) {
        return vec![];
    }
    let size = size as i128;
    let small: Vec<i128> = (1..=1_000).take_while(|n| n * n <= size).filter(|n| size % n == 0).collect();
    let large: Vec<i128> = small.iter().rev().map(|n| size / n).filter(|n| n * n > size).collect();
    small.into_iter().chain(large).collect()
}
