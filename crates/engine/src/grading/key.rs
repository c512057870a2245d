//! What the mathematical kinds share: reading an answer, comparing it with every accepted key, and its form.
//!
//! A key that is written `letter = value` also accepts the value alone, and a key that is a value also accepts
//! `letter = value`: both are what a student types who has solved the problem.

use super::{Judgement, Verdict};
use curriculum::{Lang, MathKey};
use math::{DecimalMark, Form, Kind, Math, Rational, Same, Unfinished, Unreadable};
use std::{borrow::Cow, collections::BTreeMap};

/// How an answer stands to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// Something else.
    Other,
    /// The same value, with something left to do.
    Unfinished(Unfinished),
    /// The same value, not in the form asked for.
    WrongForm,
    /// Right.
    Right,
}

/// Judges a typed answer without a unit, to a question that shows these formulas.
pub(super) fn judge(key: &MathKey, shown: &[String], text: &str, lang: &Lang) -> Judgement {
    match best_match(key, Some(shown), text, lang) {
        Ok(Match::Right) => Judgement::plain(Verdict::Right),
        Ok(Match::WrongForm) => {
            let form = key.form.as_deref().unwrap_or("as_given");
            Judgement::saying(Verdict::RightValueWrongForm, format!("form.{form}"))
        }
        Ok(Match::Unfinished(left)) => {
            let code = match left {
                Unfinished::AsShown => "form.as_shown",
                Unfinished::Undone => "form.work_out",
                Unfinished::Unsolved => "form.solve",
            };
            Judgement::saying(Verdict::RightValueWrongForm, code.to_owned())
        }
        Ok(Match::Other) => Judgement::plain(Verdict::Wrong),
        Err(unreadable) => Judgement::unreadable(unreadable.reason.code(), Some(unreadable.at)),
    }
}

/// The best that the answer is among all accepted keys; or why it cannot be read. Without `shown` nothing needs to be
/// worked out.
pub(super) fn best_match(
    key: &MathKey,
    shown: Option<&[String]>,
    text: &str,
    lang: &Lang,
) -> Result<Match, Unreadable> {
    let given = read_answer(text, key.kind, lang)?;
    let expected = key.accepted.iter().filter_map(|answer| math::read(answer, key.kind, DecimalMark::Point).ok());
    let tolerance = key.tolerance.as_deref().and_then(number);
    let form: Option<Form> = key.form.as_deref().and_then(|name| name.parse().ok());
    let each = expected.map(|expected| {
        let found = one_match(&given, &expected, tolerance.as_ref(), form);
        match shown.filter(|_| found == Match::Right).and_then(|shown| left_to_do(&given, &expected, shown)) {
            Some(left) => Match::Unfinished(left),
            None => found,
        }
    });
    Ok(each.max().unwrap_or(Match::Other))
}

/// Reads an answer as the key's kind. Where the key is a bare value, `x = 4` is a way to write it.
fn read_answer(text: &str, kind: Kind, lang: &Lang) -> Result<Math, Unreadable> {
    let mark = lang.decimal_mark();
    let rows = (kind == Kind::Matrix).then(|| typed_in_rows(text)).flatten();
    let text = rows.map_or_else(|| as_written_in(lang, text, kind), Cow::Owned);
    let text = text.as_ref();
    let read = math::read(text, kind, mark);
    if read.is_err() && !matches!(kind, Kind::Equation | Kind::Inequality) && text.contains('=') {
        return math::read(text, Kind::Equation, mark).or(read);
    }
    read
}

/// A matrix as it is typed by hand, `1 2 -1 | 3; 2 -1 2 | 6` or a row a line, in the brackets that `math` reads: numbers with
/// spaces between them, as many in each row. None for anything else.
fn typed_in_rows(text: &str) -> Option<String> {
    let inner = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let is_cell = |cell: &str| {
        let digits = cell.trim_start_matches(['-', '−', '+']);
        digits.starts_with(|sign: char| sign.is_ascii_digit())
            && digits.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '/'))
    };
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for row in inner.split([';', '\n']).filter(|row| !row.trim().is_empty()) {
        let cells = row.split(|sign: char| sign.is_whitespace() || sign == '|').filter(|cell| !cell.is_empty());
        let cells: Vec<&str> = cells.map(|cell| cell.trim_end_matches(',')).collect();
        if cells.len() < 2
            || !cells.iter().all(|cell| is_cell(cell))
            || rows.first().is_some_and(|first| first.len() != cells.len())
        {
            return None;
        }
        rows.push(cells);
    }
    let rows: Vec<String> = rows.iter().map(|cells| format!("[{}]", cells.join(","))).collect();
    (rows.len() >= 2).then(|| format!("[{}]", rows.join(",")))
}

