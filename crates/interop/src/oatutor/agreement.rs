//! Whether a key agrees with the question that it answers, where that can be shown: an expression that is only to be
//! written in another way equals its key, an equation is solved by it, and a key uses the question's letters. What
//! disagrees is listed; a key that only has another letter than its question is repaired, since that can be proven.

use super::keys::{Asked, unbraced};
use super::report::Report;
use super::text::{bare, formulas};
use curriculum::{Interaction, MathKey};
use math::{DecimalMark, Kind, Math, Same};
use std::collections::BTreeSet;

/// Looks at the key of a question and repairs or lists it. `title` holds the formula that is asked about.
pub fn look(asked: &Asked<'_>, title: &str, interaction: &mut Interaction, report: &mut Report) {
    let (Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key)) = interaction else { return };
    if let Some(formula) = only_formula(title).map(unbraced) {
        let formula = formula.as_str();
        let proven = with_letters_of(formula, key);
        if let Some(mended) = proven {
            report.repair(asked.place, "letter", &key.accepted[0], &mended, "equal to the question with this letter, and only with it");
            key.accepted[0] = mended;
        }
        expression_fits(asked, formula, key, report);
        equation_fits(asked, formula, key, report);
    }
    letters_fit(asked, key, report);
}

/// The formula of a title that is nothing else, or has only a verb before it.
fn only_formula(title: &str) -> Option<&str> {
    let found = formulas(title);
    let [formula] = found.as_slice() else { return None };
    let words = bare(&title.replace(&format!("$${formula}$$"), ""));
    let verbs = ["", "simplify", "multiply", "add", "subtract", "divide", "factor", "solve"];
    verbs.contains(&words.as_str()).then_some(*formula)
}

fn read(text: &str, kind: Kind) -> Option<Math> {
    math::read(text, kind, DecimalMark::Point).ok()
}

/// The key in the letters of the question, if only so it equals the question.
fn with_letters_of(formula: &str, key: &MathKey) -> Option<String> {
    let (shown, keyed) = (read(formula, Kind::Expression)?, read(&key.accepted[0], Kind::Expression)?);
    let (theirs, ours) = (shown.letters(), keyed.letters());
    let strange: Vec<&String> = ours.difference(&theirs).collect();
    let theirs: Vec<&String> = theirs.iter().collect();
    let orders: Vec<Vec<&String>> = match strange.len() {
        1 => theirs.iter().map(|letter| vec![*letter]).collect(),
        2 => theirs.iter().flat_map(|a| theirs.iter().filter(move |b| a != *b).map(|b| vec![*a, *b])).collect(),
        _ => return None,
    };
    let mut proven = orders.into_iter().filter_map(|order| {
        let mended = renamed(&key.accepted[0], &strange, &order);
        (math::same(&shown, &read(&mended, Kind::Expression)?) == Same::Equal).then_some(mended)
    });
    proven.next().filter(|_| proven.next().is_none())
}

/// Letters replaced, LaTeX commands left alone.
fn renamed(key: &str, from: &[&String], to: &[&String]) -> String {
    let mut renamed = String::new();
    let mut command = false;
    for sign in key.chars() {
        command = sign == '\\' || (command && sign.is_alphabetic());
        let at = from.iter().position(|letter| letter.chars().eq([sign]));
        match at {
            Some(at) if !command => renamed.push_str(to[at]),
            _ => renamed.push(sign),
        }
    }
    renamed
}

/// An expression that is to be written in another way must equal its key.
fn expression_fits(asked: &Asked<'_>, formula: &str, key: &MathKey, report: &mut Report) {
    let asks = bare(asked.prompt);
    let rewrites = REWRITING.iter().any(|verb| asks.contains(verb)) && !OTHER_TASKS.iter().any(|words| asks.contains(words));
    if !rewrites || !matches!(key.kind, Kind::Number | Kind::Expression) || formula.contains(['=', '<', '>']) {
        return;
    }
    if differ(formula, &key.accepted[0]) && differ(&squared_letters(formula), &squared_letters(&key.accepted[0])) {
        report.dispute(asked.place, "key_differs", format!("the key `{}` does not equal `{formula}`", key.accepted[0]));
    }
}

