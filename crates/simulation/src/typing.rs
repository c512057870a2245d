//! Typing mathematics on a plain keyboard: right answers in varied forms, and near misses.

use crate::Chance;
use curriculum::{Lang, MathKey};
use math::{DecimalMark, Form, Kind, Math, Same};

/// The right answer as somebody types it. Nothing where the key cannot be read.
pub(crate) fn right(key: &MathKey, lang: &Lang, chance: &mut Chance) -> Option<String> {
    let shown = key.accepted.first()?;
    let plain = keyboard(shown);
    let mut forms = vec![plain.clone(), spaced(&plain), plain.replace(' ', "")];
    if matches!(key.kind, Kind::Number) && !plain.contains('=') {
        forms.push(format!(" {plain} "));
        forms.extend(as_decimal(shown));
    }
    forms.retain(|form| is_right(form, shown, key));
    let text = chance.pick(&forms).cloned().unwrap_or_else(|| shown.clone());
    Some(with_unit(&text, key, lang))
}

/// An answer that is not far off and wrong all the same.
pub(crate) fn near_miss(key: &MathKey, lang: &Lang, chance: &mut Chance) -> Option<String> {
    let plain = keyboard(key.accepted.first()?);
    let mut misses: Vec<String> = [1, -1, 2, 10].iter().filter_map(|by| last_number_moved(&plain, *by)).collect();
    misses.push(negated(&plain));
    misses.push(format!("{plain}+1"));
    misses.push("0".to_owned());
    misses.retain(|miss| is_wrong(miss, key));
    // The nearest come first and are likelier.
    let place = chance.below(misses.len()).min(chance.below(misses.len()));
    misses.get(place).map(|miss| with_unit(miss, key, lang))
}

/// The unit is typed where it must be.
pub(crate) fn with_unit(text: &str, key: &MathKey, lang: &Lang) -> String {
    match &key.unit {
        Some(rule) if rule.required => format!("{text} {}", rule.shown.get(lang)),
        _ => text.to_owned(),
    }
}

fn read(text: &str, key: &MathKey) -> Option<Math> {
    math::read(text, key.kind, DecimalMark::Point).ok()
}

fn is_right(text: &str, shown: &str, key: &MathKey) -> bool {
    let (Some(given), Some(expected)) = (read(text, key), read(shown, key)) else { return false };
    let form: Option<Form> = key.form.as_deref().and_then(|name| name.parse().ok());
    math::same(&given, &expected) == Same::Equal && form.is_none_or(|form| math::form_ok(&given, &expected, form))
}

fn is_wrong(text: &str, key: &MathKey) -> bool {
    let Some(given) = read(text, key) else { return false };
    let tolerance = key.tolerance.as_deref().and_then(number);
    let accepted = key.accepted.iter().filter_map(|accepted| read(accepted, key));
    accepted.into_iter().all(|accepted| {
        let near = tolerance.as_ref().and_then(|tolerance| math::within(&given, &accepted, tolerance));
        near != Some(true) && math::same(&given, &accepted) == Same::Different
    })
}

fn number(text: &str) -> Option<math::Rational> {
    math::evaluate(&math::read(text, Kind::Number, DecimalMark::Point).ok()?, &Default::default())
}

/// A fraction with a short decimal, written as one.
fn as_decimal(shown: &str) -> Option<String> {
    let value = number(shown).filter(|value| !value.is_integer())?;
    Some(math::decimal(&value, 2, DecimalMark::Point))
}

fn spaced(plain: &str) -> String {
    let mut text = String::new();
    for sign in plain.chars() {
        if matches!(sign, '+' | '=') {
            text.push(' ');
            text.push(sign);
            text.push(' ');
        } else {
            text.push(sign);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn negated(plain: &str) -> String {
    match plain.strip_prefix('-') {
        Some(rest) => rest.to_owned(),
        None => format!("-{plain}"),
    }
}

/// The last whole number in the text, moved.
fn last_number_moved(plain: &str, by: i64) -> Option<String> {
    let end = plain.rfind(|sign: char| sign.is_ascii_digit())? + 1;
    let start = plain[..end].rfind(|sign: char| !sign.is_ascii_digit()).map_or(0, |at| at + 1);
    let start = (start..end).find(|at| plain.is_char_boundary(*at))?;
    let moved = plain[start..end].parse::<i64>().ok()?.checked_add(by).filter(|moved| *moved >= 0)?;
    Some(format!("{}{moved}{}", &plain[..start], &plain[end..]))
}

/// LaTeX as it is typed on a plain keyboard: fractions with a stroke, powers with a caret.
fn keyboard(latex: &str) -> String {
    let mut typed = String::new();
    let mut rest = latex;
    while let Some(sign) = rest.chars().next() {
        if let Some((command, after)) = fraction(rest) {
            typed.push_str(&command);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\sqrt{") {
            let (inside, after) = braced(after);
            typed.push_str(&format!("sqrt({})", keyboard(inside)));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("^{") {
            let (inside, after) = braced(after);
            typed.push_str(&format!("^({})", keyboard(inside)));
            rest = after;
        } else if let Some((name, plain)) = COMMANDS.iter().find(|(name, _)| rest.starts_with(name)) {
            typed.push_str(plain);
            rest = &rest[name.len()..];
        } else {
            typed.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    typed.trim().to_owned()
}

const COMMANDS: [(&str, &str); 8] = [
    ("\\left", ""),
    ("\\right", ""),
    ("\\cdot", "*"),
    ("\\times", "*"),
    ("\\leq", "<="),
    ("\\geq", ">="),
    ("\\infty", "infinity"),
    ("\\pi", "pi"),
];

fn fraction(rest: &str) -> Option<(String, &str)> {
    let (top, after) = braced(rest.strip_prefix("\\frac{")?);
    let (bottom, after) = braced(after.strip_prefix('{')?);
    let part = |text: &str| {
        let typed = keyboard(text);
        if typed.chars().all(|sign| sign.is_ascii_digit()) { typed } else { format!("({typed})") }
    };
    Some((format!("{}/{}", part(top), part(bottom)), after))
}

/// What stands before the closing brace, and what follows it.
fn braced(text: &str) -> (&str, &str) {
    let mut depth = 1_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(accepted: &str, kind: Kind) -> MathKey {
        MathKey { accepted: vec![accepted.to_owned()], kind, form: None, tolerance: None, unit: None }
    }

    fn check(accepted: &str, kind: Kind) {
        let key = key(accepted, kind);
        for seed in 0..40 {
            let mut chance = Chance::new(seed);
            let right = right(&key, &Lang::en(), &mut chance).unwrap();
            assert!(is_right(&right, accepted, &key), "{right}");
            let wrong = near_miss(&key, &Lang::en(), &mut chance).unwrap();
            assert!(is_wrong(&wrong, &key), "{wrong}");
        }
    }

    #[test]
    fn right_answers_are_right_and_near_misses_wrong() {
        check("12", Kind::Number);
        check("\\frac{3}{4}", Kind::Number);
        check("-7", Kind::Number);
        check("2x+3", Kind::Expression);
        check("x=-7", Kind::Equation);
        check("3, 5", Kind::List);
    }

    #[test]
    fn a_fraction_is_typed_with_a_stroke() {
        assert_eq!(keyboard("\\frac{3}{4}"), "3/4");
        assert_eq!(keyboard("x^{10}\\cdot\\sqrt{2}"), "x^(10)*sqrt(2)");
    }
}
