//! Upstream choices as our options: told apart where they ran together, set alike, in the order that people expect.

use super::keys::Asked;
use super::report::Report;
use super::text::{bare, convert};
use curriculum::{Interaction, Option_, OptionId, Text};
use std::borrow::Cow;

/// Around a formula in the upstream texts.
const FENCE: &str = "$$";
/// Words between the numbers of an option.
const CONNECTIVES: [&str; 2] = ["or", "and"];

/// The interaction of a question that is answered by choosing.
pub fn choice(asked: &Asked<'_>, report: &mut Report) -> Result<Interaction, String> {
    let mut texts: Vec<String> = Vec::new();
    let mut apart = false;
    for choice in asked.choices.iter().map(|choice| choice.trim()).filter(|choice| !choice.is_empty()) {
        let options = taken_apart(asked, choice, report);
        apart |= options.len() > 1;
        for option in options {
            if !texts.iter().any(|known| pressed(known) == pressed(&option)) {
                texts.push(option);
            } else if !apart {
                report.repair(asked.place, "option_twice", &option, "", "the same option stood there twice");
            }
        }
    }
    let is_key = |text: &str| asked.answers.iter().any(|answer| pressed(answer) == pressed(text));
    if !texts.iter().any(|text| is_key(text)) {
        let key = asked.answers[0].trim().to_owned();
        report.repair(asked.place, "key_not_an_option", "", &key, "the right answer was not among the options");
        texts.push(key);
    }
    let in_order = order_by_name(&mut texts);
    if texts.len() < 2 {
        report.dispute(asked.place, "one_option", "there is nothing to choose between");
    }
    let some_are_formulas = texts.iter().any(|text| text.contains(FENCE));
    let options: Vec<Option_> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| Option_ {
            id: option_id(index),
            text: Text::one(asked.lang.clone(), convert(&alike(text, some_are_formulas)).markup),
            correct: is_key(text),
            misconception: None,
        })
        .collect();
    let fixed_order = in_order || texts.iter().any(|text| keeps_order(text));
    if options.iter().filter(|option| option.correct).count() > 1 {
        return Ok(Interaction::MultipleChoice { options, fixed_order });
    }
    Ok(Interaction::Choice { options, fixed_order })
}

/// Often only the right option is set as a formula, and its looks give it away: `-5 or 2` beside `$$-2$$ or $$-3$$`. Where
/// some options are formulas, the numbers and letters of the others are set like them; words stay words.
fn alike(text: &str, some_are_formulas: bool) -> Cow<'_, str> {
    let in_words = text
        .split(|sign: char| !sign.is_alphabetic())
        .any(|word| word.chars().count() > 1 && !CONNECTIVES.contains(&word));
    // A dollar is a fence, or money.
    if !some_are_formulas || text.contains('$') || in_words {
        return Cow::Borrowed(text);
    }
    let mut set = String::new();
    let mut formula = String::new();
    for word in text.split_whitespace() {
        if !CONNECTIVES.contains(&word) {
            formula = format!("{formula} {word}");
            continue;
        }
        if !formula.is_empty() {
            set += &format!("{FENCE}{}{FENCE} ", std::mem::take(&mut formula).trim());
        }
        set += &format!("{word} ");
    }
    if !formula.is_empty() {
        set += &format!("{FENCE}{}{FENCE}", formula.trim());
    }
    Cow::Owned(set)
}

/// `4 or 12I4 or -12`: upright bars between options that were read as capital letters I. They are taken apart where
/// one of them is the key or all of them are built like it; else the option stays and is listed.
fn taken_apart(asked: &Asked<'_>, choice: &str, report: &mut Report) -> Vec<String> {
    let pieces = between_bars(choice);
    if pieces.len() < 2 {
        return vec![choice.to_owned()];
    }
    let key = asked.answers.first().map_or("", String::as_str);
    let built = |text: &str| {
        let shape =
            pressed(text).chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect::<String>();
        shape.replace('-', "").replace("00", "0").replace("00", "0")
    };
    let one_is_key = pieces.iter().any(|piece| pressed(piece) == pressed(key));
    if !one_is_key && !pieces.iter().all(|piece| built(piece) == built(key)) {
        report.dispute(asked.place, "options_run_together", format!("`{choice}` seems to be several options in one"));
        return vec![choice.to_owned()];
    }
    let reason =
        if one_is_key { "one of them is the right answer" } else { "all of them are built like the right answer" };
    report.repair(asked.place, "options_run_together", choice, &pieces.join(" | "), reason);
    pieces
}

