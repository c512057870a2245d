//! The way to the answer, as the question's own hints go it: equations that a story leads to, and numbers and expressions
//! that turn up before the answer does.

use std::collections::BTreeMap;

use num_traits::{One, Signed, Zero};

use super::{
    Asked,
    Mistake::{self, *},
    asked::formula,
    make::{fraction, number, product, terms},
    question::{equation, keyed},
    rank, system, told,
    undo::linear,
};
use crate::{
    Rational,
    tree::{Node, Relation, Step},
    value::exact,
};

/// More formulas than a few hints hold; the rest is not looked at.
const FORMULAS_MAX: usize = 24;
/// Equations that wrong steps are tried on.
const TRIED_MAX: usize = 4;
/// Smaller numbers turn up everywhere.
const TELLING_MIN: i64 = 5;

/// What the hints hold, read only when an answer needs it.
struct Way {
    /// With one letter or more, and not `x = 5`.
    equations: Vec<[Node; 2]>,
    /// With letters: `x + 7`.
    expressions: Vec<Node>,
    /// `x = 5`.
    values: BTreeMap<String, Vec<Rational>>,
    /// Every number that the hints come to, also in parts of formulas.
    numbers: Vec<Rational>,
    /// Answers to smaller questions.
    answers: Vec<Rational>,
}

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let numbers = || exact::closed(key).zip(exact::closed(given));
    if asked.hints.is_empty() && asked.hint_answers.is_empty() {
        if numbers().is_some_and(|(key, given)| told::compared(asked, &key, &given)) {
            found.push(OtherQuantity);
        }
        return;
    }
    let way = read(asked);
    system::of_hints(&way.equations, key, given, found);
    let Some((right, wrong)) = numbers() else { return };
    if wrong.is_zero() {
        return;
    }
    if way.is_other_quantity(&right, &wrong) && !asked.told.contains(&wrong) {
        found.push(OtherQuantity);
    } else if way.is_on_it(asked, &wrong) {
        found.push(OnTheWay);
    }
    // Without an expression for it in the hints, the words of the story tell it.
    if way.expressions.is_empty() && told::compared(asked, &right, &wrong) {
        found.push(OtherQuantity);
    }
    let explained = rank::best(found.clone())
        .is_some_and(|best| best == NumberOfQuestion || best.weight() >= NumberLeftOut.weight());
    let is_equation = asked.formulas.iter().any(|formula| !formula.is_closed());
    if explained || is_equation {
        return;
    }
    way.wrong_steps(asked, key, given, found);
}

fn read(asked: &Asked) -> Way {
    let mut way = Way {
        equations: Vec::new(),
        expressions: Vec::new(),
        values: BTreeMap::new(),
        numbers: Vec::new(),
        answers: asked.hint_answers.iter().filter_map(|text| exact::closed(&formula(text)?)).collect(),
    };
    for text in asked.hints.iter().chain(&asked.hint_answers).take(FORMULAS_MAX) {
        let Some(node) = formula(text).filter(|node| node.size() <= super::NODES_MAX) else { continue };
        way.take(&node);
    }
    way
}

impl Way {
    fn take(&mut self, node: &Node) {
        match node.bare() {
            Node::Relation(sides, signs) if signs.iter().all(|sign| *sign == Relation::Equal) => {
                for pair in sides.windows(2) {
                    self.take_equation(&pair[0], &pair[1]);
                }
            }
            other if other.is_expression() => {
                if !other.is_closed() {
                    self.expressions.push(other.clone());
                } else if other.size() > 1 {
                    self.take_numbers(other);
                }
            }
            _ => {}
        }
    }

    fn take_equation(&mut self, left: &Node, right: &Node) {
        for (letter, value) in [(left, right), (right, left)] {
            if let (Node::Letter(letter), Some(value)) = (letter.bare(), exact::closed(value)) {
                self.values.entry(letter.clone()).or_default().push(value);
                return;
            }
        }
        for side in [left, right] {
            if side.is_closed() {
                self.take_numbers(side);
            } else {
                // `r` and `r + 6` stand in `14/r + 40/(r + 6)`.
                parts(side, &mut self.expressions);
            }
        }
        if !(left.is_closed() && right.is_closed()) {
            self.equations.push([left.clone(), right.clone()]);
        }
    }

    fn take_numbers(&mut self, node: &Node) {
        self.numbers.extend(exact::closed(node));
        for child in node.children() {
            self.take_numbers(child);
        }
    }

    /// The value of another expression of the hints where the key is the value of one of them.
    fn is_other_quantity(&self, key: &Rational, given: &Rational) -> bool {
        let of = |node: &Node, letter: &str, at: &Rational| {
            exact::with(node, &BTreeMap::from([(letter.to_owned(), at.clone())]))
        };
        let by_expression = self.expressions.iter().any(|node| {
            let letters = node.letters();
            let (Some(letter), 1) = (letters.first(), letters.len()) else { return false };
            if terms(node).is_none() {
                return false;
            }
            let is = |at: &Rational, value: &Rational| of(node, letter, at).is_some_and(|it| it == *value);
            let stated = self.values.get(letter).into_iter().flatten();
            is(key, given) || is(given, key) && (stated.clone().count() == 0 || stated.clone().any(|at| at == given))
        });
        let by_value = self.values.values().flatten().any(|value| value == given)
            && self.values.len() > 1
            && self.values.values().flatten().any(|value| value == key);
        by_expression || by_value
    }

