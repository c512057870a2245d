//! What is still to be done to an answer of the right value, where the question asks for no form by name: `4(x+3)` to
//! "Multiply 4(x+3)" has the value of the key, and nothing was worked out.
//!
//! The key is the measure: a step is undone where the answer leaves it and the key does not. So `6^9` stays an answer
//! where the key is a power, and `2+√3` where the key is a sum.

use std::collections::BTreeSet;

use num_traits::{Signed, Zero};

use super::{
    algebra::{parts_of_fraction, reducible, shape},
    number::whole_fraction,
};
use crate::{
    Math, Rational, Same,
    compare::same,
    poly::Poly,
    tree::{Node, Sign},
    value::exact,
};

/// What is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfinished {
    /// All of it: this is what the question shows.
    AsShown,
    /// A step that could still be worked out, such as `3+4`, `6/3`, `√9`, `3x+2x` or `x^3·x^5`.
    Undone,
    /// An equation or inequality is not solved for its letter, as it is in the key.
    Unsolved,
}

/// What is left to do to an answer that means the same as the key, by the key and the formulas that the question shows.
pub fn unfinished(given: &Math, expected: &Math, shown: &[Math]) -> Option<Unfinished> {
    let value = |math: &Math| shape(math.node.right_side().unwrap_or(&math.node));
    if value(given) == value(expected) {
        return None;
    }
    let written = shape(&given.node);
    if shown.iter().any(|formula| shape(&formula.node) == written) {
        return Some(Unfinished::AsShown);
    }
    if is_unsolved(given, expected, shown) {
        return Some(Unfinished::Unsolved);
    }
    (!left(&given.node).is_subset(&left(&expected.node))).then_some(Unfinished::Undone)
}

/// The key says what a letter is, and the question was to find that out: the key is a number, or the question shows
/// the equation it comes from.
fn is_unsolved(given: &Math, expected: &Math, shown: &[Math]) -> bool {
    let Some(letters) = solved_for(&expected.node) else { return false };
    let asked = || {
        let closed = expected.letters().len() == letters.len();
        closed
            || shown.iter().any(|formula| solved_for(&formula.node).is_none() && same(formula, expected) == Same::Equal)
    };
    given.node.any(&|node| matches!(node, Node::Relation(..))) && solved_for(&given.node).is_none() && asked()
}

/// The letters that an answer says the value of; `None` where some relation in it does not, or where there is none.
fn solved_for(node: &Node) -> Option<BTreeSet<String>> {
    let mut letters = BTreeSet::new();
    let solved = collect_solved(node, &mut letters);
    (solved && !letters.is_empty()).then_some(letters)
}

fn collect_solved(node: &Node, letters: &mut BTreeSet<String>) -> bool {
    let Node::Relation(sides, _) = node.bare() else {
        return node.children().into_iter().all(|child| collect_solved(child, letters));
    };
    let alone = sides.iter().find_map(|side| match side.bare() {
        Node::Letter(name) => Some(name),
        _ => None,
    });
    let Some(letter) = alone else { return false };
    let free =
        |side: &Node| matches!(side.bare(), Node::Letter(name) if name == letter) || !side.letters().contains(letter);
    letters.insert(letter.clone());
    sides.iter().all(free)
}

/// A step that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    AddNumbers,
    MultiplyNumbers,
    DivideNumbers,
    RaiseNumber,
    RaiseProduct,
    TakeRoot,
    RootOfNumber,
    LeaveBars,
    Call,
    TwoSigns,
    LikeTerms,
    LikeFactors,
    Cancel,
}

fn left(node: &Node) -> BTreeSet<Left> {
    let mut found = BTreeSet::new();
    collect_left(node, &mut found);
    found
}

fn collect_left(node: &Node, found: &mut BTreeSet<Left>) {
    match node {
        Node::Sum(terms) => in_sum(node, terms, found),
        Node::Product(_) | Node::Fraction(..) => in_product(node, found),
        Node::Power(base, exponent) => in_power(base, exponent, found),
        Node::Root(index, radicand) if radicand.is_closed() => {
            found.insert(if is_exact(index.as_deref(), radicand) { Left::TakeRoot } else { Left::RootOfNumber });
        }
        Node::Absolute(inner) if inner.is_closed() => {
            found.insert(Left::LeaveBars);
        }
        Node::Factorial(_) | Node::Call(..) if node.is_closed() => {
            found.insert(Left::Call);
        }
        _ => {}
    }
    node.children().into_iter().for_each(|child| collect_left(child, found));
}

