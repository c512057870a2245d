//! What a question asks, as far as it can be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    DecimalMark, Kind, Math, Rational,
    poly::Poly,
    read,
    tree::{Node, Relation},
    value::exact,
};

/// More formulas than a question has; the rest is not looked at.
const FORMULAS_MAX: usize = 6;
/// Numbers of a story that are looked at.
const NUMBERS_MAX: usize = 8;

/// What the words of a question ask for, where that decides what a wrong answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cue {
    /// The slope of a line.
    Slope,
    /// An intercept.
    Intercept,
    /// To round.
    Round,
    /// To change a unit, or between percent and decimal.
    Convert,
    /// A sum or product of solutions or intercepts, or the like.
    Combine,
    /// A greatest common factor.
    CommonFactor,
    /// To factor.
    Factor,
    /// Where something is largest or smallest.
    Extreme,
}

/// A question: its formulas, the values given to letters, the numbers in its words and what the words ask for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub(super) formulas: Vec<Node>,
    pub(super) numbers: Vec<Rational>,
    pub(super) cues: BTreeSet<Cue>,
}

impl Asked {
    /// Reads the formulas (plain or LaTeX); what cannot be read is left out. `x = 5` beside a formula with `x` is its
    /// value there.
    pub fn new(formulas: &[String], numbers: &[Rational], cues: BTreeSet<Cue>) -> Asked {
        let mut whole = Vec::new();
        let mut values: BTreeMap<String, Node> = BTreeMap::new();
        let mut all: Vec<Rational> = numbers.to_vec();
        for text in formulas.iter().take(FORMULAS_MAX) {
            let Some(node) = formula(text) else { continue };
            if node.size() > super::NODES_MAX {
                continue;
            }
            if let Some(value) = exact::closed(&node) {
                all.push(value);
            }
            match assigned(&node) {
                Some((letter, value)) => {
                    values.insert(letter, value);
                }
                None => whole.push(node),
            }
        }
        let formulas = whole.into_iter().map(|node| put_in(&node, &values)).collect();
        let mut seen = BTreeSet::new();
        all.retain(|number| seen.insert(number.clone()));
        all.truncate(NUMBERS_MAX);
        Asked { formulas, numbers: all, cues }
    }

    /// The one polynomial that is to be factored: what the factors must give, whatever the key says. `None` where the
    /// answer gives it, so that the key must be what is wrong with it.
    pub(super) fn to_factor(&self, given: &Node) -> Option<&Node> {
        let [formula] = self.formulas.as_slice() else { return None };
        let factoring = self.asks(Cue::Factor) && !self.asks(Cue::CommonFactor) && !formula.is_closed();
        let poly = || Poly::of(formula).zip(Poly::of(given));
        (factoring && poly().is_some_and(|(formula, given)| formula != given)).then_some(formula)
    }

    pub(super) fn asks(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }
}

fn formula(text: &str) -> Option<Node> {
    let trimmed = text.trim().trim_end_matches(['.', ':', ';', ',', '?']);
    let kind = Kind::guess(trimmed);
    let Math { node, .. } = read(trimmed, kind, DecimalMark::Point).ok()?;
    (!matches!(node, Node::Words(_))).then_some(node)
}

fn assigned(node: &Node) -> Option<(String, Node)> {
    let Node::Relation(sides, signs) = node.bare() else { return None };
    let (Some(Node::Letter(letter)), [Relation::Equal]) = (sides.first().map(Node::bare), signs.as_slice()) else {
        return None;
    };
    exact::closed(&sides[1]).map(|_| (letter.clone(), sides[1].clone()))
}

fn put_in(node: &Node, values: &BTreeMap<String, Node>) -> Node {
    node.map(&|node| match node {
        Node::Letter(name) => values.get(name).map(|value| match value.bare() {
            Node::Number(_) => value.bare().clone(),
            other => Node::Group(Box::new(other.clone())),
        }),
        _ => None,
    })
}