    fn is_on_it(&self, asked: &Asked, given: &Rational) -> bool {
        if asked.told.contains(given) {
            return false;
        }
        let telling = given.abs() >= Rational::from_integer(TELLING_MIN.into()) || !given.is_integer();
        let stated = self.answers.contains(given) || self.values.values().flatten().any(|value| value == given);
        (stated && !given.abs().is_one()) || (telling && self.numbers.contains(given))
    }

    /// Wrong rules on the equations that the hints come to, where the question has none itself.
    fn wrong_steps(&self, asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
        let (mut tried, before) = (0, found.len());
        for [left, right] in &self.equations {
            let letters = Node::Relation(vec![left.clone(), right.clone()], vec![Relation::Equal]).letters();
            let (Some(letter), 1) = (letters.first(), letters.len()) else { continue };
            if tried >= TRIED_MAX || found.len() > before {
                return;
            }
            let mut here = Vec::new();
            let mut try_on = |key: &Node, given: &Node| {
                equation(&[left.clone(), right.clone()], key, given, &mut here);
                for number in &asked.told {
                    let [left, right] = [left, right].map(|side| without(side, number));
                    if solves(&left, &right, letter, given) && !solves(&left, &right, letter, key) {
                        here.push(NumberLeftOut);
                    }
                }
            };
            if solves(left, right, letter, key) {
                tried += 1;
                try_on(key, given);
            } else if let Some((key, given)) = self.through(left, right, letter, key, given) {
                // The question asks for `x + 7`; the equation is solved by `x`.
                tried += 1;
                try_on(&key, &given);
            }
            // Work done in an hour is one over the hours: its parts have no numbers of their own.
            let of_work = [left, right].iter().any(|side| side.any(&is_one_over));
            let fits = |mistake: &Mistake| !(of_work && *mistake == PartsMixed);
            found.extend(here.into_iter().filter_map(in_story).filter(fits));
        }
    }

    /// The solution of the equation and what it would have been for the answer, where the key is a linear expression of it.
    fn through(&self, left: &Node, right: &Node, letter: &str, key: &Node, given: &Node) -> Option<(Node, Node)> {
        let (a, b) = linear(left, right, letter)?;
        let solution = b / a;
        let (key, given) = (exact::closed(key)?, exact::closed(given)?);
        let at = |node: &Node, at: &Rational| exact::with(node, &BTreeMap::from([(letter.to_owned(), at.clone())]));
        self.expressions.iter().filter(|node| terms(node).is_some()).find_map(|node| {
            let ([zero, one], value) =
                ([at(node, &Rational::zero())?, at(node, &Rational::one())?], at(node, &solution)?);
            let slope = &one - &zero;
            (value == key && !slope.is_zero() && &zero + &slope * &solution == value)
                .then(|| (number(solution.clone()), number((&given - &zero) / slope)))
        })
    }
}

/// Sums with letters in a tree, and the letters' own multiples left aside.
fn parts(node: &Node, all: &mut Vec<Node>) {
    if terms(node).is_some() && !node.is_closed() {
        all.push(node.bare().clone());
    }
    for child in node.children() {
        parts(child, all);
    }
}

/// What a wrong step on the equation says of the story. Who never wrote the equation did something else, if the same.
fn in_story(mistake: Mistake) -> Option<Mistake> {
    match mistake {
        MovedTerm | InverseOperation | SignInside | Operation | UpsideDown | OrderOfTerms | SignOfProduct => {
            Some(WhichOperation)
        }
        TopsAndBottoms | NoCommonDenominator => Some(PartsMixed),
        NumberLeftOut | LostDenominator | FactorUnused => Some(NumberLeftOut),
        FirstTermOnly | Unfinished | OtherSolution | OrderOfOperations => Some(mistake),
        _ => None,
    }
}

fn is_one_over(node: &Node) -> bool {
    fraction(node).is_some_and(|(top, _)| top.bare() == &Node::whole(1))
}

/// The tree without a number as a factor.
fn without(node: &Node, number: &Rational) -> Node {
    node.map(&|node| {
        let Node::Product(factors) = node else { return None };
        let is = |(step, factor): &&(Step, Node)| *step != Step::Over && exact::closed(factor).as_ref() == Some(number);
        let at = factors.iter().position(|factor| is(&factor))?;
        let mut fewer = factors.clone();
        fewer.remove(at);
        Some(Node::Group(Box::new(without(&product(fewer), number))))
    })
}

fn solves(left: &Node, right: &Node, letter: &str, key: &Node) -> bool {
    let put = |node: &Node| {
        node.map(&|node| match node {
            Node::Letter(name) if name == letter => Some(Node::Group(Box::new(key.clone()))),
            _ => None,
        })
    };
    keyed(&put(left), &put(right))
}
