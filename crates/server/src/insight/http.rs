//! Reading a class and a student. Every look at a student's record is noted in the audit log.

use super::{answers, story};
use crate::{
    app::{Answer, ClassStudent, ClassTeacher, Json, Path, Problem, Query, Shared, access::audit, address::wish, body},
    learning::skill_progress,
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use curriculum::{Lang, MisconceptionId, SkillId};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::AlertVerdict;
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/classes/{class}/skills", get(class_skills))
        .route("/classes/{class}/students/{student}/story", get(student_story))
        .route("/classes/{class}/students/{student}/answers", get(student_answers))
        .route("/classes/{class}/alerts/{student}/{rule}", post(judge_alert))
}

async fn class_skills(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Json<Value>> {
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.clone(), teacher.signed.now);
    let lang = Lang::from(teacher.signed.person.locale.as_str());
    let course = class.course_id.clone().unwrap_or_default();
    let Some(published) = app.library.published(&app, tenant, &course).await? else {
        return Ok(Json(json!({ "skills": [], "rows": [] })));
    };
    let (people, states) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, Problem>((
                    tx.class_people(tenant, class.id, now).await?,
                    tx.class_skill_states(tenant, class.id, &course, now).await?,
                ))
            })
        })
        .await?;
    let mut cells: BTreeMap<store::StudentId, Map<String, Value>> = BTreeMap::new();
    for row in states {
        let state = serde_json::from_slice(&row.state).map_err(Problem::failure)?;
        let skill = SkillId(row.skill_id.clone());
        let standing = skill_progress(&published, &skill, Some(&state), &lang).standing;
        let cell = json!({ "step": standing.step, "state": standing.state, "few_answers": standing.few_answers });
        cells.entry(row.student_id).or_default().insert(row.skill_id, cell);
    }
    // A skill that two lessons teach has one column, at the first.
    let mut placed = BTreeSet::new();
    let skills: Vec<Value> = published
        .course
        .lessons()
        .flat_map(|lesson| lesson.skills.iter().map(move |skill| (lesson, skill)))
        .filter(|(_, skill)| placed.insert((*skill).clone()))
        .filter_map(|(lesson, skill)| {
            let known = published.course.skill(skill)?;
            Some(json!({ "id": skill, "name": known.name.words(&lang), "lesson": lesson.title.words(&lang) }))
        })
        .collect();
    let rows: Vec<Value> = people
        .into_iter()
        .filter(|person| person.role == "student")
        .map(|person| {
            let cells = cells.remove(&person.id.student()).unwrap_or_default();
            json!({
                "student": { "id": person.id, "given_name": person.given_name, "family_name": person.family_name },
                "cells": cells,
            })
        })
        .collect();
    Ok(Json(json!({ "skills": skills, "rows": rows })))
}

async fn student_story(State(app): State<Shared>, of: ClassStudent) -> Answer<Json<Value>> {
    let subject = of.student.id.0;
    audit(&app, &of.teacher.signed, "story_viewed", Some(subject), Some(of.teacher.class.id), json!({})).await?;
    Ok(Json(story::story(&app, &of).await?))
}

#[derive(Deserialize)]
struct AnswersQuery {
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    skill: Option<String>,
    /// `1`: only those that missed.
    #[serde(default)]
    wrong: Option<String>,
    /// A misconception's id: only the answers that it gives.
    #[serde(default)]
    idea: Option<String>,
}

/// Which answers to read.
pub struct AnswersWanted {
    /// Before this position.
    pub before: Option<i64>,
    pub skill: Option<SkillId>,
    /// Only those that missed.
    pub wrong_only: bool,
    /// Only those that this misconception gives.
    pub idea: Option<MisconceptionId>,
}

impl AnswersQuery {
    fn read(self) -> Answer<AnswersWanted> {
        Ok(AnswersWanted {
            before: wish("before", self.before.as_deref())?,
            skill: self.skill.filter(|skill| !skill.is_empty()).map(SkillId),
            wrong_only: wish::<u8>("wrong", self.wrong.as_deref())? == Some(1),
            idea: self.idea.filter(|idea| !idea.is_empty()).map(MisconceptionId),
        })
    }
}

async fn student_answers(
    State(app): State<Shared>,
    of: ClassStudent,
    Query(wanted): Query<AnswersQuery>,
) -> Answer<Json<Value>> {
    let wanted = wanted.read()?;
    let subject = of.student.id.0;
    audit(&app, &of.teacher.signed, "answers_viewed", Some(subject), Some(of.teacher.class.id), json!({})).await?;
    Ok(Json(answers::page(&app, &of, &wanted).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlertJudged {
    verdict: RightOrWrong,
    #[serde(default)]
    basis: String,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RightOrWrong {
    Right,
    Wrong,
}

async fn judge_alert(
    State(app): State<Shared>,
    of: ClassStudent,
    Path((_, _, rule)): Path<(Uuid, Uuid, String)>,
    Json(judged): Json<AlertJudged>,
) -> Answer<StatusCode> {
    if serde_json::from_value::<engine::detect::Rule>(Value::String(rule.clone())).is_err() {
        return Err(Problem::missing("rule"));
    }
    let row = AlertVerdict {
        id: Uuid::now_v7(),
        class_id: of.teacher.class.id,
        student_id: of.id(),
        rule,
        basis: body::note("basis", &judged.basis, 500)?,
        verdict: match judged.verdict {
            RightOrWrong::Right => "right",
            RightOrWrong::Wrong => "wrong",
        }
        .to_owned(),
        note: body::note("note", &judged.note, 500)?,
        by_id: of.teacher.signed.person.id,
        at: of.teacher.signed.now,
    };
    let tenant = of.teacher.signed.tenant();
    app.store.write(move |tx| Box::pin(async move { tx.insert_alert_verdict(tenant, &row).await })).await?;
    app.live.changed(tenant, of.teacher.class.id);
    Ok(StatusCode::NO_CONTENT)
}
