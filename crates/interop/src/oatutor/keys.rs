//! Upstream answers as our interactions, their kind fixed here once and for all. What is broken is repaired where
//! the text itself shows what was meant, and noted either way; nothing is guessed.

use super::codes::Code;
use super::forms::form_of;
use super::options::choice;
use super::report::Report;
use super::text::bare;
use curriculum::{Interaction, Lang, MathKey, Text};
use math::{DecimalMark, Form, Kind};

/// An upstream question, whether of a step or of a scaffold.
pub struct Asked<'a> {
    /// The step's or hint's id, for the report.
    pub place: &'a str,
    /// `TextBox` or `MultipleChoice`.
    pub problem_type: &'a str,
    /// `arithmetic` or `string`.
    pub answer_type: &'a str,
    /// Accepted answers; in practice one.
    pub answers: &'a [String],
    /// Options, where there are any.
    pub choices: &'a [String],
    /// What the student is asked, to tell what order is meant.
    pub prompt: &'a str,
    /// Of that, the words of this question alone.
    pub step: &'a str,
    /// Everything that may have been read before, to tell which letters are in play.
    pub seen: &'a str,
    /// The language of the course.
    pub lang: &'a Lang,
}

/// The interaction of a question, or why there can be none.
pub fn interaction(asked: &Asked<'_>, report: &mut Report) -> Result<Interaction, String> {
    if asked.answers.iter().all(|answer| answer.trim().is_empty()) {
        return Err("has no answer".into());
    }
    if asked.problem_type == "MultipleChoice" {
        return choice(asked, report);
    }
    let mut keys =
        asked.answers.iter().filter(|answer| !answer.trim().is_empty()).map(|answer| typed(asked, answer, report));
    let Some(first) = keys.next() else { return Err("has no answer".into()) };
    Ok(keys.fold(first, joined))
}

/// Joins the keys of two accepted answers of one question.
fn joined(first: Interaction, other: Interaction) -> Interaction {
    match (first, other) {
        (Interaction::Numeric(a), Interaction::Numeric(b)) => Interaction::Numeric(with_accepted(a, b)),
        (Interaction::Expression(a), Interaction::Expression(b)) => Interaction::Expression(with_accepted(a, b)),
        (Interaction::Equation(a), Interaction::Equation(b)) => Interaction::Equation(with_accepted(a, b)),
        (Interaction::ShortText { accepted: mut a }, Interaction::ShortText { accepted: b }) => {
            a.extend(b);
            Interaction::ShortText { accepted: a }
        }
        (first, _) => first,
    }
}

fn with_accepted(mut key: MathKey, other: MathKey) -> MathKey {
    key.accepted.extend(other.accepted);
    key
}

fn typed(asked: &Asked<'_>, answer: &str, report: &mut Report) -> Interaction {
    let key = mended(asked, answer, report);
    if let Some(code) = Code::read(&key) {
        let reason = "a code of numbers and first letters; the numbers are asked for by name, in this order";
        report.repair(asked.place, "answer_code", &key, &code.list(), reason);
        return words(code.accepted(), asked);
    }
    if let Some((pair, total)) = lost_comma(&key, asked.prompt) {
        let reason = format!("the prompt asks for two numbers, and these are the only two that make its {total}");
        report.repair(asked.place, "lost_comma", &key, &pair, &reason);
        return interaction_of(pair, Kind::OrderedList);
    }
    if key == "N" {
        report.dispute(asked.place, "answer_code", "`N` seems to stand for \"not a real number\"; both are accepted");
        return words(vec![key, "not a real number".into(), "not real".into(), "no real number".into()], asked);
    }
    if let Some(accepted) = with_a_word(&key) {
        report.dispute(asked.place, "key_as_words", format!("`{key}` mixes points and words; it is compared as words"));
        return words(accepted, asked);
    }
    let kind = kind_of(&key, asked);
    if kind == Kind::Words {
        return words(synonyms(&key), asked);
    }
    if math::read(&key, kind, DecimalMark::Point).is_err() {
        return unread(&key, kind, asked, report);
    }
    let form = form_of(asked, &key, kind);
    if let Some(form) = form {
        report.form(asked.place, form, &key);
    }
    with_form(interaction_of(key, kind), form)
}

