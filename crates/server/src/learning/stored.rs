//! What is stored of a student, read and written: rows, and the states and events in them.

use super::record::Setting;
use crate::app::Problem;
use curriculum::{CourseId, SkillId};
use engine::record::{self as folding, Body, HeadState, SkillState};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use store::{EventOrder, HeadLine, StudentId, TenantId, Tx};

/// Events a page when a record is read again.
pub(super) const PAGE: i64 = 500;

/// Skills by course.
pub type SkillStates = BTreeMap<(CourseId, SkillId), SkillState>;

/// All skills of a student in a course.
pub async fn load_skills(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
    course: &CourseId,
) -> Result<SkillStates, Problem> {
    let rows = tx.skill_states(tenant, student, course.as_str()).await?;
    states_of(course, rows.into_iter().map(|row| (row.skill_id, row.state)))
}

/// Some skills of a student in a course; those without a row are absent.
pub async fn load_some_skills(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
    course: &CourseId,
    skills: &[SkillId],
) -> Result<SkillStates, Problem> {
    let rows = tx.some_skill_states(tenant, student, course.as_str(), &names(skills)).await?;
    states_of(course, rows.into_iter().map(|row| (row.skill_id, row.state)))
}

/// Where a student's stream stands, and some skills in a course; none before the first event.
pub async fn load_line_and_skills(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
    course: &CourseId,
    skills: &[SkillId],
) -> Result<(Option<HeadLine>, SkillStates), Problem> {
    match tx.head_and_skills(tenant, student, course.as_str(), &names(skills)).await? {
        Some((line, rows)) => Ok((Some(line), states_of(course, rows)?)),
        None => Ok((None, SkillStates::new())),
    }
}

pub(super) fn names(skills: &[SkillId]) -> Vec<&str> {
    skills.iter().map(SkillId::as_str).collect()
}

pub(super) fn states_of(
    course: &CourseId,
    rows: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<SkillStates, Problem> {
    rows.into_iter().map(|(skill, state)| Ok(((course.clone(), SkillId(skill)), read_state(&state)?))).collect()
}

/// A student's head and its position; the empty head before the first event.
pub async fn load_head(tx: &mut Tx<'_>, tenant: TenantId, student: StudentId) -> Result<(HeadState, i64), Problem> {
    match tx.student_head(tenant, student).await? {
        Some(row) => Ok((read_state(&row.state)?, row.position)),
        None => Ok((HeadState::default(), 0)),
    }
}

pub(super) fn skill_row(
    setting: &Setting,
    course: &CourseId,
    skill: &SkillId,
    state: &SkillState,
) -> Result<store::SkillState, Problem> {
    let shown = engine::mastery::state_of(state);
    Ok(store::SkillState {
        student_id: setting.student,
        course_id: course.0.clone(),
        skill_id: skill.0.clone(),
        level_step: i64::from(shown.step),
        ready_at: state.ready.as_ref().map(|latched| latched.at),
        lasting_at: state.lasting.as_ref().map(|latched| latched.at),
        placed: state.is_placed_known(),
        answers: i64::from(state.answers),
        last_at: state.last_at.unwrap_or(0),
        state: serde_json::to_vec(state).map_err(Problem::failure)?,
    })
}

/// A student's whole record in the order in which things happened.
pub async fn events_in_order(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
) -> Result<Vec<store::Event>, Problem> {
    events_after(tx, tenant, student, EventOrder::before(i64::MIN)).await
}

pub(super) async fn events_after(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
    mut after: EventOrder,
) -> Result<Vec<store::Event>, Problem> {
    let mut all: Vec<store::Event> = Vec::new();
    loop {
        let page = tx.events_in_order(tenant, student, &after, PAGE).await?;
        let full = page.len() == PAGE as usize;
        all.extend(page);
        match all.last() {
            Some(last) if full => after = last.order(),
            _ => return Ok(all),
        }
    }
}

/// The body of a stored event: the client's part and the server's part as one object, brought up to today's shape.
pub struct StoredBody;

impl StoredBody {
    /// Reads it.
    pub fn read(event: &store::Event) -> Result<Body, Problem> {
        let mut merged: Map<String, Value> = serde_json::from_slice(&event.client).map_err(Problem::failure)?;
        let server: Map<String, Value> = serde_json::from_slice(&event.server).map_err(Problem::failure)?;
        merged.extend(server);
        merged.insert("kind".to_owned(), Value::String(event.kind.clone()));
        let schema = u32::try_from(event.schema).map_err(Problem::failure)?;
        folding::read_body(schema, Value::Object(merged)).map_err(Problem::failure)
    }
}

/// A stored event as the fold takes it.
pub fn event_of(event: &store::Event) -> Result<folding::Event, Problem> {
    Ok(folding::Event {
        id: event.id,
        effective_at: event.effective_at,
        school_day: event.school_day.clone(),
        actor: serde_json::from_str(&event.actor).map_err(Problem::failure)?,
        body: StoredBody::read(event)?,
    })
}

/// RFC 8785: the same content always gives the same bytes.
pub(super) fn canonical(part: &Map<String, Value>) -> Result<Vec<u8>, Problem> {
    serde_json_canonicalizer::to_vec(part).map_err(Problem::failure)
}

/// Reads a stored state; nothing stored is the default.
pub fn read_state<T: Default + serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if bytes.is_empty() { Ok(T::default()) } else { serde_json::from_slice(bytes).map_err(Problem::failure) }
}
