//! A record folded again: from a snapshot or from its beginning.

use super::{
    record::Setting,
    stored::{SkillStates, event_of, events_after, events_in_order, load_skills},
};
use crate::app::Problem;
use curriculum::{CourseId, SkillId};
use engine::{
    ENGINE_VERSION, Parameters,
    record::{self as folding, Folded, HeadState, Loaded, SkillState},
};
use store::{EventOrder, Snapshot, StudentHead, Tx};

/// The state of a snapshot: maps with pairs as keys are not JSON, so pairs are listed.
#[derive(serde::Serialize, serde::Deserialize)]
struct SnapshotState {
    head: HeadState,
    skills: Vec<(CourseId, SkillId, SkillState)>,
}

impl SnapshotState {
    fn of(state: &Loaded) -> Self {
        let skills = state.skills.iter().map(|((course, skill), state)| (course.clone(), skill.clone(), state.clone()));
        Self { head: state.head.clone(), skills: skills.collect() }
    }

    fn into_loaded(self) -> Loaded {
        let skills = self.skills.into_iter().map(|(course, skill, state)| ((course, skill), state));
        Loaded { head: self.head, skills: skills.collect() }
    }
}

/// Folds the record again with a late event (from the snapshot before it) or a correction (from the start) in its
/// place. Returns the conclusions that are new, and the events that they may follow from.
pub(super) async fn refold(
    tx: &mut Tx<'_>,
    setting: &Setting,
    parameters: &Parameters,
    row: &mut StudentHead,
    from: i64,
    stored: &store::Event,
    state: &mut Loaded,
) -> Result<(Vec<folding::Derived>, Vec<store::Event>), Problem> {
    let (tenant, student) = (setting.tenant, setting.student);
    tx.delete_snapshots_from(tenant, student, from).await?;
    let (snapshot, mut events) = match usable_snapshot(tx, setting, parameters, from).await? {
        Some((snapshot, state)) => {
            let later = events_after(tx, tenant, student, EventOrder::before(snapshot.effective_at)).await?;
            (state, later.into_iter().filter(|event| event.position > snapshot.position).collect())
        }
        None => (Loaded::default(), events_in_order(tx, tenant, student).await?),
    };
    let place = events.partition_point(|event| event.order() < stored.order());
    events.insert(place, stored.clone());
    let folded: Vec<folding::Event> = events.iter().map(event_of).collect::<Result<_, _>>()?;
    let Folded { loaded: whole, derived, basis_changed, .. } =
        folding::fold_from(&setting.contexts(parameters), snapshot, folded.iter());
    if !basis_changed.is_empty() {
        tracing::info!(count = basis_changed.len(), "conclusions whose basis changed were kept");
    }
    for course in setting.courses.keys() {
        tx.delete_skill_states(tenant, student, course.as_str()).await?;
    }
    row.effective_at = events.last().map_or(row.effective_at, |event| event.effective_at);
    *state = whole;
    Ok((derived, events))
}

/// The newest snapshot before an instant, if it was folded under the versions in force.
async fn usable_snapshot(
    tx: &mut Tx<'_>,
    setting: &Setting,
    parameters: &Parameters,
    before: i64,
) -> Result<Option<(Snapshot, Loaded)>, Problem> {
    let found = tx.snapshot_before(setting.tenant, setting.student, before).await?;
    let same = |snapshot: &Snapshot| {
        snapshot.engine_version == ENGINE_VERSION
            && snapshot.parameter_version == parameters.version
            && snapshot.content_version == setting.versions()
    };
    let Some(snapshot) = found.filter(same) else { return Ok(None) };
    let state: SnapshotState = serde_json::from_slice(&snapshot.state).map_err(Problem::failure)?;
    Ok(Some((snapshot, state.into_loaded())))
}

pub(super) async fn save_snapshot(
    tx: &mut Tx<'_>,
    setting: &Setting,
    row: &StudentHead,
    touched: &Loaded,
) -> Result<(), Problem> {
    let mut whole = Loaded { head: touched.head.clone(), skills: all_skills(tx, setting).await? };
    whole.skills.extend(touched.skills.iter().map(|(key, state)| (key.clone(), state.clone())));
    tx.insert_snapshot(setting.tenant, &snapshot_of(row, &whole)?).await?;
    Ok(())
}

/// All that is concluded about a student, as it stands at a head.
pub(super) fn snapshot_of(row: &StudentHead, whole: &Loaded) -> Result<Snapshot, Problem> {
    Ok(Snapshot {
        student_id: row.student_id,
        position: row.position,
        effective_at: row.effective_at,
        engine_version: row.engine_version.clone(),
        parameter_version: row.parameter_version.clone(),
        content_version: row.course_version.clone(),
        state: serde_json::to_vec(&SnapshotState::of(whole)).map_err(Problem::failure)?,
    })
}

async fn all_skills(tx: &mut Tx<'_>, setting: &Setting) -> Result<SkillStates, Problem> {
    let mut all = SkillStates::new();
    for course in setting.courses.keys() {
        all.extend(load_skills(tx, setting.tenant, setting.student, course).await?);
    }
    Ok(all)
}

/// Folds a whole record under a setting, for comparing.
pub fn fold_whole(setting: &Setting, parameters: &Parameters, events: &[folding::Event]) -> Folded {
    folding::fold(&setting.contexts(parameters), events)
}
