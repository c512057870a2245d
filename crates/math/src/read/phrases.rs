//! Answers in words that mean something definite: "no solution", "DNE", "all real numbers".

/// The words with case, punctuation and surplus spaces taken away, and synonyms brought to one.
pub(crate) fn normal_words(text: &str) -> String {
    match in_signs(text) {
        Some(phrase) => phrase.to_owned(),
        None if is_whole_line(text) => ALL_REAL.to_owned(),
        None => in_words(text),
    }
}

/// What is said in signs: `{}`, `ℝ`, `x∈ℝ`.
fn in_signs(text: &str) -> Option<&'static str> {
    let signs = without(text, &["\\left", "\\right", "\\", "$", "{", "}"]);
    let letter = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
    let reals = |text: &str| matches!(text, "ℝ" | "mathbbR");
    let element = signs.split_once('∈').or_else(|| signs.split_once("in"));
    let braces = text.matches('{').count() == 1 && text.split_once('{').is_some_and(|(_, rest)| rest.contains('}'));
    if braces && signs.is_empty() {
        Some("no solution")
    } else if reals(&signs) || element.is_some_and(|(member, set)| letter(member) && reals(set)) {
        Some(ALL_REAL)
    } else {
        None
    }
}

/// `(-∞, ∞)`, which is an interval where the key is one.
fn is_whole_line(text: &str) -> bool {
    let signs = without(text, &["\\left", "\\right", "\\", "$", "+"]).replace('−', "-");
    matches!(&*signs, "(-∞,∞)" | "(-infty,infty)" | "(-inf,inf)" | "(-infinity,infinity)")
}

fn without(text: &str, parts: &[&str]) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    parts.iter().fold(text, |text, part| text.replace(part, ""))
}

const ALL_REAL: &str = "all real numbers";

fn in_words(text: &str) -> String {
    let plain = text.replace("\\text", " ").replace("\\mathrm", " ").replace("\\ ", " ");
    let mut words = String::new();
    for c in plain.chars() {
        // The apostrophe joins: "doesn't" is one word.
        if c == '\'' || c == '’' {
            continue;
        }
        let keep = c.is_alphanumeric() || matches!(c, '%' | '/' | '^' | 'ℝ' | '∅');
        if matches!(c, '+' | '=' | '<' | '>' | '*') {
            words.extend([' ', c, ' ']);
            continue;
        }
        let minus = matches!(c, '-' | '−');
        if keep {
            words.extend(c.to_lowercase());
        } else if minus {
            words.push('-');
        } else {
            words.push(' ');
        }
    }
    let words = hyphens_between_letters_as_spaces(&words);
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    synonym(&joined).map_or(joined, str::to_owned)
}

fn hyphens_between_letters_as_spaces(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphabetic());
    chars
        .iter()
        .enumerate()
        .map(|(at, c)| if *c == '-' && at > 0 && letter(at - 1) && letter(at + 1) { ' ' } else { *c })
        .collect()
}

/// The phrase, if the whole text is one that may stand for an answer of any kind.
pub(crate) fn phrase(text: &str) -> Option<&'static str> {
    if text.chars().count() > 80 {
        return None;
    }
    in_signs(text).or_else(|| synonym(&in_words(text)))
}

/// A single word that may stand among other answers.
pub(crate) fn word(text: &str) -> Option<&'static str> {
    match text {
        "DNE" | "dne" => Some("DNE"),
        "UND" | "und" | "undefined" | "Undefined" => Some("undefined"),
        _ => None,
    }
}

fn synonym(words: &str) -> Option<&'static str> {
    Some(match words {
        "dne" | "does not exist" | "doesnt exist" | "do not exist" | "it does not exist" => "does not exist",
        "und" | "undef" | "undefined" | "not defined" | "is undefined" | "undefined slope" => "undefined",
        "no solution"
        | "no solutions"
        | "none"
        | "no answer"
        | "no real solution"
        | "no real solutions"
        | "ns"
        | "inconsistent"
        | "there is no solution"
        | "there are no solutions"
        | "empty set"
        | "the empty set"
        | "∅"
        | "\\emptyset"
        | "emptyset"
        | "varnothing" => "no solution",
        "infinite"
        | "infinitely many"
        | "infinitely many solutions"
        | "infinite solutions"
        | "infinite solution"
        | "infinite number of solutions"
        | "an infinite number of solutions"
        | "there are infinitely many solutions" => "infinitely many solutions",
        "all real numbers"
        | "all reals"
        | "all real"
        | "all numbers"
        | "real numbers"
        | "ℝ"
        | "any real number"
        | "every real number"
        | "the real numbers"
        | "all real numbers are solutions"
        | "set of all real numbers"
        | "mathbbr"
        | "reals" => "all real numbers",
        "not a real number" | "not real" | "no real number" | "nonreal" | "non real" => "not a real number",
        "true" => "true",
        "false" => "false",
        "yes" => "yes",
        "no" => "no",
        _ => return None,
    })
}
