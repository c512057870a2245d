//! The form that a question asks for. The source has no field for it: its words say so, its key has the form, and what
//! the question shows has the key's value without it. That an answer may not be the question itself, or a sum left
//! standing, needs no form: judging sees to that.

use super::keys::Asked;
use super::text::convert;
use math::{DecimalMark, Form, Kind, Math, Same};

/// Beginnings of words that ask for a form of what is shown, in the order in which they are looked for.
const OF_WHAT_IS_SHOWN: [(&str, Form); 6] = [
    ("factor", Form::Factored),
    ("mixed number", Form::MixedNumber),
    ("improper fraction", Form::ImproperFraction),
    ("simplif", Form::SimplifiedRadical),
    ("simplif", Form::LowestTerms),
    ("reduce", Form::LowestTerms),
];

/// The form asked for, by its name; none where any will do.
pub fn form_of(asked: &Asked<'_>, key: &str, kind: Kind) -> Option<Form> {
    let expected = math::read(key, kind, DecimalMark::Point).ok()?;
    let words = asked.prompt.to_lowercase();
    // Where no root is left in the key, one that stands in an answer is a step left undone.
    let about = |form: Form| form != Form::SimplifiedRadical || key.contains("sqrt");
    let has = |form: Form| about(form) && math::form_ok(&expected, &expected, form);
    if words.contains("scientific notation") && has(Form::Scientific) {
        return Some(Form::Scientific);
    }
    let shown: Vec<Math> = curriculum::markup::formulas(&convert(asked.prompt).markup)
        .iter()
        .filter_map(|formula| math::read(formula, kind, DecimalMark::Point).ok())
        .filter(|shown| math::same(shown, &expected) == Same::Equal)
        .collect();
    let lacks = |form: Form| shown.iter().any(|shown| !math::form_ok(shown, &expected, form) && begins(shown, form));
    let asks = |(word, form): &&(&str, Form)| words.contains(word) && has(*form) && lacks(*form);
    OF_WHAT_IS_SHOWN.iter().find(asks).map(|(_, form)| *form)
}

/// Whether what is shown is a thing that the form could be asked of: a fraction or a root of its own, not a sum of them.
fn begins(shown: &Math, form: Form) -> bool {
    match form {
        Form::LowestTerms => math::form_ok(shown, shown, Form::ImproperFraction),
        _ => true,
    }
}
