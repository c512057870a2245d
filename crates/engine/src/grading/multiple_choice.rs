//! Any number of several options.
//!
//! Score = share of the right options chosen - share of the wrong options chosen, at least 0; right only when
//! exactly the right ones are chosen. Two of three right ones and one of two wrong ones give 2/3 - 1/2 = 0.17.

use super::{Judgement, Verdict, choice::shortened};
use curriculum::{Option_, OptionId};
use std::collections::BTreeSet;

/// Judges the set of options chosen; choosing one twice is choosing it once, choosing none is no attempt unless
/// none is right.
pub(super) fn judge(options: &[Option_], chosen: &[OptionId]) -> Judgement {
    if let Some(unknown) = chosen.iter().find(|id| !options.iter().any(|option| option.id == **id)) {
        return Judgement::unreadable("unknown_option", None).with("option", &shortened(unknown));
    }
    let chosen: BTreeSet<&OptionId> = chosen.iter().collect();
    let (right, wrong): (Vec<&Option_>, Vec<&Option_>) = options.iter().partition(|option| option.correct);
    if chosen.is_empty() && !right.is_empty() {
        return Judgement::unreadable("empty", None);
    }
    let taken = |of: &[&Option_]| of.iter().filter(|option| chosen.contains(&option.id)).count();
    if taken(&right) == right.len() && taken(&wrong) == 0 {
        return Judgement::plain(Verdict::Right);
    }
    let share = |of: &[&Option_]| taken(of) as f64 / of.len().max(1) as f64;
    let score = (share(&right) - share(&wrong)).max(0.0);
    let mut misled = wrong.iter().filter(|option| chosen.contains(&option.id));
    let misconception = misled.find_map(|option| option.misconception.clone());
    Judgement { score, misconception, ..Judgement::plain(Verdict::Wrong) }
}
