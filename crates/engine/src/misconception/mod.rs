//! Misconceptions that need no author: mistakes of mathematics in general, found from the question's text, the key and
//! the answer, so that courses of other people get feedback about the very mistake too.
//!
//! `asked` reads the question; `math::mistake` has the wrong ways and says which one gives this answer. A match becomes
//! the misconception `general.<code>`, which the detectors count as they count those that authors name (one match is a
//! hint, two on different numbers a finding), and the message `general.<code>`, whose words are in the message files.
//! A wrong answer that the author foresaw keeps the author's words.

mod asked;

use crate::grading::Message;
use curriculum::{Hint, Lang, MathKey, MisconceptionId, Question};
use math::{DecimalMark, Kind, Mistake};

/// Before the code of a general misconception, in the record and in messages.
pub const PREFIX: &str = "general.";

/// The general misconception behind a wrong typed answer, if one explains it. `stem` is the situation that stands
/// before the question; it may be empty. The hints tell the way that the course goes to the answer.
pub fn explain(
    stem: &str,
    question: &Question,
    hints: &[Hint],
    key: &MathKey,
    text: &str,
    lang: &Lang,
) -> Option<Mistake> {
    let expected = math::read(key.accepted.first()?, key.kind, DecimalMark::Point).ok()?;
    let mark = lang.decimal_mark();
    let given = math::read(text, key.kind, mark).or_else(|_| math::read(text, Kind::Equation, mark)).ok()?;
    let asked = asked::asked(stem, question.prompt.get(lang), lang);
    math::mistake(&asked::with_hints(asked, hints, lang), &expected, &given)
}

/// The name under which the record and the detectors know it.
pub fn id(mistake: Mistake) -> MisconceptionId {
    MisconceptionId(format!("{PREFIX}{}", mistake.code()))
}

/// The sentence for the student, by code.
pub fn message(mistake: Mistake) -> Message {
    Message { code: format!("{PREFIX}{}", mistake.code()), args: Default::default() }
}
