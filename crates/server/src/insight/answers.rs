//! A student's answers, newest first, each with the question as that student saw it.

use super::http::AnswersWanted;
use crate::{
    app::{Answer, App, ClassStudent, Problem},
    learning::{Said, StoredBody, answer_html, judgement_for_teacher, shown_by_id},
};
use curriculum::PartId;
use engine::{
    detect::HelpForm,
    grading::Response,
    record::{Answered, Body},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const PAGE: usize = 20;
/// Events looked at for one page, so that a rare filter cannot read a whole year.
const READ_MAX: usize = 1_000;
/// How far before an answer its help is looked for, and how many events are read at once.
const HELP_BEFORE: i64 = 60;
const HELP_READ: i64 = 500;

/// One page.
pub async fn page(app: &App, of: &ClassStudent, wanted: &AnswersWanted) -> Answer<Value> {
    let (tenant, student) = (of.teacher.signed.tenant(), of.id());
    let (mut found, mut read, mut before, mut more) = (Vec::new(), 0, wanted.before.unwrap_or(i64::MAX), true);
    while found.len() < PAGE && read < READ_MAX && more {
        let from = before;
        let rows = app
            .store
            .read(move |tx| Box::pin(async move { tx.newest_events(tenant, student, "answered", from, 100).await }))
            .await?;
        more = rows.len() == 100;
        for row in rows {
            read += 1;
            before = row.position;
            if let Body::Answered(answered) = StoredBody::read(&row)?
                && matches(&answered, wanted)
            {
                found.push((row, answered));
                if found.len() == PAGE {
                    more = true;
                    break;
                }
            }
        }
    }
    let help = help_used(app, of, &found).await?;
    let mut answers = Vec::with_capacity(found.len());
    for (row, answered) in found {
        answers.push(seen(app, of, &row, &answered, &help).await?);
    }
    Ok(json!({ "answers": answers, "next_before": more.then_some(before) }))
}

fn matches(answered: &Answered, wanted: &AnswersWanted) -> bool {
    let skill = wanted.skill.as_ref();
    (!wanted.wrong_only || (answered.judgement.verdict.counts() && !answered.judgement.verdict.is_right()))
        && skill.is_none_or(|skill| answered.skills.contains(skill))
        && wanted.idea.as_ref().is_none_or(|idea| answered.judgement.misconception.as_ref() == Some(idea))
}

/// Help with one part of a question: where in the record it was given.
#[derive(Default)]
struct Help {
    /// Hints and the solution, each when it was opened.
    hints: Vec<i64>,
    /// A worked example of one like it was shown.
    examples: Vec<i64>,
}

/// Help by presentation and part, among the student's newest.
async fn help_used(
    app: &App,
    of: &ClassStudent,
    found: &[(store::Event, Answered)],
) -> Answer<BTreeMap<(Uuid, PartId), Help>> {
    let mut used: BTreeMap<(Uuid, PartId), Help> = BTreeMap::new();
    let (Some((newest, _)), Some((oldest, _))) = (found.first(), found.last()) else { return Ok(used) };
    let (tenant, student, before, back_to) = (of.teacher.signed.tenant(), of.id(), newest.position, oldest.position);
    let kinds = ["hint_opened", "solution_opened", "answered", "detour_declined"];
    // Filtered, one page may span a year. Hints of the oldest answer's question may lie a little before it.
    let (mut rows, mut before) = (Vec::new(), before);
    while before > back_to - HELP_BEFORE {
        let from = before;
        let next = app
            .store
            .read(move |tx| {
                Box::pin(async move { tx.newest_events_of_kinds(tenant, student, kinds, from, HELP_READ).await })
            })
            .await?;
        let Some(last) = next.last() else { break };
        before = last.position;
        rows.extend(next);
    }
    for row in rows.iter().filter(|row| row.position > back_to - HELP_BEFORE) {
        match StoredBody::read(row)? {
            Body::HintOpened(opened) => {
                used.entry((opened.presentation, opened.part)).or_default().hints.push(row.position);
            }
            Body::SolutionOpened(opened) => {
                used.entry((opened.presentation, opened.part)).or_default().hints.push(row.position);
            }
            Body::Answered(answered) if said(row)?.help == Some(HelpForm::Example) => {
                used.entry((answered.presentation, answered.part)).or_default().examples.push(row.position);
            }
            // In place of the side path comes the example.
            Body::DetourDeclined(declined) if said(row)?.help == Some(HelpForm::Example) => {
                used.entry((declined.presentation, declined.part)).or_default().examples.push(row.position);
            }
            _ => {}
        }
    }
    Ok(used)
}

async fn seen(
    app: &App,
    of: &ClassStudent,
    row: &store::Event,
    answered: &Answered,
    help: &BTreeMap<(Uuid, PartId), Help>,
) -> Result<Value, Problem> {
    let tenant = of.teacher.signed.tenant();
    let shown = shown_by_id(app, tenant, of.id(), answered.presentation).await?;
    let course = app.library.published(app, tenant, answered.course.as_str()).await?;
    let part = shown.keyed.part(&answered.part);
    let before = |positions: &[i64]| positions.iter().filter(|at| **at < row.position).count();
    let (hints, examples) = help
        .get(&(answered.presentation, answered.part.clone()))
        .map_or((0, 0), |help| (before(&help.hints), before(&help.examples)));
    let (judgement, response) = (&answered.judgement, &answered.response);
    Ok(json!({
        "position": row.position,
        "at": row.effective_at,
        "item": shown.keyed.public(),
        "part": answered.part,
        "response": answered.response,
        "response_html": part.map(|part| response_html(part, &answered.response, &shown.keyed.lang)),
        "judgement": judgement_for_teacher(judgement, response, &shown, &answered.part, course.as_deref()),
        "hints_used": hints,
        "example_seen": examples > 0,
        "then": said(row)?.help,
        "elapsed_ms": answered.elapsed_ms,
        "unaided": hints + examples == 0,
        "purpose": answered.purpose,
        "key_html": part.map(|part| answer_html(&part.question.interaction, &shown.keyed.lang)),
    }))
}

fn said(row: &store::Event) -> Answer<Said> {
    Said::read(row).map_err(Problem::failure)
}

/// The response as the student saw it: options in words, typed answers as typed.
fn response_html(part: &curriculum::KeyedPart, response: &Response, lang: &curriculum::Lang) -> String {
    use curriculum::Interaction::{Choice, MultipleChoice};
    let words = |id: &curriculum::OptionId| match &part.question.interaction {
        Choice { options, .. } | MultipleChoice { options, .. } => options
            .iter()
            .find(|option| option.id == *id)
            .map(|option| option.text.html_inline(lang))
            .unwrap_or_default(),
        _ => String::new(),
    };
    match response {
        Response::Choice { option } => words(option),
        Response::MultipleChoice { options } => options.iter().map(words).collect::<Vec<_>>().join(", "),
        Response::Text { text } => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        Response::DontKnow {} => String::new(),
    }
}