fn with_form(mut interaction: Interaction, form: Option<Form>) -> Interaction {
    if let Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) = &mut interaction {
        key.form = form.map(|form| form.to_string());
    }
    interaction
}

/// A key that cannot be read as its kind is compared as words, and listed.
fn unread(key: &str, kind: Kind, asked: &Asked<'_>, report: &mut Report) -> Interaction {
    let guessed = Kind::guess(key);
    if guessed != kind && guessed != Kind::Words && math::read(key, guessed, DecimalMark::Point).is_ok() {
        return interaction_of(key.to_owned(), guessed);
    }
    report.dispute(
        asked.place,
        "key_as_words",
        format!("`{key}` cannot be read as mathematics; it is compared as words"),
    );
    let plain = key.replace('\\', "");
    let mut accepted = vec![key.to_owned()];
    let pieces: Vec<&str> = plain.split_whitespace().collect();
    if pieces.len() > 1 && pieces.iter().all(|piece| piece.contains('=')) {
        accepted.push(pieces.join(", "));
    }
    words(accepted, asked)
}

/// The interaction for a key of this kind.
fn interaction_of(key: String, kind: Kind) -> Interaction {
    let key = MathKey { accepted: vec![key], kind, form: None, tolerance: None, unit: None };
    match kind {
        Kind::Number => Interaction::Numeric(key),
        Kind::Equation | Kind::Inequality => Interaction::Equation(key),
        _ => Interaction::Expression(key),
    }
}

fn words(accepted: Vec<String>, asked: &Asked<'_>) -> Interaction {
    Interaction::ShortText { accepted: accepted.into_iter().map(|text| Text::one(asked.lang.clone(), text)).collect() }
}

/// `(0,13), DNE`: a list whose last member is a word.
fn with_a_word(key: &str) -> Option<Vec<String>> {
    let (before, word) = key.rsplit_once(',')?;
    let others = synonyms(word.trim());
    (others.len() > 1).then(|| others.iter().map(|other| format!("{before}, {other}")).collect())
}

/// The same answer in the words that students use for it.
fn synonyms(key: &str) -> Vec<String> {
    let others: &[&str] = match bare(key).as_str() {
        "dne" | "doesnotexist" => &["DNE", "does not exist", "no solution", "none", "no real solution"],
        "und" | "undefined" => &["UND", "undefined", "not defined"],
        "complex" => &["not a real number", "not real", "complex number"],
        "nosolution" => &["no solutions", "DNE", "none"],
        _ => &[],
    };
    let mut accepted = vec![key.to_owned()];
    accepted.extend(others.iter().filter(|other| bare(other) != bare(key)).map(|other| (*other).to_owned()));
    accepted
}

