//! Wrong ways that belong to both sides of an equation: a term that changes sides without its sign, fractions cleared in
//! some terms only.

use num_integer::Integer;
use num_traits::{One, ToPrimitive};

use super::{
    Mistake::{self, *},
    make::{flipped, group, product, times},
};
use crate::{
    tree::{Node, Sign, Step},
    value::exact,
};

/// More is not a common denominator of school.
const COMMON_MAX: i64 = 10_000;

pub(super) fn changed(left: &Node, right: &Node, letter: &str) -> Vec<(Mistake, [Node; 2])> {
    let sides = [split(left), split(right)];
    let mut found = Vec::new();
    moved(&sides.clone().map(written_out), letter, &mut found);
    cleared(&sides, &mut found);
    found
}

type Terms = Vec<(Sign, Node)>;

fn split(side: &Node) -> Terms {
    match side.bare() {
        Node::Sum(terms) => terms.clone(),
        other => vec![(Sign::Plus, other.clone())],
    }
}

/// A number before brackets taken to every term inside.
fn written_out(terms: Terms) -> Terms {
    let mut all = Vec::new();
    for (sign, term) in terms {
        let (factors, inner) = match term.bare() {
            Node::Product(factors) => match factors.as_slice() {
                [before @ .., (Step::Times | Step::Implicit, last)]
                    if before.iter().all(|(_, one)| one.is_closed()) =>
                {
                    (Some(before), last)
                }
                _ => (None, &term),
            },
            _ => (None, &term),
        };
        match inner.bare() {
            Node::Sum(parts) if factors.is_none_or(|before| !before.is_empty()) => {
                for (inside, part) in parts {
                    let part = match factors {
                        Some(before) => times(product(before.to_vec()), part.clone()),
                        None => part.clone(),
                    };
                    all.push((if *inside == Sign::Minus { flipped(sign) } else { sign }, part));
                }
            }
            _ => all.push((sign, term)),
        }
    }
    all
}

fn together(terms: Terms) -> Node {
    Node::Sum(terms)
}

/// A term that has to go to the other side, there with the sign that it had.
fn moved(sides: &[Terms; 2], letter: &str, found: &mut Vec<(Mistake, [Node; 2])>) {
    let has = |term: &Node| term.letters().contains(letter);
    for at in 0..2 {
        let here = &sides[at];
        let unknown_there = sides[1 - at].iter().any(|(_, term)| has(term));
        let unknown_here = here.iter().any(|(_, term)| has(term));
        for place in 0..here.len() {
            let goes = if has(&here[place].1) { unknown_there } else { unknown_here };
            if goes {
                let mut changed = sides.clone();
                changed[at][place].0 = flipped(changed[at][place].0);
                found.push((MovedTerm, changed.map(together)));
            }
        }
    }
}

/// Each term is multiplied by the common denominator, but for one, for one side, or for those without a fraction.
fn cleared(sides: &[Terms; 2], found: &mut Vec<(Mistake, [Node; 2])>) {
    let all = || sides.iter().flatten().map(|(_, term)| term);
    let Some(common) =
        all().try_fold(1_i64, |common, term| Some(common.lcm(&denominator(term)?)).filter(|all| *all <= COMMON_MAX))
    else {
        return;
    };
    if common == 1 {
        return;
    }
    let multiplied = |reached: &dyn Fn(usize, usize, &Node) -> bool| {
        [0, 1].map(|at| {
            let each = |(place, (sign, term)): (usize, &(Sign, Node))| {
                let reached = reached(at, place, term);
                (*sign, if reached { group(times(Node::whole(common), term.clone())) } else { term.clone() })
            };
            together(sides[at].iter().enumerate().map(each).collect())
        })
    };
    for (at, here) in sides.iter().enumerate() {
        found.push((ClearedInPart, multiplied(&|side, _, _| side == at)));
        if here.len() > 1 {
            for out in 0..here.len() {
                found.push((ClearedInPart, multiplied(&|side, place, _| (side, place) != (at, out))));
            }
        }
    }
    found.push((ClearedInPart, multiplied(&|_, _, term| denominator(term).is_some_and(|below| below > 1))));
}

/// The denominator of the number before a term: 3 for `2/3(x + 1)` and `x/3`, 1 without a fraction.
fn denominator(term: &Node) -> Option<i64> {
    let of = |node: &Node| exact::closed(node).map(|value| value.denom().to_i64());
    match term.bare() {
        Node::Fraction(_, below) if !term.is_closed() => {
            exact::closed(below)?.to_integer().to_i64().filter(|below| *below > 0)
        }
        Node::Product(factors) => factors.iter().try_fold(1_i64, |common, (step, factor)| match step {
            Step::Over => {
                exact::closed(factor)?.to_integer().to_i64().filter(|below| *below > 0).map(|below| common.lcm(&below))
            }
            _ if factor.is_closed() => Some(common.lcm(&of(factor)??)),
            _ => Some(common.lcm(&denominator(factor).unwrap_or(1))),
        }),
        Node::Sum(_) => Some(1),
        other if other.is_closed() => {
            exact::closed(other).and_then(|value| if value.denom().is_one() { Some(1) } else { value.denom().to_i64() })
        }
        _ => Some(1),
    }
}
