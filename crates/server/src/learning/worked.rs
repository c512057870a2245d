//! What a student worked on lately, run by run, as a teacher reads it.

use super::{present::Place, stored::StoredBody, work::title_of};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::{Lang, PartId};
use engine::{next_activity::Work, record::Body};
use std::collections::BTreeMap;
use store::{StudentId, TenantId};
use uuid::Uuid;

/// Questions that are looked at: those of a week or two.
const QUESTIONS: i64 = 200;
/// Events in which the answers to those questions are looked for.
const EVENTS: i64 = 1200;

/// A run, finished or left.
pub struct RunWorked {
    /// Its last answer.
    pub at: i64,
    /// Empty for a mixed set, which the screen names.
    pub title: String,
    /// Questions that were answered.
    pub questions: usize,
    /// Those right at the first try in each part, without help.
    pub right: usize,
}

/// One question: its last answer, and by part whether it was right at once and alone.
#[derive(Default)]
struct Question {
    at: i64,
    parts: BTreeMap<PartId, bool>,
}

/// The runs among the student's latest questions, newest first.
pub async fn runs_worked(
    app: &App,
    (tenant, student): (TenantId, StudentId),
    published: &Published,
    lang: &Lang,
) -> Answer<Vec<RunWorked>> {
    let kinds = ["answered", "hint_opened", "solution_opened", "answered"];
    let (rows, events) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let rows = tx.presentations(tenant, student, i64::MAX, QUESTIONS).await?;
                let events = tx.newest_events_of_kinds(tenant, student, kinds, i64::MAX, EVENTS).await?;
                Ok::<_, Problem>((rows, events))
            })
        })
        .await?;
    let mut questions: BTreeMap<Uuid, Question> = BTreeMap::new();
    for row in events.iter().rev() {
        let (presentation, part, right) = match StoredBody::read(row)? {
            Body::Answered(answered) if answered.judgement.verdict.counts() => {
                questions.entry(answered.presentation).or_default().at = row.effective_at;
                (answered.presentation, answered.part, answered.judgement.verdict.is_right())
            }
            Body::HintOpened(opened) => (opened.presentation, opened.part, false),
            Body::SolutionOpened(opened) => (opened.presentation, opened.part, false),
            _ => continue,
        };
        // What came first on a part tells whether it was right at once.
        questions.entry(presentation).or_default().parts.entry(part).or_insert(right);
    }
    let mut runs: Vec<(Uuid, RunWorked)> = Vec::new();
    for row in rows.iter().filter(|row| row.course_id == published.course.id.0) {
        let place: Place = serde_json::from_slice(&row.body).map_err(Problem::failure)?;
        let Some(question) = questions.get(&row.id).filter(|question| question.at > 0) else { continue };
        if place.detour.is_some() || matches!(place.work, Work::Placement {}) {
            continue;
        }
        if !runs.iter().any(|(run, _)| *run == place.run) {
            let title = title_of(&place.work, published, lang);
            runs.push((place.run, RunWorked { at: question.at, title, questions: 0, right: 0 }));
        }
        if let Some((_, run)) = runs.iter_mut().find(|(run, _)| *run == place.run) {
            run.at = run.at.max(question.at);
            run.questions += 1;
            run.right += usize::from(question.parts.values().all(|right| *right));
        }
    }
    // Of the oldest one there may be questions beyond those that were read.
    if i64::try_from(rows.len()) == Ok(QUESTIONS) {
        runs.pop();
    }
    Ok(runs.into_iter().map(|(_, run)| run).collect())
}
