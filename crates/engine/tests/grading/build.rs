//! Small questions, and judgements as one line.

use curriculum::{
    BuggyAnswer, Interaction, KeyKind, Lang, MathKey, MisconceptionId, Option_, OptionId, Question, Text, UnitRule,
};
use engine::grading::{Judgement, Response, grade_question};

/// A key without form, tolerance or unit.
pub fn key(accepted: &[&str], kind: KeyKind) -> MathKey {
    let accepted = accepted.iter().map(|answer| (*answer).to_owned()).collect();
    MathKey { accepted, kind, form: None, tolerance: None, unit: None }
}

/// The same with a form.
pub fn formed(accepted: &str, kind: KeyKind, form: &str) -> MathKey {
    MathKey { form: Some(form.to_owned()), ..key(&[accepted], kind) }
}

/// A number with a unit.
pub fn measured(accepted: &str, unit: &str, required: bool) -> MathKey {
    let unit = UnitRule { shown: Text::en(unit), required, accepted: vec!["c".into()] };
    MathKey { unit: Some(unit), ..key(&[accepted], KeyKind::Number) }
}

pub fn question(interaction: Interaction) -> Question {
    Question { prompt: Text::default(), interaction }
}

/// The interaction that a key of this kind belongs to.
pub fn asking(key: MathKey) -> Question {
    question(match key.kind {
        KeyKind::Number => Interaction::Numeric(key),
        KeyKind::Equation | KeyKind::Inequality => Interaction::Equation(key),
        _ => Interaction::Expression(key),
    })
}

/// Options `a`, `b`, ... of which those named are right; the second wrong one has a misconception.
pub fn options(count: u8, right: &str) -> Vec<Option_> {
    let ids = (0..count).map(|at| char::from(b'a' + at).to_string());
    let options = ids.map(|id| Option_ {
        correct: right.contains(&id),
        misconception: (id == "b" && !right.contains('b')).then(|| MisconceptionId::from("adds")),
        text: Text::en(id.clone()),
        id: OptionId(id),
    });
    options.collect()
}

pub fn buggy(answer: &str, misconception: &str) -> BuggyAnswer {
    BuggyAnswer { misconception: misconception.into(), answer: answer.to_owned(), feedback: Text::default() }
}

pub fn text(text: &str) -> Response {
    Response::Text { text: text.to_owned() }
}

/// What is judged of a text, with nothing foreseen, in English.
pub fn judged(question: &Question, given: &str) -> String {
    line(&grade_question(question, &[], &text(given), &Lang::en()))
}

/// A judgement as one line: verdict, score where it is between, message, misconception.
pub fn line(judgement: &Judgement) -> String {
    let mut line = format!("{:?}", judgement.verdict);
    if judgement.score > 0.0 && judgement.score < 1.0 {
        line.push_str(&format!(" {:.2}", judgement.score));
    }
    if let Some(message) = &judgement.message {
        line.push_str(&format!(" {}", message.code));
        for (name, value) in &message.args {
            line.push_str(&format!(" {name}={value}"));
        }
    }
    if let Some(misconception) = &judgement.misconception {
        line.push_str(&format!(" <{misconception}>"));
    }
    line
}
