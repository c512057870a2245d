//! Presentations: one item as shown to one student, kept so that an answer can name it.

use super::said::Asked;
use crate::app::{App, Problem};
use curriculum::{
    CourseId, Interaction, ItemHash, ItemId, KeyedItem, Lang, LessonId, Part, PartId, SkillId, template::instantiate,
};
use engine::{next_activity::Work, record::Purpose};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};
use store::{Presentation, StudentId, TenantId, Tx};
use uuid::Uuid;

/// Where a presentation stands in the student's work; kept with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The run of questions that it belongs to.
    pub run: Uuid,
    /// Its number in the run, from 1.
    pub number: u16,
    /// Questions in the run.
    pub of: u16,
    /// What the run is.
    pub work: Work,
    /// The lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// The mixed set, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_set: Option<Uuid>,
    /// When the run began, in ms UTC.
    pub started_at: i64,
    /// The detour that it belongs to; then all else is that of the question that waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detour: Option<OnDetour>,
}

/// Where a question stands in a detour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnDetour {
    /// The detour.
    pub detour: Uuid,
    /// The skill that it leads to.
    pub skill: SkillId,
    /// The question that waits.
    pub back: Uuid,
    /// Its number in the detour, from 1.
    pub number: u16,
}

/// A run is found among this many of the student's latest presentations.
pub const LATEST: i64 = 40;

/// The newest presentation of a run, and its place. Mostly it is the student's newest of all.
pub async fn newest_of_run(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    student: StudentId,
    run: Uuid,
) -> Result<Option<(Presentation, Place)>, Problem> {
    for limit in [1, LATEST] {
        for row in tx.presentations(tenant, student, i64::MAX, limit).await? {
            let place: Place = serde_json::from_slice(&row.body).map_err(Problem::failure)?;
            if place.run == run {
                return Ok(Some((row, place)));
            }
        }
    }
    Ok(None)
}

/// A presentation with its key, as the server sees it.
pub struct Shown {
    pub id: Uuid,
    pub course: CourseId,
    pub keyed: KeyedItem,
    pub purpose: Purpose,
    pub place: Place,
    template: bool,
}

impl Shown {
    /// No right or wrong is shown and no help is given.
    pub fn is_pre_test(&self) -> bool {
        self.purpose == Purpose::Placement
    }

    /// The question that an event about one of its parts is about.
    pub fn asked(&self, part: &PartId) -> Asked {
        Asked {
            presentation: self.id,
            part: part.clone(),
            parts: self.keyed.item.parts.iter().map(|part| part.id.clone()).collect(),
            pre_test: self.is_pre_test(),
        }
    }

    /// The seed as evidence tells variants apart: items that are always the same have seed 0.
    pub fn seed_of_record(&self) -> i64 {
        if self.template { self.keyed.seed as i64 } else { 0 }
    }

    /// Options really shown, for the chance of a guess; 0 for typed answers.
    pub fn options_shown(&self, part: &Part) -> u16 {
        match &part.question.interaction {
            Interaction::Choice { options, .. } => options.len() as u16,
            _ => 0,
        }
    }
}

/// Students at once whose question is kept; one takes some ten kilobytes.
const KEPT_MAX: usize = 2_048;

/// The question that each student was shown last, filled: mostly the next answer, and the question after it, are about
/// that one. A presentation never changes.
#[derive(Default)]
pub struct Presentations(Mutex<HashMap<(TenantId, StudentId), Arc<Shown>>>);

impl Presentations {
    fn put(&self, tenant: TenantId, student: StudentId, shown: Arc<Shown>) {
        let mut all = self.lock();
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert((tenant, student), shown);
    }

