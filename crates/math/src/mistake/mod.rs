//! Names the mistake behind a wrong answer.
//!
//! Wrong ways are rules on trees: `a(b + c)` becomes `ab + c`, `2^-3` becomes `-2^3`. Each is applied to every place of
//! the question, once and everywhere alike; a wrong answer that is the right answer to the changed question is explained
//! by that rule (`question`, with the rules in `rules_*`; an equation is first turned round, `undo`). Other mistakes show
//! in the key alone: the other sign, upside down, a member lost (`from_key`), in the digits (`slip`), or in the numbers of
//! a story (`story`, `parts`, `percent`, `system`, `told`). The question's own hints tell the equation that a story leads to and
//! the numbers before the answer (`way`). What nothing explains is compared with the key, place by place (`places`).
//!
//! Nothing is guessed: every match is an identity (rounded where the answer is), the most telling ones win
//! ([`Mistake::weight`]), and where several equally telling ones fit, what they have in common is said, or only a remark
//! that is true in any case (`rank`). The idea of rules that produce
//! wrong answers ("buggy rules") is Brown and Burton's, *Diagnostic Models for Procedural Bugs in Basic Mathematical
//! Skills*, Cognitive Science 2 (1978).

mod asked;
mod each;
mod from_key;
mod given_values;
mod kinds;
mod make;
mod matrix;
mod members;
mod monomial;
mod multiples;
mod parts;
mod percent;
mod places;
mod quadratic;
mod question;
mod rank;
mod rewrite;
mod rough;
mod rounding;
mod rules_fractions;
mod rules_numbers;
mod rules_powers;
mod rules_roots;
mod rules_sums;
mod scientific;
mod shape;
mod sides;
mod slip;
mod square;
mod story;
mod system;
mod target;
mod told;
mod undo;
mod variation;
mod way;

pub use asked::{Asked, Cue};
pub use kinds::Mistake;

use crate::{Math, tree::Node};
use Mistake::MovedTerm;

/// Longer answers, and questions with larger trees, are not looked into.
const NODES_MAX: usize = 90;

/// The mistake that gives this very answer, if there is one that explains it better than all others. The answer is
/// taken to be wrong; `None` where nothing known leads to it or where explanations contradict each other.
pub fn mistake(asked: &Asked, key: &Math, given: &Math) -> Option<Mistake> {
    let given = value(&given.node);
    let written = value(&key.node);
    let key = asked.to_factor(given).unwrap_or(written);
    if key.size() > NODES_MAX || given.size() > NODES_MAX {
        return None;
    }
    let mut found = Vec::new();
    from_key::look(asked, key, given, &mut found);
    members::look(asked, key, given, &mut found);
    system::look(asked, key, given, &mut found);
    each::look(asked, key, given, &mut found);
    if key.is_expression() && given.is_expression() {
        shape::look(asked, key, given, &mut found);
        rounding::look(asked, key, given, &mut found);
        question::look(asked, key, given, &mut found);
        quadratic::look(asked, key, given, &mut found);
        story::look(asked, key, given, &mut found);
        given_values::look(asked, key, given, &mut found);
        variation::look(asked, key, given, &mut found);
        square::look(asked, key, given, &mut found);
        square::factors(written, given, &mut found);
        scientific::look(key, given, &mut found);
        percent::look(asked, key, given, &mut found);
        monomial::look(key, given, &mut found);
        multiples::look(asked, key, given, &mut found);
        slip::look(asked, key, given, &mut found);
    }
    if key.is_expression() && given.is_expression() {
        places::of_polynomial(asked, key, given, &mut found);
        told::look(asked, key, given, &mut found);
        told::once_round(key, given, asked, &mut found);
    }
    places::look(asked, key, given, &mut found);
    // The hints are read only where the question itself says little.
    if rank::best(found.clone()).is_none_or(|best| best.weight() < MovedTerm.weight()) {
        way::look(asked, key, given, &mut found);
    }
    rank::best(found)
}

/// What an answer says, without `x =` before it.
fn value(node: &Node) -> &Node {
    node.right_side().unwrap_or(node).bare()
}
