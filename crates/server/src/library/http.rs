//! Looking through the courses of the school.

use super::Published;
use crate::app::{Answer, Json, Path, Problem, Shared, Signed, Staff};
use axum::{Router, extract::State, routing::get};
use curriculum::Lang;
use serde_json::{Value, json};
use std::sync::Arc;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new().route("/courses", get(list)).route("/courses/{course}", get(one))
}

async fn list(State(app): State<Shared>, Staff(signed): Staff) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let lang = lang_of(&signed);
    let rows = app.store.read(move |tx| Box::pin(async move { tx.courses(tenant).await })).await?;
    let mut courses = Vec::new();
    for row in rows {
        if let Some(published) = app.library.published(&app, tenant, &row.id).await? {
            let course = &published.course;
            courses.push(json!({
                "id": course.id,
                "title": course.title.words(&lang),
                "languages": course.languages,
                "lessons": course.lessons().count(),
                "skills": course.skills.len(),
                "items": course.items.len(),
            }));
        }
    }
    Ok(Json(json!({ "courses": courses })))
}

async fn one(State(app): State<Shared>, Staff(signed): Staff, Path(course): Path<String>) -> Answer<Json<Value>> {
    let published = app.library.published(&app, signed.tenant(), &course).await?;
    let published = published.ok_or_else(|| Problem::missing("course"))?;
    Ok(Json(tree(&published, &lang_of(&signed))))
}

fn tree(published: &Arc<Published>, lang: &Lang) -> Value {
    let course = &published.course;
    let skill =
        |id: &curriculum::SkillId| json!({ "id": id, "name": course.skill(id).map(|skill| skill.name.words(lang)) });
    let lesson = |lesson: &curriculum::Lesson| {
        json!({
            "id": lesson.id,
            "title": lesson.title.words(lang),
            "skills": lesson.skills.iter().map(skill).collect::<Vec<_>>(),
            "items": lesson.activities.iter().map(|activity| activity.items.len()).sum::<usize>(),
        })
    };
    let unit = |unit: &curriculum::Unit| json!({ "id": unit.id, "title": unit.title.words(lang), "lessons": unit.lessons.iter().map(lesson).collect::<Vec<_>>() });
    json!({
        "id": course.id,
        "title": course.title.words(lang),
        "attribution": course.attribution,
        "units": course.units.iter().map(unit).collect::<Vec<_>>(),
    })
}

fn lang_of(signed: &Signed) -> Lang {
    Lang::from(signed.person.locale.as_str())
}
