//! A rule at every place of a tree.

use std::collections::BTreeMap;

use super::{Mistake, rules_fractions, rules_numbers, rules_powers, rules_roots, rules_sums};
use crate::tree::Node;

/// More changed trees than any school question gives.
const CHANGED_MAX: usize = 300;

/// All trees that one wrong step makes of this one, at one place or at every place alike.
pub(super) fn changed(node: &Node) -> Vec<(Mistake, Node)> {
    let mut found = once(node);
    let mut times: BTreeMap<Mistake, usize> = BTreeMap::new();
    for (mistake, _) in &found {
        *times.entry(*mistake).or_default() += 1;
    }
    for (mistake, times) in times {
        if times > 1 && is_habit(mistake) {
            for choice in 0..2 {
                found.push((mistake, throughout(node, mistake, choice)));
            }
        }
    }
    found
}

/// Whether who does it once does it everywhere; a sign is overlooked only here or there.
fn is_habit(mistake: Mistake) -> bool {
    use Mistake::*;
    !matches!(mistake, SignInside | Unfinished | TermMissing | UpsideDown | LostDenominator | OrderOfTerms | TimesZero)
}

fn here(node: &Node) -> Vec<(Mistake, Node)> {
    let mut found = Vec::new();
    rules_sums::rules(node, &mut found);
    rules_fractions::rules(node, &mut found);
    rules_powers::rules(node, &mut found);
    rules_roots::rules(node, &mut found);
    rules_numbers::rules(node, &mut found);
    found
}

fn once(node: &Node) -> Vec<(Mistake, Node)> {
    let mut found = here(node);
    for (at, child) in node.children().into_iter().enumerate() {
        for (mistake, child) in once(child) {
            if found.len() >= CHANGED_MAX {
                return found;
            }
            found.push((mistake, node.with_child(at, child)));
        }
    }
    found
}

/// The rule's first (or second) way at every place, from the inside out.
fn throughout(node: &Node, mistake: Mistake, choice: usize) -> Node {
    let mut node = node.clone();
    for at in 0..node.children().len() {
        let child = node.children()[at];
        let changed = throughout(child, mistake, choice);
        if changed != *child {
            node = node.with_child(at, changed);
        }
    }
    let mut ways = here(&node).into_iter().filter(|(other, _)| *other == mistake).map(|(_, tree)| tree);
    let way = ways.nth(choice);
    if way.as_ref().is_some_and(|way| way.size() <= 4 * super::NODES_MAX) { way.unwrap_or(node) } else { node }
}
