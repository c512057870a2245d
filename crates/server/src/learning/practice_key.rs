//! The key of a practice question, for the browser's own engine: an answer is shown as right or not at once, also
//! where the connection is slow or gone. Practice questions are never asked in a check or a pre-test, which keep
//! their keys; and the server judges every answer itself.

use super::{
    present::{Shown, shown},
    student::Learner,
};
use crate::app::{Answer, App, Problem};
use curriculum::{BuggyAnswer, Lang, PartId, Pool, Question};
use engine::{grading::shown_formulas, record::Purpose};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What judging a presented item takes.
#[derive(Serialize)]
pub struct PracticeKey {
    lang: Lang,
    parts: BTreeMap<PartId, PartKey>,
}

#[derive(Serialize)]
struct PartKey {
    question: Question,
    /// The formulas that the student sees.
    shown: Vec<String>,
    buggy: Vec<BuggyAnswer>,
}

/// Only practice carries its key, and only of items that are for nothing but practice.
pub fn carries_key(shown: &Shown) -> bool {
    shown.purpose == Purpose::Practice && shown.keyed.item.pool == Pool::Practice
}

/// The key of one of this student's presentations; any other question is as missing as one that never was.
pub async fn practice_key(app: &App, learner: &Learner, presentation: Uuid) -> Answer<PracticeKey> {
    let shown = shown(app, learner.tenant, learner.id, presentation).await?;
    if !carries_key(&shown) {
        return Err(Problem::missing("presentation"));
    }
    let item = &shown.keyed.item;
    let parts = item.parts.iter().map(|part| {
        let (stem, lang) = (item.stem.get(&shown.keyed.lang), &shown.keyed.lang);
        let key = PartKey {
            shown: shown_formulas(stem, &part.question, lang),
            question: part.question.clone(),
            buggy: part.buggy.clone(),
        };
        (part.id.clone(), key)
    });
    Ok(PracticeKey { parts: parts.collect(), lang: shown.keyed.lang.clone() })
}
