//! What a question asks, as far as it can be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    DecimalMark, Kind, Math, Rational,
    poly::Poly,
    read,
    tree::{Node, Relation, Step},
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
    /// How one quantity varies with another.
    Variation,
    /// A percentage.
    Percent,
    /// A sum or product of solutions or intercepts, or the like.
    Combine,
    /// A greatest common factor.
    CommonFactor,
    /// A least common multiple or denominator.
    CommonMultiple,
    /// To factor.
    Factor,
    /// Where something is largest or smallest.
    Extreme,
    /// A quantity that is more or less than another.
    Compare,
    /// A figure: what it covers, or the way around it.
    Figure,
}

/// A question: its formulas, the values given to letters, the numbers in its words and what the words ask for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub(super) formulas: Vec<Node>,
    /// The formulas before values are put in, where there are values.
    pub(super) open: Vec<Node>,
    pub(super) values: BTreeMap<String, Node>,
    /// Each number of the words once.
    pub(super) numbers: Vec<Rational>,
    /// The same as often as they stand there.
    pub(super) told: Vec<Rational>,
    pub(super) cues: BTreeSet<Cue>,
    /// Formulas of the question's hints, not read yet.
    pub(super) hints: Vec<String>,
    /// Answers to the smaller questions among them.
    pub(super) hint_answers: Vec<String>,
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
        functions(&mut whole, &mut values);
        let formulas = whole.iter().map(|node| put_in(node, &values)).collect();
        let open = if values.is_empty() { Vec::new() } else { whole };
        let told = all.iter().take(NUMBERS_MAX).cloned().collect();
        let mut seen = BTreeSet::new();
        all.retain(|number| seen.insert(number.clone()));
        all.truncate(NUMBERS_MAX);
        Asked { formulas, open, values, numbers: all, told, cues, hints: Vec::new(), hint_answers: Vec::new() }
    }

    /// With formulas of the hints, in their order, and the answers to the smaller questions among them. They are read
    /// only for answers that the question alone does not explain.
    pub fn with_hints(self, hints: Vec<String>, hint_answers: Vec<String>) -> Asked {
        Asked { hints, hint_answers, ..self }
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

pub(super) fn formula(text: &str) -> Option<Node> {
    let trimmed = text.trim().trim_end_matches(['.', ':', ';', ',', '?']);
    let kind = Kind::guess(trimmed);
    let Math { node, .. } = read(trimmed, kind, DecimalMark::Point).ok()?;
    (!matches!(node, Node::Words(_))).then_some(node)
}

/// `f(x) = 3x - 1` beside `f(2)` asks for `3x - 1` where `x` is 2.
fn functions(whole: &mut Vec<Node>, values: &mut BTreeMap<String, Node>) {
    let Some((at, (name, letter, rule))) = whole.iter().enumerate().find_map(|(at, node)| {
        let Node::Relation(sides, signs) = node.bare() else { return None };
        let ([left, right], [Relation::Equal]) = (sides.as_slice(), signs.as_slice()) else { return None };
        let (name, argument) = called(left)?;
        let Node::Letter(letter) = argument.bare() else { return None };
        Some((at, (name.to_owned(), letter.clone(), right.clone())))
    }) else {
        return;
    };
    whole[at] = rule;
    let call = |node: &Node| match called(node) {
        Some((other, argument)) if other == name && argument.is_closed() => Some(argument.bare().clone()),
        _ => None,
    };
    if let Some((place, argument)) = whole.iter().enumerate().find_map(|(place, node)| Some((place, call(node)?))) {
        whole.remove(place);
        values.insert(letter, argument);
    }
}

/// `f(x)`: the name and what stands in the brackets.
fn called(node: &Node) -> Option<(&str, &Node)> {
    match node.bare() {
        Node::Product(factors) => match factors.as_slice() {
            [(_, Node::Letter(name)), (Step::Implicit, argument @ Node::Group(_))]
                if matches!(name.as_str(), "f" | "g" | "h") =>
            {
                Some((name, argument))
            }
            _ => None,
        },
        _ => None,
    }
}

fn assigned(node: &Node) -> Option<(String, Node)> {
    let Node::Relation(sides, signs) = node.bare() else { return None };
    let (Some(Node::Letter(letter)), [Relation::Equal]) = (sides.first().map(Node::bare), signs.as_slice()) else {
        return None;
    };
    exact::closed(&sides[1]).map(|_| (letter.clone(), sides[1].clone()))
}

pub(super) fn put_in(node: &Node, values: &BTreeMap<String, Node>) -> Node {
    node.map(&|node| match node {
        Node::Letter(name) => values.get(name).map(|value| match value.bare() {
            Node::Number(_) => value.bare().clone(),
            other => Node::Group(Box::new(other.clone())),
        }),
        _ => None,
    })
}
