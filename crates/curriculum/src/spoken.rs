//! Formulas of course texts as words: what a screen reader says and what *Listen* reads, from `math::speak`.
//!
//! A formula in a text has no kind, unlike a key; kinds are tried from the narrowest to the widest, so that `2 \frac{1}{2}`
//! is a mixed number and `(2, 3)` a point. Where none reads it, or the language has no words of ours, there are none, and
//! the MathML speaks for itself.

use crate::text::Lang;
use math::{Kind, Lang as Spoken, Math, read, speak};

/// Kinds in the order in which they are tried. An interval looks like a point and is rarer in texts.
const KINDS: [Kind; 10] = [
    Kind::Number,
    Kind::Expression,
    Kind::Ratio,
    Kind::Equation,
    Kind::Inequality,
    Kind::Point,
    Kind::Interval,
    Kind::List,
    Kind::OrderedList,
    Kind::Matrix,
];

/// The formula in words of `lang`, where it can be read.
///
/// `\frac{3}{4}` is "3 over 4" in English and "3 sobre 4" in Spanish.
pub fn formula(latex: &str, lang: &Lang) -> Option<String> {
    let spoken = match lang.0.split('-').next() {
        Some("en") => Spoken::English,
        Some("es") => Spoken::Spanish,
        _ => return None,
    };
    let tree = parsed(latex, lang)?;
    Some(speak(&tree, spoken)).filter(|words| !words.trim().is_empty())
}

fn parsed(latex: &str, lang: &Lang) -> Option<Math> {
    KINDS.iter().find_map(|kind| read(latex, *kind, lang.decimal_mark()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(latex: &str, english: Option<&str>, spanish: Option<&str>) {
        let said = |lang: &str| formula(latex, &Lang::from(lang));
        assert_eq!((said("en").as_deref(), said("es").as_deref()), (english, spanish), "{latex}");
    }

    #[test]
    fn what_texts_hold_is_said_in_both_languages() {
        check("\\frac{3}{4}", Some("3 over 4"), Some("3 sobre 4"));
        check("2 \\frac{1}{2}", Some("2 and 1 over 2"), Some("2 y 1 sobre 2"));
        check("3 \\times 4", Some("3 times 4"), Some("3 por 4"));
        check("x^2", Some("x squared"), Some("x al cuadrado"));
        check("2x + 1 = 7", Some("2 x plus 1 equals 7"), Some("2 x más 1 es igual a 7"));
    }

    #[test]
    fn what_cannot_be_read_has_no_words() {
        check("\\begin{broken", None, None);
        check("", None, None);
    }
}
