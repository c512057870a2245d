//! Moving one student from one version of the constants (or of the engine) to another: the record is read and folded
//! beside the requests, then all rows are exchanged in one short unit of work, if nothing came in meanwhile. An answer
//! that does come in is folded under the student's own version, and the move begins again.

use super::{
    record::{SNAPSHOT_EVERY, Setting, insert_derived, set_head},
    refold::{fold_whole, snapshot_of},
    stored::{event_of, events_in_order, skill_row},
};
use crate::{
    app::{App, Problem},
    jobs::Running,
};
use engine::{ENGINE_VERSION, Parameters, record::Folded};
use std::sync::Arc;
use store::{Event, SkillState, StudentHead, Tx};

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switched {
    /// The student stands on the versions in force.
    Done,
    /// An answer came in between.
    Again,
}

/// A record as it was read, outside of any unit of work.
struct Before {
    events: Vec<Event>,
    head: StudentHead,
    skills: Vec<SkillState>,
    /// The constants to move to.
    to: Arc<Parameters>,
}

/// The same folded anew.
struct After {
    setting: Setting,
    before: Before,
    folded: Folded,
}

/// Moves a student to the versions in force.
pub async fn switch(app: &App, job: &Running, setting: Setting) -> Result<Switched, Problem> {
    let (reading, shelf) = (setting.clone(), setting.shelf.clone());
    let before = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let (tenant, student) = (reading.tenant, reading.student);
                let Some(head) = tx.student_head(tenant, student).await? else { return Ok(None) };
                let mut skills = Vec::new();
                for course in reading.courses.keys() {
                    skills.extend(tx.skill_states(tenant, student, course.as_str()).await?);
                }
                let events = events_in_order(tx, tenant, student).await?;
                let to = shelf.in_force(tx, tenant).await?;
                Ok::<_, Problem>(Some(Before { events, head, skills, to }))
            })
        })
        .await?;
    // Erased meanwhile.
    let Some(before) = before else { return Ok(Switched::Done) };
    if before.head.engine_version == ENGINE_VERSION && before.head.parameter_version == before.to.version {
        return Ok(Switched::Done);
    }
    let after = job.run(move || fold(setting, before)).await??;
    exchange(app, after).await
}

fn fold(setting: Setting, before: Before) -> Result<After, Problem> {
    let events = before.events.iter().map(event_of).collect::<Result<Vec<_>, _>>()?;
    let folded = fold_whole(&setting, &before.to, &events);
    Ok(After { setting, before, folded })
}

async fn exchange(app: &App, after: After) -> Result<Switched, Problem> {
    let tenant = after.setting.tenant;
    let exchanged = app.store.write(move |tx| {
        Box::pin(async move {
            let seen = &after.before.head;
            let row = tx.lock_student_head(tenant, after.setting.student).await?;
            let same = |one: &StudentHead| (one.position, one.engine_version.clone(), one.parameter_version.clone());
            if same(&row) != same(seen) {
                return Ok(Switched::Again);
            }
            write(tx, &after, row).await?;
            Ok::<_, Problem>(Switched::Done)
        })
    });
    match exchanged.await {
        // Erased meanwhile.
        Err(problem) if problem.kind() == "erased" => Ok(Switched::Done),
        other => other,
    }
}

async fn write(tx: &mut Tx<'_>, after: &After, mut row: StudentHead) -> Result<(), Problem> {
    let After { setting, before, folded } = after;
    insert_derived(tx, setting, &mut row, &before.events, &folded.derived).await?;
    let rows = folded.loaded.skills.iter().map(|((course, skill), state)| skill_row(setting, course, skill, state));
    let rows: Vec<SkillState> = rows.collect::<Result<_, _>>()?;
    let key = |row: &SkillState| (row.course_id.clone(), row.skill_id.clone());
    let gone = before.skills.iter().any(|old| !rows.iter().any(|new| key(new) == key(old)));
    if gone {
        for course in setting.courses.keys() {
            tx.delete_skill_states(setting.tenant, setting.student, course.as_str()).await?;
        }
    }
    // Most skills of most students come to the same whatever the constants of others are; each row costs.
    for row in rows.iter().filter(|row| gone || !before.skills.contains(row)) {
        tx.save_skill_state(setting.tenant, row).await?;
    }
    set_head(setting, &before.to, &mut row, &folded.loaded.head)?;
    tx.save_student_head(setting.tenant, &row).await?;
    tx.delete_snapshots_from(setting.tenant, setting.student, i64::MIN).await?;
    if row.position >= SNAPSHOT_EVERY {
        tx.insert_snapshot(setting.tenant, &snapshot_of(&row, &folded.loaded)?).await?;
    }
    Ok(())
}
