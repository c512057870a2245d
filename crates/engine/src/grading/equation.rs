//! Equations and inequalities: the same solutions are the same answer.

use super::{Judgement, key};
use curriculum::{Lang, MathKey};

/// Right when it has the solutions of an accepted key. Where the key is `letter = value`, the value alone is right
/// too, since that is what a student types who has solved it.
pub(super) fn judge(key: &MathKey, shown: &[String], text: &str, lang: &Lang) -> Judgement {
    key::judge(key, shown, text, lang)
}
