//! One of several options.

use super::{Judgement, Verdict};
use curriculum::{Option_, OptionId};

/// Right when the option chosen is the right one; an option that is not there is no attempt.
pub(super) fn judge(options: &[Option_], chosen: &OptionId) -> Judgement {
    match options.iter().find(|option| option.id == *chosen) {
        None => Judgement::unreadable("unknown_option", None).with("option", &shortened(chosen)),
        Some(option) if option.correct => Judgement::plain(Verdict::Right),
        Some(option) => Judgement { misconception: option.misconception.clone(), ..Judgement::plain(Verdict::Wrong) },
    }
}

/// The id for a message; ids of ours are short, a stranger's need not be.
pub(super) fn shortened(id: &OptionId) -> String {
    id.0.chars().take(40).collect()
}