/// The key without fences, and with signs of programming languages and broken brackets mended.
fn mended(asked: &Asked<'_>, answer: &str, report: &mut Report) -> String {
    let mut key = answer.replace("$$", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut mend = |code: &str, reason: &str, change: &dyn Fn(&str) -> Option<String>| {
        let Some(after) = change(&key).filter(|after| *after != key) else { return };
        report.repair(asked.place, code, &key, &after, reason);
        key = after;
    };
    mend("minus_sign", "a typographic minus sign", &|key| Some(key.replace(['\u{2212}', '\u{2013}'], "-")));
    mend("power_sign", "`**` is a power in a programming language", &|key| Some(key.replace("**", "^")));
    mend("letters_in_braces", "shown as `ab^2`, which is a times b squared, as the course's own degrees say", &|key| {
        Some(unbraced(key))
    });
    mend("unclosed_bracket", "a bracket was never closed", &closed);
    if asked.answer_type == "string" {
        mend("one_line_fraction", "a fraction typed in one line: all before the slash over all after it", &one_slash);
    }
    mend("two_ways_in_one", "an equation and its right side; either is accepted", &two_ways);
    key
}

/// `{mn}^5` as `mn^5`: the upstream writer took letters that stand together for one name.
pub fn unbraced(key: &str) -> String {
    let mut plain = String::new();
    let mut rest = key;
    while let Some((before, group)) = rest.split_once('{') {
        plain.push_str(before);
        match group.split_once('}') {
            Some((letters, after))
                if letters.len() > 1
                    && letters.bytes().all(|sign| sign.is_ascii_lowercase())
                    && after.starts_with('^') =>
            {
                // A space, so that the letters do not run into a command before them.
                if plain.ends_with(char::is_alphabetic) {
                    plain.push(' ');
                }
                plain.push_str(letters);
                rest = after;
            }
            _ => {
                plain.push('{');
                rest = group;
            }
        }
    }
    plain + rest
}

/// The same with its last brackets closed; intervals and LaTeX have brackets of their own kind.
fn closed(key: &str) -> Option<String> {
    let opened = key.matches('(').count().checked_sub(key.matches(')').count())?;
    let other = key.contains(['[', ']']) || key.contains("\\left");
    (opened > 0 && !other).then(|| format!("{key}{}", ")".repeat(opened)))
}

/// `r+5/2r(r+2)` and `-4(b+9)/3(b+7)`: one slash in a text key, with a sum before it or a product after it that has
/// no brackets of its own around it. Read by the rules of precedence these are no fractions in lowest terms, which
/// is what the steps ask for.
fn one_slash(key: &str) -> Option<String> {
    let (before, after) = key.split_once('/')?;
    let plain = |side: &str| !side.is_empty() && !side.contains(['/', ',', '=', ';', '\\', '"']);
    let lettered = |side: &str| side.chars().any(char::is_alphabetic);
    let readable = [before, after].into_iter().all(|side| plain(side) && lettered(side));
    if !readable {
        return None;
    }
    let open_sum = !is_bracketed(before) && top_level(before, &['+', '-']);
    let open_product = !is_bracketed(after) && after.contains('(');
    if !open_sum && !open_product {
        return None;
    }
    let side = |text: &str| if is_bracketed(text) { text.to_owned() } else { format!("({text})") };
    Some(format!("{}/{}", side(before), side(after)))
}

/// True when one pair of brackets encloses the whole.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0_i32;
    for (at, sign) in text.char_indices() {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        if depth == 0 {
            return sign == ')' && at + 1 == text.len();
        }
    }
    false
}

/// True when one of the signs stands outside brackets and not at the start.
fn top_level(text: &str, signs: &[char]) -> bool {
    let mut depth = 0_i32;
    text.char_indices().any(|(at, sign)| {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        depth == 0 && at > 0 && signs.contains(&sign)
    })
}

/// `y=2z,2z`: an equation and its right side, both accepted.
fn two_ways(key: &str) -> Option<String> {
    let (equation, value) = key.split_once(',')?;
    let (_, right) = equation.split_once('=')?;
    (right.trim() == value.trim()).then(|| equation.trim().to_owned())
}

/// `3184` where the prompt asks for two numbers that make 115: `31,84`.
fn lost_comma(key: &str, prompt: &str) -> Option<(String, u64)> {
    let digits = !key.is_empty() && key.len() <= 9 && key.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || prompt.to_lowercase().matches("how many").count() < 2 {
        return None;
    }
    let shown: Vec<u64> = prompt
        .split(|sign: char| !sign.is_ascii_digit() && sign != ',')
        .filter_map(|number| number.replace(',', "").parse().ok())
        .collect();
    let mut found = None;
    for at in 1..key.len() {
        let (left, right) = key.split_at(at);
        let total = left.parse::<u64>().ok()? + right.parse::<u64>().ok()?;
        if right.starts_with('0') || !shown.contains(&total) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some((format!("{left},{right}"), total));
    }
    found
}

/// The kind of a key; what the prompt says about order decides between lists.
fn kind_of(key: &str, asked: &Asked<'_>) -> Kind {
    let guessed = Kind::guess(key);
    let members = key.split(',').count();
    let plain_list = members > 1
        && asked.answer_type == "string"
        && key.split(',').all(|member| {
            let member = member.trim();
            !member.is_empty() && member.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '.' | '/'))
        });
    if plain_list || matches!(guessed, Kind::List | Kind::OrderedList) {
        return if is_ordered(asked.prompt) { Kind::OrderedList } else { Kind::List };
    }
    guessed
}

/// The prompt says which number is which. ("In ascending order" only tells how to write a set.)
fn is_ordered(prompt: &str) -> bool {
    let prompt = prompt.to_lowercase();
    let named = [
        "enter the answer as",
        "enter the asnwers as",
        "entere the answer as",
        "enter the answers as",
        "separated by commas",
    ];
    named.iter().any(|words| prompt.contains(words))
}