fn in_sum(node: &Node, terms: &[(Sign, Node)], found: &mut BTreeSet<Left>) {
    if let [(Sign::Minus, only)] = terms
        && matches!(only.bare(), Node::Sum(inner) if matches!(&inner[..], [(Sign::Minus, _)]))
    {
        found.insert(Left::TwoSigns);
    }
    if terms.iter().filter(|(_, term)| is_numeral(term)).count() > 1 {
        found.insert(Left::AddNumbers);
    }
    let lengths: Option<Vec<usize>> = terms.iter().map(|(_, term)| Poly::of(term).map(|poly| poly.0.len())).collect();
    let written: usize = lengths.map_or(0, |lengths| lengths.iter().sum());
    if !node.is_closed() && Poly::of(node).is_some_and(|poly| poly.0.len() < written) {
        found.insert(Left::LikeTerms);
    }
}

fn in_product(node: &Node, found: &mut BTreeSet<Left>) {
    let (top, bottom) = match parts_of_fraction(node) {
        Some((top, bottom)) => (top, Some(bottom)),
        None => (node.clone(), None),
    };
    let above = factors(&top);
    let below: Vec<&Node> = bottom.as_ref().map(factors).unwrap_or_default();
    for side in [&above, &below] {
        if side.iter().filter(|factor| is_numeral(factor)).count() > 1 {
            found.insert(Left::MultiplyNumbers);
        }
        let mut letters: Vec<&str> = side.iter().filter_map(|factor| letter_of(factor)).collect();
        let all = letters.len();
        letters.sort_unstable();
        letters.dedup();
        if letters.len() < all {
            found.insert(Left::LikeFactors);
        }
    }
    let whole = |side: &[&Node]| side.iter().find_map(|factor| factor.as_whole());
    if let (Some(over), Some(under)) = (whole(&above), whole(&below))
        && (under.is_zero() || (over / under).is_integer())
    {
        found.insert(Left::DivideNumbers);
    }
    // That a fraction of numbers is in lowest terms has to be asked for.
    if !node.is_closed() && reducible(node) {
        found.insert(Left::Cancel);
    }
}

fn in_power(base: &Node, exponent: &Node, found: &mut BTreeSet<Left>) {
    let whole = exponent.as_whole().is_some();
    // A power of ten is a way to write a number.
    let ten = Rational::from_integer(10.into());
    match base.bare() {
        number if is_numeral(number) && whole && number.as_whole() != Some(ten) => {
            found.insert(Left::RaiseNumber);
        }
        Node::Product(_) | Node::Power(..) if whole => {
            found.insert(Left::RaiseProduct);
        }
        _ => {}
    }
}

/// The factors of a product, a minus sign before it or in it taken off.
fn factors(node: &Node) -> Vec<&Node> {
    match node.sign_split().1 {
        Node::Product(parts) => parts.iter().flat_map(|(_, part)| factors(part)).collect(),
        other => vec![other],
    }
}

/// A number as it is written down: whole, decimal, mixed, or a fraction of whole numbers, with its sign.
fn is_numeral(node: &Node) -> bool {
    matches!(node.sign_split().1, Node::Number(_) | Node::Mixed(..)) || whole_fraction(node).is_some()
}

fn letter_of(factor: &Node) -> Option<&str> {
    match factor.bare() {
        Node::Letter(name) => Some(name),
        Node::Power(base, exponent) if exponent.is_closed() => letter_of(base),
        _ => None,
    }
}

/// Whether a root of a number comes out even.
fn is_exact(index: Option<&Node>, radicand: &Node) -> bool {
    let index = index.map_or(Some(2), |index| u32::try_from(index.as_whole()?.to_integer()).ok());
    let (Some(index), Some(value)) = (index.filter(|index| (2..=64).contains(index)), exact::closed(radicand)) else {
        return false;
    };
    let is_power = |whole: &num_bigint::BigInt| {
        let whole = whole.abs();
        whole.nth_root(index).pow(index) == whole
    };
    is_power(value.numer()) && is_power(value.denom())
}
