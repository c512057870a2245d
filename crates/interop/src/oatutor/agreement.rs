//! Whether a key agrees with the question that it answers, where that can be shown: an expression that is only to be
//! written in another way equals its key, an equation is solved by it, a curve meets its axes where the key says, and a
//! key uses the question's letters. A key that only has another letter than its question is repaired, since that can be
//! proven; of what else disagrees the caller decides: a step is held out, a scaffold stays and is listed.

use super::keys::{Asked, unbraced};
use super::report::Report;
use super::text::{bare, formulas};
use curriculum::{Interaction, MathKey};
use math::{DecimalMark, Kind, Math, Same};
use std::collections::BTreeSet;

/// How a key is at odds with its question.
pub struct Disagreement {
    /// A short stable name, such as `key_differs`.
    pub code: &'static str,
    /// The particulars.
    pub detail: String,
}

/// Looks at the key of a question and repairs it, or answers how it disagrees. `title` holds the formula that is asked
/// about; it is repaired too where only the repaired formula agrees with the key.
pub fn look(
    asked: &Asked<'_>,
    title: &mut String,
    interaction: &mut Interaction,
    report: &mut Report,
) -> Vec<Disagreement> {
    let mut found: Vec<Disagreement> = super::reviewed::disagreement(asked).into_iter().collect();
    found.extend(super::curves::disagreement(asked, interaction));
    let (Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key)) = interaction else {
        return found;
    };
    if let Some(shown) = only_formula(title).map(str::to_owned) {
        let formula = unbraced(&shown);
        if let Some(mended) = with_letters_of(&formula, key) {
            report.repair(
                asked.place,
                "letter",
                &key.accepted[0],
                &mended,
                "equal to the question with this letter, and only with it",
            );
            key.accepted[0] = mended;
        }
        match disagreement(asked, &formula, key).map(|code| (code, mended(asked, &formula, key))) {
            None => {}
            Some((_, Some((question, answer)))) => {
                let reason = "a bracket or fraction that the upstream writer closed in the wrong place; so mended, key and question agree";
                if question != formula {
                    report.repair(asked.place, "formula_of_question", &shown, &question, reason);
                    *title = title.replace(&shown, &question);
                }
                if answer != key.accepted[0] {
                    report.repair(asked.place, "formula_of_key", &key.accepted[0], &answer, reason);
                    key.accepted[0] = answer;
                }
            }
            Some((code, None)) => {
                let detail = format!("the key `{}` does not agree with `{formula}`", key.accepted[0]);
                found.push(Disagreement { code, detail });
            }
        }
    }
    found.extend(strange_letters(asked, key));
    found
}

