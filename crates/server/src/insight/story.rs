//! One student's story: where they began, what became ready, what is in the way, what was asked.

use crate::{
    app::{Answer, App, ClassStudent, Problem},
    learning::{Counts, StoredBody, load_head, load_skills, runs_worked, units_progress},
    library::Published,
    live::alerts_of,
};
use curriculum::{CourseId, Lang, SkillId};
use engine::{
    Parameters,
    detour::Ending,
    mastery::{MissingForReady, missing_for_ready},
    record::{Body, SkillState},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::StudentHead;

/// Milestones shown.
const PATH_MAX: i64 = 60;

/// The whole story.
pub async fn story(app: &App, of: &ClassStudent) -> Answer<Value> {
    let (tenant, student) = (of.teacher.signed.tenant(), of.id());
    let lang = Lang::from(of.teacher.signed.person.locale.as_str());
    let name =
        json!({ "id": of.student.id, "given_name": of.student.given_name, "family_name": of.student.family_name });
    let course = of.teacher.class.course_id.clone().unwrap_or_default();
    let Some(published) = app.library.published(app, tenant, &course).await? else {
        return Ok(json!({ "student": name, "placement": null, "progress": null, "path": [], "units": [],
                          "missing": {}, "ideas_in_the_way": [], "alerts": [], "assignments": [] }));
    };
    let id = published.course.id.clone();
    let kinds = ["placed", "ready", "lasting", "assigned"];
    let detours = ["detour_started", "detour_declined", "detour_finished", "detour_failed"];
    let shelf = app.parameters.clone();
    let (head, parameters, skills, mut milestones, detours, verdicts, assignments) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let line = tx.student_head(tenant, student).await?;
                Ok::<_, Problem>((
                    load_head(tx, tenant, student).await?.0,
                    shelf.of_head(tx, tenant, line.as_ref().map(StudentHead::line).as_ref()).await?,
                    load_skills(tx, tenant, student, &id).await?,
                    tx.newest_events_of_kinds(tenant, student, kinds, i64::MAX, PATH_MAX).await?,
                    tx.newest_events_of_kinds(tenant, student, detours, i64::MAX, PATH_MAX).await?,
                    tx.alert_verdicts_of_student(tenant, student).await?,
                    tx.assignments_of_student(tenant, student).await?,
                ))
            })
        })
        .await?;
    let skill_name = |skill: &curriculum::SkillId| published.course.skill(skill).map(|skill| skill.name.words(&lang));
    let lesson_name = |lesson: &str| published.course.lesson(&lesson.into()).map(|lesson| lesson.title.words(&lang));
    milestones.extend(detours);
    milestones.sort_by_key(|row| std::cmp::Reverse(row.position));
    milestones.truncate(PATH_MAX as usize);
    let mut path = Vec::new();
    let mut placement = Value::Null;
    for row in &milestones {
        let (kind, args) = match StoredBody::read(row)? {
            Body::Placed(placed) => {
                let counts = json!({ "known": placed.known.len(), "uncertain": placed.uncertain.len(),
                    "frontier": placed.frontier.iter().filter_map(skill_name).collect::<Vec<_>>() });
                placement = json!({ "at": row.effective_at, "result": counts });
                ("placed", counts)
            }
            Body::Ready(ready) => ("ready", json!({ "skill": skill_name(&ready.skill) })),
            Body::Lasting(lasting) => ("lasting", json!({ "skill": skill_name(&lasting.skill) })),
            Body::Assigned(assigned) => ("assigned", json!({ "lesson": lesson_name(assigned.lesson.as_str()) })),
            Body::DetourStarted(started) => ("detour_started", json!({ "skill": skill_name(&started.skill) })),
            Body::DetourDeclined(declined) => ("detour_declined", json!({ "skill": skill_name(&declined.skill) })),
            Body::DetourFinished(ended) => {
                let kind = if ended.ending == Ending::Known { "detour_known" } else { "detour_learned" };
                (kind, json!({ "skill": skill_name(&ended.skill) }))
            }
            Body::DetourFailed(ended) => ("detour_failed", json!({ "skill": skill_name(&ended.skill) })),
            _ => continue,
        };
        path.push(json!({ "at": row.effective_at, "kind": kind, "args": args }));
    }
    for run in runs_worked(app, (tenant, student), &published, &lang).await? {
        let args = json!({ "lesson": run.title, "n": run.questions, "right": run.right });
        path.push(json!({ "at": run.at, "kind": "run", "args": args }));
    }
    path.sort_by_key(|event| std::cmp::Reverse(event["at"].as_i64()));
    let ideas: Vec<Value> = head
        .counters
        .misconceptions
        .iter()
        .rev()
        .map(|count| {
            let known = published.course.misconceptions.get(&count.misconception);
            json!({
                "misconception": count.misconception,
                "name": known.map(|known| known.name.words(&lang)),
                "times": count.matches.len(),
                "finding": count.fresh.len() >= 2,
                "last_at": count.at,
            })
        })
        .collect();
    let alerts: Vec<Value> = alerts_of(&head, &of.student, of.teacher.signed.now, &published, &lang)
        .into_iter()
        .map(|alert| {
            let said = verdicts.iter().rev().find(|verdict| verdict.rule == alert.rule && verdict.at >= alert.since);
            json!({ "rule": alert.rule, "args": alert.args, "since": alert.since, "verdict": said.map(|said| &said.verdict) })
        })
        .collect();
    let day = crate::app::clock::school_day(of.teacher.signed.now, of.teacher.signed.zone());
    let asked: Vec<Value> = assignments
        .iter()
        .filter(|row| row.cancelled_at.is_none())
        .map(|row| json!({ "id": row.id, "lesson": lesson_name(&row.lesson_id), "due_at": row.due_at, "done_at": row.done_at, "note": row.note }))
        .collect();
    Ok(json!({
        "student": name,
        "placement": placement,
        "progress": Counts::of(&published, &skills, head.today(&day).answers),
        "path": path,
        "units": units_progress(&published, &skills, &lang),
        "missing": parameters.map(|parameters| missing(&published, &parameters, &skills)).unwrap_or_default(),
        "ideas_in_the_way": ideas,
        "alerts": alerts,
        "assignments": asked,
    }))
}

/// What is still missing for readiness of each skill that was answered.
fn missing<'s>(
    published: &Published,
    parameters: &Parameters,
    skills: &'s BTreeMap<(CourseId, SkillId), SkillState>,
) -> BTreeMap<&'s SkillId, Vec<MissingForReady>> {
    let begun = skills.iter().filter(|(_, state)| state.answers > 0 && state.ready.is_none());
    begun
        .map(|((_, skill), state)| (skill, missing_for_ready(&published.facts, parameters, skill, state)))
        .filter(|(_, missing)| !missing.is_empty())
        .collect()
}
