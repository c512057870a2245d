//! From what a student's browser sends to an event: which presentation it is about, and how it is judged.
//!
//! A browser sends a response, never a result: unknown members are refused by name.

use super::{
    detours::offered,
    present::{Shown, shown},
    record::Incoming,
};
use crate::app::{App, Problem, body};
use curriculum::{HintBody, HintId, PartId};
use engine::{
    detect::HelpForm,
    detour::DetourDeclined,
    grading::{GRADER_VERSION, Response, grade, grade_question},
    record::{Answered, Author, Body, HelpDeclined, HintOpened, ScaffoldAnswered, SolutionOpened},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::sync::Arc;
use store::{StudentId, TenantId};
use uuid::Uuid;

/// An event as a browser sends it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientEvent {
    pub id: Uuid,
    pub kind: String,
    pub schema: i64,
    pub device: String,
    pub device_seq: i64,
    pub claimed_at: i64,
    pub body: Map<String, Value>,
}

/// The kinds that a student's browser may send.
const KINDS: [&str; 6] =
    ["answered", "scaffold_answered", "hint_opened", "solution_opened", "help_declined", "detour_declined"];
/// The newest shape of each kind that this server reads.
const SCHEMA: i64 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnsweredSent {
    presentation: Uuid,
    part: PartId,
    response: Response,
    #[serde(default)]
    elapsed_ms: i64,
    #[serde(default)]
    listened: bool,
    #[serde(default)]
    supports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaffoldSent {
    presentation: Uuid,
    part: PartId,
    hint: HintId,
    response: Response,
    #[serde(default)]
    elapsed_ms: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HintSent {
    presentation: Uuid,
    part: PartId,
    hint: HintId,
    #[serde(default)]
    since_last_ms: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SolutionSent {
    presentation: Uuid,
    part: PartId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclinedSent {
    presentation: Uuid,
    part: PartId,
    help: HelpForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DetourDeclinedSent {
    presentation: Uuid,
    part: PartId,
    detour: Uuid,
}

/// What was judged, ready for the record, with the presentation it is about.
pub struct Judged {
    pub incoming: Incoming,
    pub shown: Arc<Shown>,
    pub part: PartId,
}

/// Reads and judges one event of a student.
pub async fn judge(
    app: &App,
    tenant: TenantId,
    student: StudentId,
    event: &ClientEvent,
    sent_at: Option<i64>,
) -> Result<Judged, Problem> {
    envelope(event)?;
    let (presentation, part) = subject(event)?;
    let shown = shown(app, tenant, student, presentation).await?;
    if shown.keyed.part(&part).is_none() {
        return Err(Problem::field("body.part", "unknown_part", "The question has no such part."));
    }
    let body = match event.kind.as_str() {
        "detour_declined" => detour_declined(app, tenant, student, event).await?,
        _ => body_of(event, &shown)?,
    };
    let Value::Object(mut server) = serde_json::to_value(&body).map_err(Problem::failure)? else {
        return Err(Problem::failure("an event's body is an object"));
    };
    // What the client said stays in its own part; the server's part holds the rest.
    server.retain(|name, _| name != "kind" && !event.body.contains_key(name));
    let incoming = Incoming {
        id: event.id,
        schema: event.schema,
        actor: Author::Student(student.0),
        device: event.device.clone(),
        device_seq: event.device_seq,
        claimed_at: event.claimed_at,
        sent_at,
        client: event.body.clone(),
        server,
        asked: Some(shown.asked(&part)),
        body,
    };
    Ok(Judged { incoming, shown, part })
}

fn envelope(event: &ClientEvent) -> Result<(), Problem> {
    if !KINDS.contains(&event.kind.as_str()) {
        return Err(Problem::field("kind", "unknown_kind", "A browser does not send events of this kind."));
    }
    if !(1..=SCHEMA).contains(&event.schema) {
        return Err(Problem::field("schema", "unknown_schema", "This server reads version 1."));
    }
    body::line("device", &event.device, 64)?;
    if event.device == "server" {
        return Err(Problem::field("device", "wrong_value", "That name is the server's own."));
    }
    if event.device_seq < 0 {
        return Err(Problem::field("device_seq", "wrong_value", "Counts from 0."));
    }
    if !super::rules::is_instant(event.claimed_at) {
        return Err(Problem::field("claimed_at", "wrong_value", "Milliseconds since 1970, before 2100."));
    }
    Ok(())
}

fn subject(event: &ClientEvent) -> Result<(Uuid, PartId), Problem> {
    #[derive(Deserialize)]
    struct Subject {
        presentation: Uuid,
        part: PartId,
    }
    let subject: Subject = parse(&event.body)?;
    Ok((subject.presentation, subject.part))
}

fn parse<T: DeserializeOwned>(sent: &Map<String, Value>) -> Result<T, Problem> {
    serde_path_to_error::deserialize(Value::Object(sent.clone())).map_err(|error| {
        let path = error.path().to_string();
        let words = error.into_inner().to_string();
        let field = body::field_at(&path, &words).map_or_else(|| "body".to_owned(), |field| format!("body.{field}"));
        Problem::field(field, "wrong_value", words)
    })
}

fn body_of(event: &ClientEvent, shown: &Shown) -> Result<Body, Problem> {
    let (course, item) = (shown.course.clone(), shown.keyed.item.id.clone());
    let skills_of = |part: &PartId| shown.keyed.part(part).map(|part| part.skills.clone()).unwrap_or_default();
    match event.kind.as_str() {
        "answered" => answered(event, shown),
        "scaffold_answered" => {
            let sent: ScaffoldSent = parse(&event.body)?;
            let hint = find_hint(shown, &sent.part, &sent.hint)?;
            let HintBody::Ask { question, .. } = &hint.body else {
                return Err(Problem::field("body.hint", "unknown_hint", "This hint asks nothing."));
            };
            let judgement = grade_question(question, &[], &sent.response, &shown.keyed.lang);
            Ok(Body::ScaffoldAnswered(ScaffoldAnswered {
                presentation: sent.presentation,
                course,
                item,
                skills: skills_of(&sent.part),
                part: sent.part,
                hint: sent.hint,
                response: sent.response,
                judgement,
                grader_version: GRADER_VERSION.to_owned(),
                elapsed_ms: sent.elapsed_ms.clamp(0, DAY_MS),
            }))
        }
        "hint_opened" => {
            let sent: HintSent = parse(&event.body)?;
            if shown.is_pre_test() {
                return Err(Problem::field("kind", "no_help_here", "A pre-test question has no hints."));
            }
            let bottom_out = find_hint(shown, &sent.part, &sent.hint)?.bottom_out;
            Ok(Body::HintOpened(HintOpened {
                presentation: sent.presentation,
                course,
                item,
                skills: skills_of(&sent.part),
                part: sent.part,
                hint: sent.hint,
                bottom_out,
                since_last_ms: sent.since_last_ms.clamp(0, DAY_MS),
            }))
        }
        "solution_opened" => {
            let sent: SolutionSent = parse(&event.body)?;
            if shown.is_pre_test() {
                return Err(Problem::field("kind", "no_help_here", "A pre-test question has no solution to show."));
            }
            Ok(Body::SolutionOpened(SolutionOpened {
                presentation: sent.presentation,
                course,
                item,
                skills: skills_of(&sent.part),
                part: sent.part,
            }))
        }
        _ => {
            let sent: DeclinedSent = parse(&event.body)?;
            Ok(Body::HelpDeclined(HelpDeclined { presentation: sent.presentation, part: sent.part, form: sent.help }))
        }
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn answered(event: &ClientEvent, shown: &Shown) -> Result<Body, Problem> {
    let sent: AnsweredSent = parse(&event.body)?;
    if let Response::Text { text } = &sent.response
        && text.chars().count() > 4_000
    {
        return Err(Problem::field("body.response.text", "too_long", "At most 4,000 characters."));
    }
    if sent.supports.len() > 16 || sent.supports.iter().any(|support| support.len() > 40) {
        return Err(Problem::field("body.supports", "too_long", "At most 16 short names."));
    }
    let part = shown.keyed.part(&sent.part).ok_or_else(|| Problem::missing("part"))?;
    let judgement = grade(&shown.keyed, &sent.part, &sent.response).ok_or_else(|| Problem::missing("part"))?;
    Ok(Body::Answered(Answered {
        presentation: sent.presentation,
        course: shown.course.clone(),
        item: shown.keyed.item.id.clone(),
        item_hash: shown.keyed.hash.clone(),
        seed: shown.seed_of_record(),
        part: sent.part,
        skills: part.skills.clone(),
        lesson: shown.place.lesson.clone(),
        purpose: shown.purpose,
        mixed_set: shown.place.mixed_set,
        response: sent.response,
        judgement,
        grader_version: GRADER_VERSION.to_owned(),
        elapsed_ms: sent.elapsed_ms.clamp(0, DAY_MS),
        options_shown: shown.options_shown(part),
        pool: shown.keyed.item.pool,
        lang: shown.keyed.lang.clone(),
        listened: sent.listened,
        supports: sent.supports,
        detour: shown.place.detour.as_ref().map(|on_detour| on_detour.detour),
    }))
}

async fn detour_declined(
    app: &App,
    tenant: TenantId,
    student: StudentId,
    event: &ClientEvent,
) -> Result<Body, Problem> {
    let sent: DetourDeclinedSent = parse(&event.body)?;
    let offered = offered(app, tenant, student, sent.detour).await?;
    let offered = offered
        .filter(|offered| offered.presentation == sent.presentation && offered.part == sent.part)
        .ok_or_else(|| Problem::field("body.detour", "unknown_detour", "No such detour was offered here."))?;
    Ok(Body::DetourDeclined(DetourDeclined {
        presentation: sent.presentation,
        part: sent.part,
        detour: sent.detour,
        course: offered.course,
        skill: offered.skill,
    }))
}

/// A hint of a part, also one inside a scaffold.
pub fn find_hint<'a>(shown: &'a Shown, part: &PartId, hint: &HintId) -> Result<&'a curriculum::Hint, Problem> {
    let part = shown.keyed.part(part).ok_or_else(|| Problem::missing("part"))?;
    let inner = part.hints.iter().flat_map(|hint| match &hint.body {
        HintBody::Ask { hints, .. } => hints.as_slice(),
        HintBody::Tell { .. } => &[],
    });
    part.hints
        .iter()
        .chain(inner)
        .find(|candidate| candidate.id == *hint)
        .ok_or_else(|| Problem::field("body.hint", "unknown_hint", "This part has no such hint."))
}