/// The pieces between bars, each formula in its fences again.
fn between_bars(choice: &str) -> Vec<String> {
    let whole_formula = choice.starts_with("$$") && choice.ends_with("$$") && choice.matches("$$").count() == 2;
    let signs: Vec<char> = choice.replace("$$", "").chars().collect();
    let edge =
        |sign: char| sign.is_ascii_digit() || sign.is_ascii_uppercase() || matches!(sign, '.' | '-' | ')' | '(' | '\\');
    let mut pieces = vec![String::new()];
    for (at, sign) in signs.iter().enumerate() {
        let sides = at.checked_sub(1).and_then(|before| Some((*signs.get(before)?, *signs.get(at + 1)?)));
        let bar = *sign == 'I'
            && sides.is_some_and(|(a, b)| {
                let after_number = a.is_ascii_digit() && b.is_ascii_lowercase();
                edge(a) && (edge(b) || after_number) && !(a.is_alphabetic() && b.is_alphabetic())
            });
        match pieces.last_mut() {
            Some(last) if !bar => last.push(*sign),
            _ => pieces.push(String::new()),
        }
    }
    let words = |piece: &str| {
        piece.split(|sign: char| !sign.is_alphabetic()).any(|word| word.chars().count() > 1) && !piece.contains('\\')
    };
    let fenced = |piece: String| if whole_formula || !words(&piece) { format!("$${piece}$$") } else { piece };
    pieces.into_iter().map(|piece| fenced(piece.trim().to_owned())).collect()
}

/// The text without fences, spaces and end mark, for telling whether two options are the same.
fn pressed(text: &str) -> String {
    let pressed: String = text.replace("$$", "").chars().filter(|sign| !sign.is_whitespace()).collect();
    pressed.trim_end_matches('.').to_owned()
}

/// `a` ... `z`, then `a1` ...
fn option_id(index: usize) -> OptionId {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => OptionId(letter.to_string()),
        round => OptionId(format!("{letter}{round}")),
    }
}

/// Options that speak of the others, or that everyone expects in one order.
fn keeps_order(text: &str) -> bool {
    let bare = bare(text);
    ["true", "false", "yes", "no", "always", "never"].contains(&bare.as_str())
        || ["noneofthe", "alloftheabove", "bothaandb", "neither"].iter().any(|words| bare.starts_with(words))
}

/// Puts options that only name something in the order of their names: `A`, `B`, `C` for pictures, `Quadrant 1` to 4, and
/// `<`, `=`, `>`. True where they are such.
fn order_by_name(texts: &mut [String]) -> bool {
    let named = |place: fn(&str) -> Option<u32>| texts.iter().all(|text| place(&pressed(text)).is_some());
    let Some(place) = [letter as fn(&str) -> Option<u32>, sign, quadrant].into_iter().find(|place| named(*place))
    else {
        return false;
    };
    texts.sort_by_key(|text| place(&pressed(text)));
    true
}

fn letter(text: &str) -> Option<u32> {
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    (text.len() == 1).then(|| letter.to_ascii_uppercase().into())
}

fn sign(text: &str) -> Option<u32> {
    match text {
        "<" | r"\lt" => Some(0),
        "=" => Some(1),
        ">" | r"\gt" => Some(2),
        _ => None,
    }
}

fn quadrant(text: &str) -> Option<u32> {
    match text.to_lowercase().strip_prefix("quadrant")? {
        "i" | "1" => Some(1),
        "ii" | "2" => Some(2),
        "iii" | "3" => Some(3),
        "iv" | "4" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn options_beside_a_formula_are_set_like_it() {
        assert_eq!(alike("-5 or 2", true), "$$-5$$ or $$2$$");
        assert_eq!(alike("x + 1", true), "$$x + 1$$");
        assert_eq!(alike("-5 or 2", false), "-5 or 2");
        assert_eq!(alike("$$-2$$ or $$-3$$", true), "$$-2$$ or $$-3$$");
        assert_eq!(alike("no solution", true), "no solution");
    }
}
