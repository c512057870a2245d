//! Judging a response: `grade(keyed item, part, response) -> Judgement`, pure, so that it is the same wherever it runs.
//!
//! One file an interaction kind (`choice`, `multiple_choice`, `numeric`, `expression`, `equation`, `short_text`); what
//! the three mathematical ones share is in `key`. Judging never panics and never guesses: what cannot be read is no
//! attempt, and a message says why by code.

mod choice;
mod equation;
mod expression;
mod key;
mod multiple_choice;
mod numeric;
mod response;
mod short_text;

pub use response::{Judgement, Message, Response, Verdict};

use crate::misconception;
use curriculum::{BuggyAnswer, Hint, Interaction, KeyedItem, Lang, PartId, Question, markup};

/// Version of the judging rules; stored beside every judgement, so that a replay never grades again.
pub const GRADER_VERSION: &str = "3";

/// Longer answers are not read, in characters.
const TEXT_CHARS_MAX: usize = 2_000;

/// Judges a response to one part of a presented item. `None`: the item has no such part.
pub fn grade(keyed: &KeyedItem, part: &PartId, response: &Response) -> Option<Judgement> {
    let part = keyed.part(part)?;
    let stem = keyed.item.stem.get(&keyed.lang);
    let shown = shown_formulas(stem, &part.question, &keyed.lang);
    let judgement = against_key(&part.question, &shown, &part.buggy, response, &keyed.lang);
    Some(explained(judgement, stem, &part.question, &part.hints, response, &keyed.lang))
}

/// Judges a response to a question that stands alone: a scaffold's (which foresees no wrong answers).
pub fn grade_question(question: &Question, buggy: &[BuggyAnswer], response: &Response, lang: &Lang) -> Judgement {
    let shown = shown_formulas("", question, lang);
    explained(against_key(question, &shown, buggy, response, lang), "", question, &[], response, lang)
}

/// The formulas that a student sees: of the item's stem and of the question, and numbers in percent from its words.
pub fn shown_formulas(stem: &str, question: &Question, lang: &Lang) -> Vec<String> {
    let texts = [stem, question.prompt.get(lang)];
    let mut shown: Vec<String> = texts.iter().flat_map(|text| markup::formulas(text)).collect();
    for text in texts {
        let percents = markup::outside_formulas(text);
        shown.extend(percents.split_whitespace().filter(|word| word.ends_with('%')).map(str::to_owned));
    }
    shown
}

/// The judgement that key and author give: right or wrong, form, unit, and the mistakes that the author foresaw. What
/// the question shows is no answer to it. A browser needs no more before the server has spoken; mistakes in general
/// take twice the code.
pub fn against_key(
    question: &Question,
    shown: &[String],
    buggy: &[BuggyAnswer],
    response: &Response,
    lang: &Lang,
) -> Judgement {
    let judgement = match (&question.interaction, response) {
        (_, Response::DontKnow {}) => Judgement::plain(Verdict::DontKnow),
        (Interaction::Choice { options, .. }, Response::Choice { option }) => choice::judge(options, option),
        (Interaction::MultipleChoice { options, .. }, Response::MultipleChoice { options: chosen }) => {
            multiple_choice::judge(options, chosen)
        }
        (_, Response::Text { text }) if text.chars().nth(TEXT_CHARS_MAX).is_some() => {
            Judgement::unreadable("too_long", Some(TEXT_CHARS_MAX))
        }
        (Interaction::Numeric(key), Response::Text { text }) => numeric::judge(key, shown, text, lang),
        (Interaction::Expression(key), Response::Text { text }) => expression::judge(key, shown, text, lang),
        (Interaction::Equation(key), Response::Text { text }) => equation::judge(key, shown, text, lang),
        (Interaction::ShortText { accepted }, Response::Text { text }) => short_text::judge(accepted, text),
        _ => Judgement::unreadable("other_kind", None),
    };
    if judgement.verdict != Verdict::Wrong || judgement.misconception.is_some() {
        return judgement;
    }
    let misconception = foreseen(question, buggy, response, lang).map(|buggy| buggy.misconception.clone());
    Judgement { misconception, ..judgement }
}

/// The same with the general mistake that gives this very answer, where nobody foresaw it.
fn explained(
    judgement: Judgement,
    stem: &str,
    question: &Question,
    hints: &[Hint],
    response: &Response,
    lang: &Lang,
) -> Judgement {
    let Response::Text { text } = response else { return judgement };
    if judgement.verdict != Verdict::Wrong || judgement.misconception.is_some() {
        return judgement;
    }
    match general(stem, question, hints, text, lang) {
        Some(mistake) => Judgement {
            misconception: Some(misconception::id(mistake)),
            message: Some(misconception::message(mistake)),
            ..judgement
        },
        None => judgement,
    }
}

/// The general mistake that gives this very answer, where nobody foresaw it.
fn general(stem: &str, question: &Question, hints: &[Hint], text: &str, lang: &Lang) -> Option<math::Mistake> {
    match &question.interaction {
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            misconception::explain(stem, question, hints, key, text, lang)
        }
        Interaction::Choice { .. } | Interaction::MultipleChoice { .. } | Interaction::ShortText { .. } => None,
    }
}

/// The wrong answer that the author foresaw and that this response gives; its words are about this very one.
pub fn foreseen<'a>(
    question: &Question,
    buggy: &'a [BuggyAnswer],
    response: &Response,
    lang: &Lang,
) -> Option<&'a BuggyAnswer> {
    let Response::Text { text } = response else { return None };
    let gives = |answer: &str| match &question.interaction {
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            key::means(text, answer, key.kind, lang)
        }
        Interaction::ShortText { .. } => short_text::plain(text) == short_text::plain(answer),
        Interaction::Choice { .. } | Interaction::MultipleChoice { .. } => false,
    };
    buggy.iter().find(|buggy| gives(&buggy.answer))
}

impl Judgement {
    /// A verdict without anything to add.
    fn plain(verdict: Verdict) -> Self {
        let score = if verdict.is_right() { 1.0 } else { 0.0 };
        Self { verdict, score, message: None, misconception: None }
    }

    /// Right or wrong, nothing between.
    fn of(right: bool) -> Self {
        Self::plain(if right { Verdict::Right } else { Verdict::Wrong })
    }

    /// A verdict with something to say.
    fn saying(verdict: Verdict, code: String) -> Self {
        Self { message: Some(Message { code, args: Default::default() }), ..Self::plain(verdict) }
    }

    /// Not an attempt; `at` counts characters from 0.
    fn unreadable(reason: &str, at: Option<usize>) -> Self {
        let judgement = Self::saying(Verdict::Unreadable, format!("unreadable.{reason}"));
        match at {
            Some(at) => judgement.with("at", &at.to_string()),
            None => judgement,
        }
    }

    /// The same with one of its message's places filled.
    fn with(mut self, name: &str, value: &str) -> Self {
        if let Some(message) = &mut self.message {
            message.args.insert(name.to_owned(), value.to_owned());
        }
        self
    }
}
