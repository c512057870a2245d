//! Names the mistake behind a wrong answer.
//!
//! Wrong ways are rules on trees: `a(b + c)` becomes `ab + c`, `2^-3` becomes `-2^3`. Each is applied to every place of
//! the question, once and everywhere alike; a wrong answer that is the right answer to the changed question is explained
//! by that rule (`question`, with the rules in `rules_*`; an equation is first turned round, `undo`). Other mistakes show
//! in the key alone: the other sign, upside down, a member lost (`from_key`), or in the numbers of a story (`story`).
//!
//! Nothing is guessed: every match is an identity, the most telling ones win ([`Mistake::weight`]), and where two equally
//! telling ones contradict each other only a remark that is true in any case is made. The idea of rules that produce
//! wrong answers ("buggy rules") is Brown and Burton's, *Diagnostic Models for Procedural Bugs in Basic Mathematical
//! Skills*, Cognitive Science 2 (1978).

mod asked;
mod from_key;
mod kinds;
mod make;
mod members;
mod quadratic;
mod question;
mod rewrite;
mod rough;
mod rounding;
mod rules_fractions;
mod rules_powers;
mod rules_sums;
mod shape;
mod story;
mod undo;

pub use asked::{Asked, Cue};
pub use kinds::Mistake;

use crate::{Math, tree::Node};

/// Longer answers, and questions with larger trees, are not looked into.
const NODES_MAX: usize = 90;

/// The mistake that gives this very answer, if there is one that explains it better than all others. The answer is
/// taken to be wrong; `None` where nothing known leads to it or where explanations contradict each other.
pub fn mistake(asked: &Asked, key: &Math, given: &Math) -> Option<Mistake> {
    let given = value(&given.node);
    let key = asked.to_factor(given).unwrap_or_else(|| value(&key.node));
    if key.size() > NODES_MAX || given.size() > NODES_MAX {
        return None;
    }
    let mut found = Vec::new();
    from_key::look(asked, key, given, &mut found);
    members::look(asked, key, given, &mut found);
    if key.is_expression() && given.is_expression() {
        shape::look(asked, key, given, &mut found);
        rounding::look(asked, key, given, &mut found);
        question::look(asked, key, given, &mut found);
        quadratic::look(asked, key, given, &mut found);
        story::look(asked, key, given, &mut found);
    }
    best(found)
}

/// What an answer says, without `x =` before it.
fn value(node: &Node) -> &Node {
    node.right_side().unwrap_or(node).bare()
}

/// The most telling one, if it stands alone among its equals; otherwise a remark that is true in any case.
fn best(mut found: Vec<Mistake>) -> Option<Mistake> {
    found.sort_unstable_by_key(|mistake| (std::cmp::Reverse(mistake.weight()), *mistake));
    found.dedup();
    // Not turning the divisor over is turning it over once too often.
    if found.contains(&Mistake::DidNotInvert) {
        found.retain(|mistake| *mistake != Mistake::UpsideDown);
    }
    let first = *found.first()?;
    let rivals = found.iter().filter(|other| other.weight() == first.weight()).count();
    if rivals == 1 { Some(first) } else { found.into_iter().find(|mistake| mistake.is_always_true()) }
}