/// How key and question disagree; `None` when they agree, or when nothing can be shown.
fn disagreement(asked: &Asked<'_>, formula: &str, key: &MathKey) -> Option<&'static str> {
    match compared(asked, formula, key)? {
        (Same::Equal, _) => None,
        (Same::Different, code) => Some(code),
        // A power that holds a bracket is never meant; elsewhere what cannot be shown is left alone.
        (Same::Undecided, code) => {
            (!openings(&key.accepted[0]).is_empty() || !openings(formula).is_empty()).then_some(code)
        }
    }
}

/// Question and key with brackets and fractions closed elsewhere, so that they agree.
fn mended(asked: &Asked<'_>, formula: &str, key: &MathKey) -> Option<(String, String)> {
    let questions = [vec![formula.to_owned()], openings(formula)].concat();
    let answers = [vec![key.accepted[0].clone()], openings(&key.accepted[0])].concat();
    let pairs = questions.iter().flat_map(|question| answers.iter().map(move |answer| (question, answer)));
    let agree = |(question, answer): &(&String, &String)| {
        let key = MathKey { accepted: vec![(*answer).clone()], ..key.clone() };
        compared(asked, question, &key).is_some_and(|(same, _)| same == Same::Equal)
    };
    pairs.skip(1).find(agree).map(|(question, answer)| (question.clone(), answer.clone()))
}

/// Other places where the brackets of a formula may have been meant to close: `x^{2\left(x-3\right)}` as
/// `x^{2} \left(x-3\right)`, `\frac{1}{4\left(x+1\right)}` as `\frac{1}{4} \left(x+1\right)`, and `\frac{a}{5} y^2` as
/// `\frac{a}{5 y^2}`.
fn openings(formula: &str) -> Vec<String> {
    let powers = closed_powers(formula);
    let mut all: Vec<String> = (powers != formula).then(|| powers.clone()).into_iter().collect();
    let opened = opened_fractions(&powers);
    if opened != powers {
        all.push(opened);
    }
    let fractions = formula.matches("\\frac").count().min(4);
    // Each fraction alone, then all of them.
    for chosen in (1..=fractions).map(Some).chain([None]) {
        let fraction = closed_fractions(&powers, chosen);
        if fraction != powers && !all.contains(&fraction) {
            all.push(fraction);
        }
    }
    all
}

fn closed_powers(formula: &str) -> String {
    let mut closed = String::new();
    let mut rest = formula;
    while let Some(at) = rest.find("^{") {
        let (before, power) = rest.split_at(at + 1);
        closed.push_str(before);
        let digits = power[1..].chars().take_while(char::is_ascii_digit).count();
        let end = group_end(power);
        match end {
            Some(end) if digits > 0 && power[1 + digits..].starts_with("\\left(") => {
                closed.push_str(&format!("{{{}}} {}", &power[1..=digits], &power[1 + digits..end]));
                rest = &power[end + 1..];
            }
            _ => {
                closed.push('{');
                rest = &power[1..];
            }
        }
    }
    closed + rest
}

/// Brackets behind the number of a lower part taken out of every fraction.
fn opened_fractions(formula: &str) -> String {
    let mut opened = String::new();
    let mut rest = formula;
    while let Some(at) = rest.find("\\frac{") {
        let (before, fraction) = rest.split_at(at + "\\frac".len());
        opened.push_str(before);
        let ends = group_end(fraction).and_then(|top| Some((top, top + 1 + group_end(&fraction[top + 1..])?)));
        let lower = ends.map(|(top, bottom)| &fraction[top + 2..bottom]);
        let digits = lower.map_or(0, |lower| lower.bytes().take_while(u8::is_ascii_digit).count());
        let bracket = lower.map(|lower| &lower[digits..]);
        let outside = bracket.filter(|bracket| {
            digits > 0 && bracket.starts_with("\\left(") && bracket.find("\\right)") == Some(bracket.len() - 7)
        });
        match (ends, outside) {
            (Some((top, bottom)), Some(bracket)) => {
                opened.push_str(&format!("{}}} {bracket}", &fraction[..top + 2 + digits]));
                rest = &fraction[bottom + 1..];
            }
            _ => rest = fraction,
        }
    }
    opened + rest
}

/// The factor behind a fraction taken into its lower part: behind the n-th fraction, or behind each.
fn closed_fractions(formula: &str, chosen: Option<usize>) -> String {
    let mut closed = String::new();
    let mut rest = formula;
    let mut count = 0;
    while let Some(at) = rest.find("\\frac{") {
        count += 1;
        let (before, fraction) = rest.split_at(at + "\\frac".len());
        closed.push_str(before);
        let ends = group_end(fraction).and_then(|top| Some((top, top + 1 + group_end(&fraction[top + 1..])?)));
        let Some((top, bottom)) = ends.filter(|_| chosen.is_none_or(|chosen| chosen == count)) else {
            rest = fraction;
            continue;
        };
        let behind = &fraction[bottom + 1..];
        let factor = behind
            .strip_prefix(' ')
            .map_or(0, |behind| 1 + behind.find(['+', '-', '=', ' ', '}']).unwrap_or(behind.len()));
        let (factor, after) = behind.split_at(factor);
        if factor.trim().is_empty() {
            rest = fraction;
            continue;
        }
        closed.push_str(&format!("{}{} {}}}", &fraction[..=top], &fraction[top + 1..bottom], factor.trim()));
        rest = after;
    }
    closed + rest
}

/// Where the group that begins the text ends.
fn group_end(text: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, sign) in text.char_indices() {
        depth += i32::from(sign == '{') - i32::from(sign == '}');
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
    None
}

/// The formula of a title that is nothing else, or has only a verb before it.
fn only_formula(title: &str) -> Option<&str> {
    let found = formulas(title);
    let [formula] = found.as_slice() else { return None };
    let words = bare(&title.replace(&format!("$${formula}$$"), ""));
    let verbs = ["simplify", "multiply", "add", "subtract", "divide", "factor", "solve", "findthequotient"];
    let plain = words.is_empty() || (words.len() <= 40 && verbs.iter().any(|verb| words.starts_with(verb)));
    plain.then_some(*formula)
}

pub(super) fn read(text: &str, kind: Kind) -> Option<Math> {
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
pub(super) fn renamed(key: &str, from: &[&String], to: &[&String]) -> String {
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

/// Compares a question with its key, where the question is an expression to be written in another way or an
/// equation in one letter to be solved; with the code for a disagreement.
fn compared(asked: &Asked<'_>, formula: &str, key: &MathKey) -> Option<(Same, &'static str)> {
    let asks = bare(asked.prompt);
    let solves =
        formula.contains('=') && asks.contains("solve") && !ONE_OF_THEM.iter().any(|words| asks.contains(words));
    if solves {
        return solved(formula, key).map(|same| (same, "key_does_not_solve"));
    }
    let rewrites =
        REWRITING.iter().any(|verb| asks.contains(verb)) && !OTHER_TASKS.iter().any(|words| asks.contains(words));
    if !rewrites || !matches!(key.kind, Kind::Number | Kind::Expression) || formula.contains(['=', '<', '>']) {
        return None;
    }
    let plain = expressions(formula, &key.accepted[0])?;
    if plain == Same::Equal {
        return Some((plain, "key_differs"));
    }
    let positive = expressions(&squared_letters(formula), &squared_letters(&key.accepted[0]))?;
    Some((if positive == Same::Equal { positive } else { plain }, "key_differs"))
}

fn expressions(formula: &str, key: &str) -> Option<Same> {
    Some(math::same(&read(formula, Kind::Expression)?, &read(key, Kind::Expression)?))
}

/// The same with every letter squared, so that it stands for a positive number: with roots, books mean no other.
fn squared_letters(latex: &str) -> String {
    let letters: Vec<String> =
        read(latex, Kind::Expression).map(|read| read.letters().into_iter().collect()).unwrap_or_default();
    let squares: Vec<String> = letters.iter().map(|letter| format!("({letter}^2)")).collect();
    renamed(latex, &letters.iter().collect::<Vec<_>>(), &squares.iter().collect::<Vec<_>>())
}

const REWRITING: [&str; 10] = [
    "simplify",
    "multiply",
    "addand",
    "subtract",
    "divid",
    "quotient",
    "factor",
    "expand",
    "rationalize",
    "findeachproduct",
];

const OTHER_TASKS: [&str; 13] = [
    "sumofthefollowingequation",
    "evaluate",
    "degree",
    "undefined",
    "when",
    "slope",
    "intercept",
    "round",
    "solve",
    "findthegcf",
    "findthegreatestcommon",
    "lcd",
    "commondenominator",
];

/// Prompts that ask for one of the solutions, or for something made of them.
const ONE_OF_THEM: [&str; 8] = ["formula", "positive", "negative", "larger", "smaller", "greater", "sumof", "forwhich"];

/// Compares the solutions of an equation in one letter with its key.
fn solved(formula: &str, key: &MathKey) -> Option<Same> {
    let shown = read(formula, Kind::Equation)?;
    let letters: Vec<String> = shown.letters().into_iter().collect();
    let [letter] = letters.as_slice() else { return None };
    let answer = &key.accepted[0];
    let solution = match key.kind {
        Kind::Number => format!("{letter}={answer}"),
        Kind::List if !answer.contains('=') => {
            answer.split(',').map(|value| format!("{letter}={value}")).collect::<Vec<_>>().join(" or ")
        }
        Kind::Equation | Kind::List => answer.replace(", ", " or "),
        _ => return None,
    };
    Some(math::same(&shown, &read(&solution, Kind::Equation)?))
}

/// A key should use letters that the student has seen.
fn strange_letters(asked: &Asked<'_>, key: &MathKey) -> Option<Disagreement> {
    let seen = letters_in(asked.seen);
    let strange: Vec<String> =
        read(&key.accepted[0], key.kind)?.letters().into_iter().filter(|letter| !seen.contains(letter)).collect();
    let detail = format!("the key `{}` uses {}, which the question does not show", key.accepted[0], strange.join(", "));
    (!strange.is_empty()).then_some(Disagreement { code: "strange_letter", detail })
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
            let stands_alone = (start == 0 || signs[start - 1].is_whitespace())
                && signs.get(start + 1).is_some_and(|sign| sign.is_whitespace());
            let article = !formula && length == 1 && matches!(run[0], 'a' | 'A' | 'I') && stands_alone;
            if !command && !article && (formula || length <= 2) {
                letters.extend(run.iter().map(char::to_string));
            }
            start += length;
        }
    }
    letters
}
