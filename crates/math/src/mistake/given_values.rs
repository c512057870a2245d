//! Values that are given for letters: put in with the other sign or for the other letter, and numbers of a story put
//! into its formula.

use std::collections::BTreeMap;

use super::{
    Asked,
    Mistake::{self, *},
    asked::put_in,
    question::{equation, expression, keyed},
    target::Target,
    undo::solved,
};
use crate::tree::{Node, Relation};

/// Numbers of a story that are tried in its formula.
const TRIED_MAX: usize = 5;

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    let target = Target::new(given);
    for formula in &asked.open {
        let right = put_in(formula, &asked.values);
        if !leads_to(&right, key).iter().any(|way| keyed(way, key)) {
            continue;
        }
        let mut tell = |values: &BTreeMap<String, Node>, mistake: Mistake| {
            if leads_to(&put_in(formula, values), key).iter().any(|way| target.is(way) && !keyed(way, key)) {
                found.push(mistake);
            }
        };
        for (letter, value) in &asked.values {
            if formula.letters().contains(letter) {
                let mut other = asked.values.clone();
                other.insert(letter.clone(), value.negated());
                tell(&other, SignOfValue);
            }
        }
        let letters: Vec<String> = formula.letters().into_iter().collect();
        if let [x, y] = letters.as_slice() {
            let exchanged = [(x, y), (y, x)]
                .into_iter()
                .filter_map(|(to, from)| Some((to.clone(), asked.values.get(from)?.clone())));
            tell(&exchanged.collect(), ValuesSwapped);
        }
    }
    if asked.values.is_empty() {
        story_in_formula(asked, key, given, found);
    }
}

/// The value of an expression; of an equation, what its one letter has to be.
fn leads_to(node: &Node, key: &Node) -> Vec<Node> {
    match node.bare() {
        Node::Relation(sides, signs) if matches!(signs.as_slice(), [Relation::Equal]) => {
            let [left, right] = sides.as_slice() else { return Vec::new() };
            match super::undo::unknown(left, right, key) {
                Some(letter) => solved(left, right, &letter),
                None => Vec::new(),
            }
        }
        other if other.is_expression() => vec![other.clone()],
        _ => Vec::new(),
    }
}

/// `s = √(24d)` in a story with 122: the formula with the numbers that give the key.
fn story_in_formula(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if !key.is_closed() || !given.is_closed() {
        return;
    }
    let numbers: Vec<Node> = asked.numbers.iter().take(TRIED_MAX).cloned().map(super::make::number).collect();
    for formula in &asked.formulas {
        let Node::Relation(sides, signs) = formula.bare() else { continue };
        let ([_, _], [Relation::Equal]) = (sides.as_slice(), signs.as_slice()) else { continue };
        let letters: Vec<String> = formula.letters().into_iter().collect();
        if !(2..=3).contains(&letters.len()) {
            continue;
        }
        for unknown in &letters {
            let known: Vec<&String> = letters.iter().filter(|letter| *letter != unknown).collect();
            for values in choices(&known, &numbers) {
                let Node::Relation(sides, _) = put_in(formula.bare(), &values) else { continue };
                let [left, right] = sides.as_slice() else { continue };
                let ways = solved(left, right, unknown);
                if let Some(way) = ways.into_iter().find(|way| keyed(way, key)) {
                    let direct = matches!(left.bare(), Node::Letter(_)) && right.is_closed();
                    if direct {
                        expression(right, key, given, found);
                    } else {
                        expression(&way, key, given, found);
                        equation(&sides, key, given, found);
                    }
                    return;
                }
            }
        }
    }
}

/// All ways to give each letter one of the numbers, no number twice.
fn choices(letters: &[&String], numbers: &[Node]) -> Vec<BTreeMap<String, Node>> {
    let Some((first, rest)) = letters.split_first() else { return vec![BTreeMap::new()] };
    let mut all = Vec::new();
    for at in 0..numbers.len() {
        let mut others = numbers.to_vec();
        let value = others.remove(at);
        for mut choice in choices(rest, &others) {
            choice.insert((*first).clone(), value.clone());
            all.push(choice);
        }
    }
    all
}
