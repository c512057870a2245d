//! Folding a record again and comparing it, bit for bit, with what is stored.

use super::{
    record::Setting,
    refold::fold_whole,
    stored::{event_of, events_in_order, load_head, load_skills},
};
use crate::app::{App, Problem};
use engine::{ENGINE_VERSION, record as folding};
use serde::Serialize;
use store::{StudentHead, StudentId, TenantId};

/// Something that a fold gives otherwise than it is stored.
#[derive(Debug, Serialize)]
pub struct Difference {
    pub student: StudentId,
    pub what: String,
}

/// Replays every student of a school; how many, and what differs.
pub async fn replay_all(app: &App, tenant: TenantId) -> Result<(usize, Vec<Difference>), Problem> {
    let (mut students, mut differences, mut after) = (0, Vec::new(), None);
    loop {
        let from = after;
        let page =
            app.store.read(move |tx| Box::pin(async move { tx.students_with_record(tenant, from, 200).await })).await?;
        let Some(last) = page.last() else { return Ok((students, differences)) };
        after = Some(*last);
        for student in page {
            differences.extend(replay(app, tenant, student).await?);
            students += 1;
        }
    }
}

/// Replays one student.
pub async fn replay(app: &App, tenant: TenantId, student: StudentId) -> Result<Vec<Difference>, Problem> {
    let shelf = app.parameters.clone();
    let (events, head, own, row) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let row = tx.student_head(tenant, student).await?;
                Ok::<_, Problem>((
                    events_in_order(tx, tenant, student).await?,
                    load_head(tx, tenant, student).await?.0,
                    shelf.of_head(tx, tenant, row.as_ref().map(StudentHead::line).as_ref()).await?,
                    row,
                ))
            })
        })
        .await?;
    let mut differences = Vec::new();
    let mut differ = |what: String| differences.push(Difference { student, what });
    let Some(row) = row else { return Ok(differences) };
    if row.position != events.len() as i64 {
        differ(format!("the head stands at {} and the stream holds {} events", row.position, events.len()));
    }
    // Each record is compared under its own constants, before, during and after a move to others.
    let Some(parameters) = own.filter(|_| row.position == 0 || row.engine_version == ENGINE_VERSION) else {
        differ(format!("folded under engine {} and parameters {}", row.engine_version, row.parameter_version));
        return Ok(differences);
    };
    let folded_events: Vec<folding::Event> = events.iter().map(event_of).collect::<Result<_, _>>()?;
    let courses = app.library.all(app, tenant).await?;
    let setting = Setting {
        tenant,
        student,
        zone: String::new(),
        courses: courses.clone(),
        shelf: app.parameters.clone(),
        now: 0,
    };
    let whole = fold_whole(&setting, &parameters, &folded_events);
    if !whole.derived.is_empty() {
        differ(format!("{} conclusions follow that are not stored", whole.derived.len()));
    }
    if whole.loaded.head != head {
        differ("the head differs".to_owned());
    }
    for course in courses.keys() {
        let id = course.clone();
        let stored =
            app.store.read(move |tx| Box::pin(async move { load_skills(tx, tenant, student, &id).await })).await?;
        for (key, state) in &stored {
            if whole.loaded.skills.get(key) != Some(state) {
                differ(format!("skill {} differs", key.1));
            }
        }
        for key in whole.loaded.skills.keys().filter(|key| key.0 == *course && !stored.contains_key(*key)) {
            differ(format!("skill {} is not stored", key.1));
        }
    }
    Ok(differences)
}
