//! Quadratic equations and parabolas, and questions that put two values together: solutions, intercepts.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
};
use crate::{
    Rational,
    tree::{Node, Relation},
    value::exact,
};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let (Some(key), Some(given)) = (exact::closed(key), exact::closed(given)) else { return };
    for formula in &asked.formulas {
        if formula.is_expression()
            && let [x] = formula.letters().into_iter().collect::<Vec<_>>().as_slice()
            && let Some(coefficients) = parabola(&|at| exact::with(formula, &BTreeMap::from([(x.clone(), at)])))
        {
            of_parabola(&coefficients, &key, &given, asked, found);
        }
        let Node::Relation(sides, signs) = formula.bare() else { continue };
        let ([left, right], [Relation::Equal]) = (sides.as_slice(), signs.as_slice()) else { continue };
        let mut letters = left.letters();
        letters.extend(right.letters());
        let letters: Vec<String> = letters.into_iter().collect();
        match letters.as_slice() {
            [x] => {
                if let Some([a, b, c]) = parabola(&|at| difference(left, right, &[(x, at)])) {
                    of_parabola(&[a, b, c], &key, &given, asked, found);
                }
            }
            [x, y] => {
                intercepts(left, right, [x, y], &key, &given, asked, found);
                if let Node::Letter(_) = left.bare()
                    && let Some(coefficients) = parabola(&|at| exact::with(right, &BTreeMap::from([(x.clone(), at)])))
                {
                    of_parabola(&coefficients, &key, &given, asked, found);
                }
            }
            _ => {}
        }
    }
}

fn difference(left: &Node, right: &Node, at: &[(&String, Rational)]) -> Option<Rational> {
    let letters: BTreeMap<String, Rational> = at.iter().map(|(name, value)| ((*name).clone(), value.clone())).collect();
    Some(exact::with(left, &letters)? - exact::with(right, &letters)?)
}

/// Coefficients `a`, `b`, `c` where three points and a fourth lie on a parabola.
fn parabola(at: &dyn Fn(Rational) -> Option<Rational>) -> Option<[Rational; 3]> {
    let whole = |value: i64| Rational::from_integer(value.into());
    let (zero, one, minus, three) = (at(whole(0))?, at(whole(1))?, at(whole(-1))?, at(whole(3))?);
    let a = (&one + &minus) / whole(2) - &zero;
    let b = (&one - &minus) / whole(2);
    let fits = three == &a * whole(9) + &b * whole(3) + &zero;
    (fits && !a.is_zero()).then_some([a, b, zero])
}

fn of_parabola([a, b, c]: &[Rational; 3], key: &Rational, given: &Rational, asked: &Asked, found: &mut Vec<Mistake>) {
    let two = Rational::from_integer(2.into());
    let axis = -b / (a * &two);
    let lowest = c - b * b / (a * Rational::from_integer(4.into()));
    let value = |x: &Rational| a * x * x + b * x + c;
    if *key == axis {
        if *given == -b / a || *given == b / a {
            found.push(ForgotTwo);
        }
        if value(given).is_zero() && *given != axis {
            found.push(OtherValue);
        }
        if *given == lowest {
            found.push(OtherValue);
        }
    } else if *key == lowest && *given == axis {
        found.push(OtherValue);
    }
    let discriminant = b * b - a * c * Rational::from_integer(4.into());
    if let Some(root) = square_root(&discriminant) {
        let solutions = [(-b + &root) / (a * &two), (-b - root) / (a * &two)];
        let positive_b = [-&solutions[0], -&solutions[1]];
        if asked.asks(Cue::Combine) {
            combined(&solutions, key, given, found);
        } else if solutions.contains(key) && positive_b.contains(given) {
            found.push(SignOfAnswer);
        }
    }
}

fn intercepts(
    left: &Node,
    right: &Node,
    [x, y]: [&String; 2],
    key: &Rational,
    given: &Rational,
    asked: &Asked,
    found: &mut Vec<Mistake>,
) {
    let on_axis = |along: &String, other: &String| {
        let at = |value: i64| {
            difference(left, right, &[(along, Rational::from_integer(value.into())), (other, Rational::zero())])
        };
        let (zero, one) = (at(0)?, at(1)?);
        let slope = &one - &zero;
        (!slope.is_zero()).then(|| -zero / slope)
    };
    let (Some(a), Some(b)) = (on_axis(x, y), on_axis(y, x)) else { return };
    if asked.asks(Cue::Combine) {
        combined(&[a, b], key, given, found);
    } else if asked.asks(Cue::Intercept) && ((*key == a && *given == b) || (*key == b && *given == a)) {
        found.push(OtherValue);
    } else if asked.asks(Cue::Intercept) {
        let gone = if *key == a { y } else { x };
        let put =
            |side: &Node| side.map(&|node| matches!(node, Node::Letter(name) if name == gone).then(|| Node::whole(0)));
        let (key, given) = (super::make::number(key.clone()), super::make::number(given.clone()));
        super::question::equation(&[put(left), put(right)], &key, &given, found);
    }
}

/// Two values that are to be put together.
fn combined([a, b]: &[Rational; 2], key: &Rational, given: &Rational, found: &mut Vec<Mistake>) {
    let ways = [a + b, a * b, a - b, b - a];
    if !ways.contains(key) {
        return;
    }
    if given == a || given == b {
        found.push(OneOfTwo);
    }
    let two = Rational::from_integer(2.into());
    if given == a || given == b {
        return;
    }
    if ways[..2].contains(given) {
        found.push(Operation);
    } else if [a * &two, b * &two].contains(given) {
        found.push(SameValueTwice);
    } else if ways.contains(given) || ways.contains(&-given) || given.abs() == a.abs() || given.abs() == b.abs() {
        found.push(SignInside);
    }
}

fn square_root(value: &Rational) -> Option<Rational> {
    if value.is_negative() {
        return None;
    }
    let root = Rational::new(value.numer().sqrt(), value.denom().sqrt());
    (&root * &root == *value).then_some(root)
}