fn differ(formula: &str, key: &str) -> bool {
    match (read(formula, Kind::Expression), read(key, Kind::Expression)) {
        (Some(shown), Some(keyed)) => math::same(&shown, &keyed) == Same::Different,
        _ => false,
    }
}

/// The same with every letter squared, so that it stands for a positive number: with roots, books mean no other.
fn squared_letters(latex: &str) -> String {
    let letters: Vec<String> = read(latex, Kind::Expression).map(|read| read.letters().into_iter().collect()).unwrap_or_default();
    let squares: Vec<String> = letters.iter().map(|letter| format!("({letter}^2)")).collect();
    renamed(latex, &letters.iter().collect::<Vec<_>>(), &squares.iter().collect::<Vec<_>>())
}

const REWRITING: [&str; 9] =
    ["simplify", "multiply", "addand", "subtract", "divide", "factor", "expand", "rationalize", "findeachproduct"];

const OTHER_TASKS: [&str; 12] = [
    "evaluate", "degree", "undefined", "when", "slope", "intercept", "round", "solve", "gcf", "greatestcommon", "lcd", "commondenominator",
];

/// An equation in one letter must have the solutions of its key.
fn equation_fits(asked: &Asked<'_>, formula: &str, key: &MathKey, report: &mut Report) {
    let asks = bare(asked.prompt);
    let one_of_them = ["formula", "positive", "negative", "larger", "smaller", "greater", "sumof", "forwhich"];
    if !asks.contains("solve") || one_of_them.iter().any(|words| asks.contains(words)) {
        return;
    }
    let Some(shown) = read(formula, Kind::Equation).filter(|shown| shown.kind() == Kind::Equation && formula.contains('=')) else { return };
    let letters: Vec<String> = shown.letters().into_iter().collect();
    let [letter] = letters.as_slice() else { return };
    let solution = match key.kind {
        Kind::Number => format!("{letter}={}", key.accepted[0]),
        Kind::List if !key.accepted[0].contains('=') => {
            key.accepted[0].split(',').map(|value| format!("{letter}={value}")).collect::<Vec<_>>().join(" or ")
        }
        Kind::Equation | Kind::List => key.accepted[0].replace(", ", " or "),
        _ => return,
    };
    let Some(solution) = read(&solution, Kind::Equation) else { return };
    if math::same(&shown, &solution) == Same::Different {
        report.dispute(asked.place, "key_does_not_solve", format!("the key `{}` does not have the solutions of `{formula}`", key.accepted[0]));
    }
}

/// A key should use letters that the student has seen.
fn letters_fit(asked: &Asked<'_>, key: &MathKey, report: &mut Report) {
    let Some(read) = read(&key.accepted[0], key.kind) else { return };
    let seen = letters_in(asked.seen);
    let strange: Vec<String> = read.letters().into_iter().filter(|letter| !seen.contains(letter)).collect();
    if !strange.is_empty() {
        let detail = format!("the key `{}` uses {}, which the question does not show", key.accepted[0], strange.join(", "));
        report.dispute(asked.place, "strange_letter", detail);
    }
}

/// Letters of formulas, and letters that stand alone or beside a digit in words ("4a-9a", but not the article "a").
fn letters_in(text: &str) -> BTreeSet<String> {
    let mut letters = BTreeSet::new();
    for (at, piece) in text.split("$$").enumerate() {
        let formula = at % 2 == 1;
        let signs: Vec<char> = piece.chars().collect();
        let mut start = 0;
        while start < signs.len() {
            if !signs[start].is_alphabetic() {
                start += 1;
                continue;
            }
            let length = signs[start..].iter().take_while(|sign| sign.is_alphabetic()).count();
            let run = &signs[start..start + length];
            let command = start > 0 && signs[start - 1] == '\\';
            let article = !formula && length == 1 && matches!(run[0], 'a' | 'A' | 'I')
                && !(start > 0 && !signs[start - 1].is_whitespace())
                && signs.get(start + 1).is_some_and(|sign| sign.is_whitespace());
            if !command && !article && (formula || length <= 2) {
                letters.extend(run.iter().map(char::to_string));
            }
            start += length;
        }
    }
    letters
}
