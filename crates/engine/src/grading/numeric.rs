//! Numbers, with or without a unit.

use super::{Judgement, Verdict, key, short_text};
use curriculum::{Lang, MathKey, UnitRule};

/// Judges a number. A unit that is shown beside the field may be typed as well; one that must be typed is looked
/// for; a unit where the question has none is asked to be left out, since nobody said which it is.
pub(super) fn judge(key: &MathKey, shown: &[String], text: &str, lang: &Lang) -> Judgement {
    let (number, unit) =
        key.unit.as_ref().and_then(|rule| known_unit(rule, text)).unwrap_or_else(|| math::units_of(text));
    match (&key.unit, unit) {
        (None, None) => match key::judge(key, shown, text, lang) {
            judged if judged.verdict == Verdict::Right => judged,
            judged => more_than_asked(key, text, lang).unwrap_or(judged),
        },
        (None, Some(unit)) => match key::judge(key, shown, text, lang) {
            judged if judged.verdict.is_right() => judged,
            // `10000 m` can be read as a product, but it is a number with its unit.
            _ if key::best_match(key, None, &number, lang).is_ok() => {
                Judgement::unreadable("unit_not_asked", None).with("unit", &unit)
            }
            unreadable => unreadable,
        },
        (Some(rule), None) => match key::judge(key, shown, text, lang) {
            judged if rule.required && judged.verdict.is_right() => {
                Judgement::saying(Verdict::UnitMissing, "unit.missing".into())
            }
            judged => judged,
        },
        (Some(rule), Some(unit)) => {
            let judged = key::judge(key, shown, &number, lang);
            // Another unit is a miss only where the number could be read.
            if judged.verdict == Verdict::Unreadable || is_unit(rule, &unit) {
                return judged;
            }
            Judgement::saying(Verdict::WrongUnit, "unit.other".into()).with("unit", &unit)
        }
    }
}

/// The number that is asked for in something larger, which is asked to be left out as a unit would be: `40%` where the
/// question says percent and 40 is asked, and `(0, -8)` where one number of a point is.
fn more_than_asked(key: &MathKey, text: &str, lang: &Lang) -> Option<Judgement> {
    let is_right = |number: &str| key::best_match(key, None, number, lang) == Ok(key::Match::Right);
    let text = text.trim();
    if let Some(number) = text.strip_suffix('%') {
        return is_right(number).then(|| Judgement::unreadable("percent_not_asked", None));
    }
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let (x, y) = inner.split_once(", ").or_else(|| inner.split_once(',')).or_else(|| inner.split_once(';'))?;
    let other = |number: &str| number.trim() == "0";
    let on_an_axis = (other(x) && is_right(y)) || (other(y) && is_right(x));
    on_an_axis.then(|| Judgement::unreadable("point_not_asked", None))
}

/// A unit of the rule at the end of the text, even one (`c`) that could be a letter of an expression.
fn known_unit(rule: &UnitRule, text: &str) -> Option<(String, Option<String>)> {
    let text = text.trim().trim_end_matches('.');
    let end = text.trim_end_matches(|sign: char| sign.is_alphabetic()).len();
    let (number, unit) = text.split_at(end);
    let known = !unit.is_empty() && number.contains(|sign: char| sign.is_ascii_digit()) && is_unit(rule, unit);
    known.then(|| (number.trim().to_owned(), Some(unit.to_owned())))
}

/// Whether it is the rule's unit in any language, in the singular or the plural.
fn is_unit(rule: &UnitRule, unit: &str) -> bool {
    let given = short_text::plain(unit);
    let known = rule.shown.0.values().chain(&rule.accepted).map(|unit| short_text::plain(unit));
    known.into_iter().any(|known| known == given || singulars(&known).iter().any(|one| singulars(&given).contains(one)))
}

/// What the singular of an English or Spanish unit may be, itself among them: `inches`, `inche`, `inch`. Irregular
/// ones are paired.
fn singulars(unit: &str) -> Vec<String> {
    let irregular = [("feet", "foot"), ("people", "person"), ("children", "child"), ("men", "man"), ("women", "woman")];
    let mut forms = vec![unit.to_owned()];
    if let Some((_, one)) = irregular.iter().find(|(many, _)| *many == unit) {
        forms.push((*one).to_owned());
    }
    for end in ["s", "es"] {
        // Short units such as `s` and `ms` are no plurals.
        if let Some(one) = unit.strip_suffix(end).filter(|one| one.chars().count() >= 2 && unit != "ms") {
            forms.push(one.to_owned());
        }
    }
    forms
}
