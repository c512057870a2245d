//! A question as far as rules can read it: formulas, numbers in words, what is asked for.

use curriculum::{Hint, HintBody, Interaction, Lang, markup};
use math::{Asked, Cue, DecimalMark, Kind, Rational};
use std::collections::{BTreeMap, BTreeSet};

/// Beginnings of words, in English and Spanish, that tell what is asked for.
const CUES: [(Cue, &[&str]); 13] = [
    (Cue::Slope, &["slope", "pendiente"]),
    (Cue::Intercept, &["intercept", "intersecci"]),
    (Cue::Round, &["round", "nearest", "redonde"]),
    (
        Cue::Convert,
        &["convert", "conviert", "percent", "porcent", "porcient", "%", "pounds", "ounces", "libras", "inches"],
    ),
    (Cue::Percent, &["percent", "porcent", "porcient", "%", "discount", "descuento", "tax", "interest", "interés"]),
    (Cue::Variation, &["varies", "vary", "variation", "proportional", "varía", "variación", "proporcional"]),
    (Cue::Combine, &["sum", "product", "suma", "producto"]),
    (Cue::CommonFactor, &["greatest common", "divisor com", "factor com"]),
    (
        Cue::CommonMultiple,
        &["least common", "common multiple", "common denominator", "lcm", "lcd", "mínimo común", "denominador común"],
    ),
    (Cue::Factor, &["factor"]),
    (Cue::Compare, &["than", "más que", "menos que", "mayor que", "menor que", "más rápid", "más lent"]),
    (
        Cue::Figure,
        &[
            "perimeter",
            "area",
            "rectang",
            "triang",
            "square",
            "circle",
            "fence",
            "perímetro",
            "área",
            "cuadrad",
            "círculo",
        ],
    ),
    (Cue::Extreme, &["minimum", "maximum", "mínim", "máxim", "vertex", "vértice"]),
];

/// Words that are numbers in stories.
const NUMBER_WORDS: [(&str, i64); 24] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("twice", 2),
    ("half", 2),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("doble", 2),
    ("mitad", 2),
];

/// Reads the question, and the situation that the item puts before it.
pub(super) fn asked(stem: &str, prompt: &str, lang: &Lang) -> Asked {
    let mut formulas = markup::formulas(&joined(prompt));
    for formula in markup::formulas(&joined(stem)) {
        if !formulas.contains(&formula) {
            formulas.push(formula);
        }
    }
    let words = format!("{stem} {prompt}").to_lowercase();
    let cues: BTreeSet<Cue> = CUES
        .iter()
        .filter(|(_, beginnings)| beginnings.iter().any(|beginning| begins_a_word(&words, beginning)))
        .map(|(cue, _)| *cue)
        .collect();
    let plain = markup::outside_formulas(&format!("{stem} {prompt}")).to_lowercase();
    Asked::new(&formulas, &numbers(&plain, lang), cues)
}

/// Hints, with those of smaller questions, that are looked at.
const HINTS_MAX: usize = 16;

/// The same with what the hints come to.
pub(super) fn with_hints(asked: Asked, hints: &[Hint], lang: &Lang) -> Asked {
    let (mut formulas, mut answers) = (Vec::new(), Vec::new());
    for hint in hints.iter().take(HINTS_MAX) {
        match &hint.body {
            HintBody::Tell { text } => formulas.extend(markup::formulas(text.get(lang))),
            HintBody::Ask { question, .. } => {
                formulas.extend(markup::formulas(question.prompt.get(lang)));
                if let Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) =
                    &question.interaction
                {
                    answers.extend(key.accepted.first().cloned());
                }
            }
        }
    }
    asked.with_hints(formulas, answers)
}

/// Two formulas with nothing but an operation between them are one.
fn joined(text: &str) -> String {
    let parts = fenced(&text.replace("$$", "$"));
    let Some((last, before)) = parts.split_last().filter(|_| !parts.len().is_multiple_of(2)) else {
        return text.to_owned();
    };
    let mut joined = String::new();
    for (at, part) in before.iter().enumerate() {
        match operation(part).filter(|_| at > 0 && at.is_multiple_of(2)) {
            Some(sign) => {
                joined.pop();
                joined.push_str(sign);
            }
            None => {
                // White space at a fence would make it a dollar sign.
                joined.push_str(if at.is_multiple_of(2) { part } else { part.trim() });
                joined.push('$');
            }
        }
    }
    joined + last
}

/// The text between dollar signs that are not written as money (`\$`).
fn fenced(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for sign in text.chars() {
        if sign == '$' && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(sign);
        }
        escaped = sign == '\\' && !escaped;
    }
    parts
}

fn operation(words: &str) -> Option<&'static str> {
    match words.trim().trim_start_matches('\\') {
        "*" | "×" | "·" | "x" => Some(" \\cdot "),
        "+" => Some(" + "),
        "-" | "–" | "−" => Some(" - "),
        "÷" | "/" => Some(" \\div "),
        "=" => Some(" = "),
        _ => None,
    }
}

fn begins_a_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(char::is_alphabetic)
    })
}

/// The numbers in a text, written in digits or as words.
fn numbers(text: &str, lang: &Lang) -> Vec<Rational> {
    let mark = lang.decimal_mark();
    let in_number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    text.split(|sign: char| !(sign.is_alphanumeric() || in_number(sign)))
        .filter_map(|word| {
            let word = word.trim_matches(['.', ',']);
            if word.starts_with(|sign: char| sign.is_ascii_digit()) { number(word, mark) } else { number_word(word) }
        })
        .collect()
}

fn number(word: &str, mark: DecimalMark) -> Option<Rational> {
    math::evaluate(&math::read(word, Kind::Number, mark).ok()?, &BTreeMap::new())
}

fn number_word(word: &str) -> Option<Rational> {
    let known = NUMBER_WORDS.iter().find(|(name, _)| *name == word)?;
    Some(Rational::from_integer(known.1.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_with_an_operation_between_them_are_one() {
        assert_eq!(
            joined(r"Multiply $\frac{a}{b}$ \* $\frac{c}{d}$ now"),
            r"Multiply $\frac{a}{b} \cdot \frac{c}{d}$ now"
        );
        assert_eq!(joined("$$ a $$ and $$b$$"), "$a$ and $b$");
        assert_eq!(joined(r"It costs \$5, so $x$"), r"It costs \$5, so $x$");
    }
}
