//! Wrong ways with roots.

use super::{
    Mistake::{self, *},
    make::{group, over, plus, power, root, small, terms, times},
    rules_powers::product_of,
};
use crate::{
    tree::{Node, Sign, Step},
    value::exact,
};

/// What the wrong ways make of this very place.
pub(super) fn rules(node: &Node, found: &mut Vec<(Mistake, Node)>) {
    match node {
        Node::Root(index, radicand) => of_root(index.as_deref(), radicand, found),
        Node::Product(factors) if factors.iter().all(|(step, _)| *step != Step::Over) => {
            roots_multiplied(factors, found)
        }
        _ => {}
    }
}

fn of_root(index: Option<&Node>, radicand: &Node, found: &mut Vec<(Mistake, Node)>) {
    let by = || index.cloned().unwrap_or_else(|| Node::whole(2));
    found.push((RootAsDivision, group(over(radicand.clone(), by()))));
    // The index before a letter is the index read another way, not a division.
    let factor = if radicand.is_closed() { RootAsDivision } else { RootAndExponent };
    found.push((factor, group(times(radicand.clone(), by()))));
    found.push((LostRoot, group(radicand.clone())));
    found.push((PowerForRoot, power(radicand.clone(), by())));
    if let Some(index) = index.filter(|index| small(index).is_some_and(|index| index > 2)) {
        // Divided by the root once and left there.
        let once = over(radicand.clone(), Node::Absolute(Box::new(root_like(Some(index), radicand))));
        found.push((Unfinished, group(once)));
    }
    if let Some(all) = root_factors(radicand) {
        for at in 0..all.len() {
            let mut part = all.to_vec();
            part[at].1 = root_like(index, &part[at].1);
            found.push((PowerOfPart, group(Node::Product(part))));
        }
    }
    if index.is_none() {
        found.push((RootTwice, root(root(radicand.clone()))));
    }
    if let Some(all) = terms(radicand) {
        let each = |(sign, term): &(Sign, Node)| (*sign, root_like(index, term));
        found.push((RootOfSum, group(Node::Sum(all.iter().map(each).collect()))));
    }
    if let Some(index) = index {
        found.push((OtherRoot, root(radicand.clone())));
        found.push((RootAndExponent, power(radicand.clone(), index.clone())));
    }
    if index.is_none()
        && let Some(value) = small(radicand).filter(|value| (2..=100_000).contains(value))
    {
        for square in (2..=316).take_while(|side| side * side <= value).filter(|side| value % (side * side) == 0) {
            let rest = root(Node::whole(value / (square * square)));
            found.push((OutOfRoot, group(times(Node::whole(square * square), rest))));
            if square * square != value {
                found.push((PartOfRoot, Node::whole(square)));
            }
            // What is a whole square leaves nothing under the root.
            if square * square != value && num_integer::Roots::sqrt(&value).pow(2) != value {
                found.push((OutOfRoot, root(Node::whole(value / (square * square)))));
            }
        }
        // Swapped: `2√7` for `7√2`, which is `√98`.
        for side in (2..=316).take_while(|side| side * side <= value).filter(|side| value % (side * side) == 0) {
            found.push((OutOfRoot, group(times(Node::whole(value / (side * side)), root(Node::whole(side))))));
        }
        for factor in (2..=316).take_while(|factor| *factor <= value).filter(|factor| value % factor == 0) {
            found.push((OutOfRoot, group(times(Node::whole(factor), root(Node::whole(value / factor))))));
        }
    }
}

/// The factors under a root.
fn root_factors(radicand: &Node) -> Option<&[(Step, Node)]> {
    match radicand.bare() {
        Node::Product(factors) if factors.len() >= 2 && factors.iter().all(|(step, _)| *step != Step::Over) => {
            Some(factors)
        }
        _ => None,
    }
}

fn root_like(index: Option<&Node>, radicand: &Node) -> Node {
    Node::Root(index.map(|index| Box::new(index.clone())), Box::new(radicand.clone()))
}

/// `c√a · d√b` as `(c + d)√(ab)` or `cd√(a + b)`.
fn roots_multiplied(factors: &[(Step, Node)], found: &mut Vec<(Mistake, Node)>) {
    let mut roots: Vec<&Node> = Vec::new();
    let mut numbers: Vec<Node> = Vec::new();
    for (_, factor) in factors {
        match factor.bare() {
            Node::Root(None, radicand) => roots.push(radicand),
            other if exact::closed(other).is_some() => numbers.push(other.clone()),
            _ => return,
        }
    }
    let [a, b] = roots.as_slice() else { return };
    let both = |numbers: &[Node]| product_of(numbers);
    let added_under = times(both(&numbers), root(plus((*a).clone(), (*b).clone())));
    found.push((UnderTheRoot, group(added_under)));
    if let [c, d] = numbers.as_slice() {
        let under = root(times((*a).clone(), (*b).clone()));
        found.push((NumbersBeforeRoots, group(times(plus(c.clone(), d.clone()), under))));
    }
    found.push((NumbersBeforeRoots, root(times((*a).clone(), (*b).clone()))));
}