/// Words and marks of a reader of Spanish, which `math` does not know: `12 a 8` is a ratio, `3 o 5` and `3 y 5` join members,
/// and `35,0` is a number, since no comma separates thousands there. `1,500` stays what the course's own mark makes of it.
fn as_written_in<'t>(lang: &Lang, text: &'t str, kind: Kind) -> Cow<'t, str> {
    if lang.0 != "es" {
        return Cow::Borrowed(text);
    }
    if kind == Kind::Number
        && let Some((whole, places)) = text.trim().split_once(',')
    {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let decimal = digits(whole.trim_start_matches(['-', '−', '+'])) && digits(places) && places.len() != 3;
        return if decimal { Cow::Owned(format!("{whole}.{places}")) } else { Cow::Borrowed(text) };
    }
    // A letter of its own may be an unknown: it joins only what stands as numbers on both sides of it.
    let joined = |word: &str| match (word, kind) {
        ("a", Kind::Ratio) => Some("to"),
        ("o", _) => Some("or"),
        ("y", Kind::List | Kind::OrderedList) => Some("and"),
        _ => None,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let between = |at: usize| {
        let before = at.checked_sub(1).is_some_and(|at| words[at].ends_with(|sign: char| sign.is_ascii_digit()));
        let after = words.get(at + 1).is_some_and(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
        before && after
    };
    if !(1..words.len()).any(|at| joined(words[at]).is_some() && between(at)) {
        return Cow::Borrowed(text);
    }
    let read = words.iter().enumerate().map(|(at, word)| joined(word).filter(|_| between(at)).unwrap_or(word));
    Cow::Owned(read.collect::<Vec<_>>().join(" "))
}

fn one_match(given: &Math, expected: &Math, tolerance: Option<&Rational>, form: Option<Form>) -> Match {
    let value = |math: &Math| math::right_side(math);
    let pairs = [
        (Some(given.clone()), Some(expected.clone())),
        (value(given).filter(|_| expected.kind() != Kind::Equation), Some(expected.clone())),
        (Some(given.clone()).filter(|given| given.kind() != Kind::Equation || !is_relation(given)), value(expected)),
    ];
    let each = pairs.into_iter().filter_map(|(given, expected)| Some(compared(&given?, &expected?, tolerance, form)));
    each.max().unwrap_or(Match::Other)
}

fn left_to_do(given: &Math, expected: &Math, shown: &[String]) -> Option<Unfinished> {
    let read = |latex: &String| math::read(latex, Kind::guess(latex), DecimalMark::Point).ok();
    math::unfinished(given, expected, &shown.iter().filter_map(read).collect::<Vec<_>>())
}

fn is_relation(math: &Math) -> bool {
    math::right_side(math).is_some()
}

fn compared(given: &Math, expected: &Math, tolerance: Option<&Rational>, form: Option<Form>) -> Match {
    let near = tolerance.and_then(|tolerance| math::within(given, expected, tolerance)).unwrap_or(false);
    if !near && math::same(given, expected) != Same::Equal {
        return Match::Other;
    }
    match form {
        Some(form) if !math::form_ok(given, expected, form) => Match::WrongForm,
        // A question after an interval wants to see one, and so does one after an inequality.
        None if math::other_notation(given, expected) => Match::WrongForm,
        _ => Match::Right,
    }
}

/// Whether an answer means what a key (or a foreseen wrong answer) says, in whatever form.
pub(super) fn means(text: &str, answer: &str, kind: Kind, lang: &Lang) -> bool {
    let bare = MathKey { accepted: vec![answer.to_owned()], kind, form: None, tolerance: None, unit: None };
    let (number, unit) = math::units_of(text);
    let read = |text: &str| best_match(&bare, None, text, lang) == Ok(Match::Right);
    read(text) || (unit.is_some() && read(&number))
}

fn number(text: &str) -> Option<Rational> {
    math::evaluate(&math::read(text, Kind::Number, DecimalMark::Point).ok()?, &BTreeMap::new())
}
