//! Lists, sets and the values of `±`: the same members, in any order unless the key says otherwise.

use std::collections::BTreeSet;

use super::{Same, compare as compare_members};
use crate::tree::Node;

/// Longer lists than anybody writes are left to a person; relations take longer to compare.
const MEMBERS_MAX: usize = 60;
const RELATIONS_MAX: usize = 12;

pub(super) struct Members {
    nodes: Vec<Node>,
    /// Written in braces, or as `±`: repeated members count once.
    set: bool,
    single: bool,
}

impl Members {
    pub fn is_list(&self) -> bool {
        !self.single
    }

    /// Whether it gives values to more than one letter, as `x = 2, y = 3` does.
    pub fn named_apart(&self) -> bool {
        let letter = |node: &Node| node.right_side().and(node.letters().into_iter().next());
        self.nodes.iter().filter_map(letter).collect::<BTreeSet<_>>().len() > 1
    }

    /// Whether any of its members is a relation.
    pub fn has_relations(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node.bare(), Node::Relation(..) | Node::And(_) | Node::Or(_)))
    }

    /// Whether two of its members differ.
    pub fn holds_several(&self) -> bool {
        self.nodes.len() <= RELATIONS_MAX && distinct(self.nodes.clone()).len() > 1
    }
}

/// The members of a list, set or `±`; a single value is a list of one. `None` for words.
pub(super) fn members(node: &Node) -> Option<Members> {
    Some(match node.bare() {
        Node::Words(_) => return None,
        Node::List(parts) => Members { nodes: flat(parts), set: parts.iter().any(Node::has_plus_minus), single: false },
        Node::Or(parts) => Members { nodes: flat(parts), set: true, single: false },
        Node::Set(parts) => Members { nodes: flat(parts), set: true, single: false },
        node if node.has_plus_minus() => Members { nodes: flat(std::slice::from_ref(node)), set: true, single: false },
        node => Members { nodes: vec![node.clone()], set: false, single: true },
    })
}

/// Members with `±` written out, both signs of one member in step.
fn flat(parts: &[Node]) -> Vec<Node> {
    let mut nodes = Vec::new();
    for part in parts {
        if part.has_plus_minus() {
            nodes.push(part.with_signs(true));
            nodes.push(part.with_signs(false));
        } else {
            nodes.push(part.clone());
        }
    }
    nodes
}

pub(super) fn compare(given: Members, expected: Members, ordered_members: bool) -> Same {
    let relations = given.nodes.iter().chain(&expected.nodes).any(|node| !node.is_expression());
    let most = if relations { RELATIONS_MAX } else { MEMBERS_MAX };
    if given.nodes.len().max(expected.nodes.len()) > most {
        return Same::Undecided;
    }
    let set = given.set || expected.set;
    let (mut given, mut expected) = (given.nodes, expected.nodes);
    if ordered_members && !set {
        return ordered(&given, &expected);
    }
    if set {
        given = distinct(given);
        expected = distinct(expected);
    }
    if given.len() != expected.len() {
        return Same::Different;
    }
    matching(&given, &mut expected)
}

/// Each given member takes an equal expected one. What is equal is interchangeable, so the first that fits will do.
fn matching(given: &[Node], expected: &mut Vec<Node>) -> Same {
    let mut verdict = Same::Equal;
    let mut unsure = 0;
    for member in given {
        let outcomes: Vec<Same> = expected.iter().map(|other| compare_members(member, other, false)).collect();
        if let Some(at) = outcomes.iter().position(|outcome| *outcome == Same::Equal) {
            expected.remove(at);
        } else if outcomes.contains(&Same::Undecided) {
            unsure += 1;
        } else {
            verdict = Same::Different;
        }
    }
    if verdict == Same::Equal && unsure > 0 { Same::Undecided } else { verdict }
}

fn distinct(nodes: Vec<Node>) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    for node in nodes {
        if !kept.iter().any(|other| compare_members(&node, other, false) == Same::Equal) {
            kept.push(node);
        }
    }
    kept
}

pub(super) fn ordered(given: &[Node], expected: &[Node]) -> Same {
    if given.len() != expected.len() {
        return Same::Different;
    }
    given.iter().zip(expected).fold(Same::Equal, |verdict, (a, b)| verdict.and(compare_members(a, b, true)))
}
