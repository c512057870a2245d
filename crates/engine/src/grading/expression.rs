//! Expressions, lists, points, intervals, ratios, matrices: whatever the key's kind says.

use super::{Judgement, key};
use curriculum::{Lang, MathKey};

/// Right when it means the same as an accepted key and has the form asked for.
pub(super) fn judge(key: &MathKey, shown: &[String], text: &str, lang: &Lang) -> Judgement {
    key::judge(key, shown, text, lang)
}