    /// Forgets all, after a record was erased.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn get(&self, tenant: TenantId, student: StudentId, id: Uuid) -> Option<Arc<Shown>> {
        self.lock().get(&(tenant, student)).filter(|shown| shown.id == id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(TenantId, StudentId), Arc<Shown>>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// What to present.
pub struct ToShow {
    pub course: CourseId,
    pub item: ItemId,
    pub hash: ItemHash,
    pub seed: u64,
    pub lang: Lang,
    pub purpose: Purpose,
    pub place: Place,
}

/// The row of a presentation about to be shown.
pub fn row(student: StudentId, to_show: &ToShow, now: i64) -> Result<Presentation, Problem> {
    Ok(Presentation {
        student_id: student,
        id: Uuid::now_v7(),
        course_id: to_show.course.0.clone(),
        item_id: to_show.item.0.clone(),
        item_hash: to_show.hash.0.clone(),
        seed: to_show.seed as i64,
        lang: to_show.lang.0.clone(),
        purpose: name_of(to_show.purpose).to_owned(),
        activity_id: None,
        created_at: now,
        body: serde_json::to_vec(&to_show.place).map_err(Problem::failure)?,
    })
}

/// A presentation of this student, with its key. Another student's is as missing as one that never was.
pub async fn shown(app: &App, tenant: TenantId, student: StudentId, id: Uuid) -> Result<Arc<Shown>, Problem> {
    if let Some(known) = app.presented.get(tenant, student, id) {
        return Ok(known);
    }
    let row = app.store.read(move |tx| Box::pin(async move { tx.presentation(tenant, student, id).await })).await?;
    let row = row.ok_or_else(|| Problem::missing("presentation").at("body.presentation"))?;
    shown_of(app, tenant, &row).await
}

/// A presentation with its key, from its row.
pub async fn shown_of(app: &App, tenant: TenantId, row: &Presentation) -> Result<Arc<Shown>, Problem> {
    if let Some(known) = app.presented.get(tenant, row.student_id, row.id) {
        return Ok(known);
    }
    let shown = Arc::new(filled(app, tenant, row).await?);
    app.presented.put(tenant, row.student_id, shown.clone());
    Ok(shown)
}

async fn filled(app: &App, tenant: TenantId, row: &Presentation) -> Result<Shown, Problem> {
    let item = app.library.item(app, tenant, &row.item_hash).await?;
    let item: Arc<_> = item.ok_or_else(|| Problem::failure(format!("content {} is missing", row.item_hash)))?;
    let seed = row.seed as u64;
    let filled = instantiate(&item, seed)
        .map_err(|problem| Problem::failure(format!("item {}: {} {}", row.item_id, problem.place, problem.reason)))?;
    // The row knows the hash; making it anew would cost more than all the rest.
    let keyed = KeyedItem { item: filled, hash: ItemHash(row.item_hash.clone()), seed, lang: Lang(row.lang.clone()) };
    Ok(Shown {
        id: row.id,
        course: CourseId(row.course_id.clone()),
        keyed,
        purpose: purpose_of(&row.purpose),
        place: serde_json::from_slice(&row.body).map_err(Problem::failure)?,
        template: item.is_template(),
    })
}

fn name_of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Practice => "practice",
        Purpose::Placement => "placement",
        Purpose::Review => "review",
        Purpose::Check => "check",
    }
}

fn purpose_of(name: &str) -> Purpose {
    match name {
        "placement" => Purpose::Placement,
        "review" => Purpose::Review,
        "check" => Purpose::Check,
        _ => Purpose::Practice,
    }
}

/// The seed of the nth practice presentation of an item: the same for the same student, so that offline and
/// online show the same question.
pub fn practice_seed(student: StudentId, item: &ItemId, nth: u32) -> u64 {
    use sha2::{Digest, Sha256};
    let mut digest = Sha256::new();
    digest.update(student.0.as_bytes());
    digest.update(item.as_str().as_bytes());
    digest.update(nth.to_le_bytes());
    let bytes: [u8; 32] = digest.finalize().into();
    // Kept within 53 bits, so that it survives any reader of JSON.
    u64::from_le_bytes(bytes[..8].try_into().expect("a digest has 32 bytes")) >> 11
}

/// The seed of a pre-test or check: the server's secret.
pub fn secret_seed(app: &App, tenant: TenantId, student: StudentId, run: Uuid, number: u16) -> u64 {
    let parts: [&[u8]; 4] = [tenant.0.as_bytes(), student.0.as_bytes(), run.as_bytes(), &number.to_le_bytes()];
    let bytes = app.secret.derive("check seed", &parts);
    u64::from_le_bytes(bytes[..8].try_into().expect("a digest has 32 bytes")) >> 11
}
