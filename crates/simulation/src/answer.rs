//! From what a student means to what they type or choose.

use crate::{Chance, student::DONT_KNOW, typing};
use curriculum::{Interaction, Lang, MisconceptionId, Option_, OptionId, Part};
use serde::{Deserialize, Serialize};

/// What a student sends, in the shape that the service takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Response {
    /// One option.
    Choice {
        /// The option chosen.
        option: OptionId,
    },
    /// Several options.
    MultipleChoice {
        /// The options chosen.
        options: Vec<OptionId>,
    },
    /// Anything typed.
    Text {
        /// As typed.
        text: String,
    },
    /// "I have not learned this yet".
    DontKnow {},
}

/// What a student means to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The right answer, in a form of their own.
    Right,
    /// A wrong one: a near miss, another option.
    Wrong,
    /// What this wrong idea gives here; a near miss where it gives nothing.
    Misled(MisconceptionId),
    /// "I have not learned this".
    DontKnow,
}

/// An answer to a part as it was presented.
pub fn answer(part: &Part, lang: &Lang, aim: &Aim, chance: &mut Chance) -> Response {
    let right = match aim {
        Aim::DontKnow => return DONT_KNOW,
        Aim::Right => true,
        Aim::Wrong | Aim::Misled(_) => false,
    };
    match &part.question.interaction {
        Interaction::Choice { options, .. } => one_option(options, right, aim, chance),
        Interaction::MultipleChoice { options, .. } => several_options(options, right, chance),
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            let text = match foreseen(part, aim) {
                Some(buggy) => Some(typing::with_unit(buggy, key, lang)),
                None if right => typing::right(key, lang, chance),
                None => typing::near_miss(key, lang, chance),
            };
            text.map_or(DONT_KNOW, |text| Response::Text { text })
        }
        Interaction::ShortText { accepted } => {
            let text = match (right, accepted.first()) {
                (true, Some(text)) => text.get(lang).to_owned(),
                _ => "not sure".to_owned(),
            };
            Response::Text { text }
        }
    }
}

/// What the wrong idea gives, as the author foresaw it.
fn foreseen<'a>(part: &'a Part, aim: &Aim) -> Option<&'a str> {
    let Aim::Misled(idea) = aim else { return None };
    part.buggy.iter().find(|buggy| buggy.misconception == *idea).map(|buggy| buggy.answer.as_str())
}

fn one_option(options: &[Option_], right: bool, aim: &Aim, chance: &mut Chance) -> Response {
    let misled = |option: &&Option_| matches!(aim, Aim::Misled(idea) if option.misconception.as_ref() == Some(idea));
    let others: Vec<&Option_> = options.iter().filter(|option| option.correct == right).collect();
    let chosen = options.iter().find(misled).or_else(|| chance.pick(&others).copied());
    chosen.map_or(DONT_KNOW, |option| Response::Choice { option: option.id.clone() })
}

fn several_options(options: &[Option_], right: bool, chance: &mut Chance) -> Response {
    let changed = if right { None } else { Some(chance.below(options.len())) };
    let chosen = options.iter().enumerate().filter(|(at, option)| option.correct != (Some(*at) == changed));
    Response::MultipleChoice { options: chosen.map(|(_, option)| option.id.clone()).collect() }
}
