//! Published courses in memory, one copy for all requests.

use crate::app::{App, Problem};
use curriculum::{
    Course, CourseId, Item, ItemHash, ItemId, Lesson, LessonId, PartId, SkillGraph, SkillId,
    alike::{self, Likeness, Sibling},
};
use engine::{
    CourseFacts, Parameters,
    placement::{Prior, Terrain},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use store::TenantId;

/// How often the store is asked whether a newer version was published (by another node).
const CHECK_EVERY_MS: i64 = 5_000;

/// A published version, with everything that is derived from it once.
pub struct Published {
    pub course: Course,
    pub version: String,
    pub graph: SkillGraph,
    pub facts: CourseFacts,
    prior: OnceLock<Prior>,
    pub hashes: BTreeMap<ItemId, ItemHash>,
    lesson_of_skill: BTreeMap<SkillId, LessonId>,
    /// The questions that are most like a part, looked for when the first student needs one.
    alike: Mutex<HashMap<(ItemId, PartId), Arc<Fitting>>>,
}

/// Questions that may stand as an example beside a part, each as good as the others.
type Fitting = [(ItemId, PartId, Likeness)];

impl Published {
    /// Derives what is needed from a course.
    pub fn new(course: Course, version: String, hashes: BTreeMap<ItemId, ItemHash>) -> Self {
        let mut lesson_of_skill = BTreeMap::new();
        for lesson in course.lessons() {
            for skill in &lesson.skills {
                lesson_of_skill.entry(skill.clone()).or_insert_with(|| lesson.id.clone());
            }
        }
        let facts = CourseFacts::new(&course);
        let (graph, prior, alike) = (course.graph(), OnceLock::new(), Mutex::default());
        Self { graph, prior, facts, course, version, hashes, lesson_of_skill, alike }
    }

    /// The question that stands as the example beside a part; of several that fit as well, each value of `drawn` has one
    /// of its own.
    pub fn example(&self, item: &ItemId, part: &PartId, drawn: &[u8]) -> Option<Sibling<'_>> {
        let fitting = self.fitting(item, part);
        let nth = alike::draw(fitting.iter().map(|(item, ..)| item), drawn)?;
        let (item, part, likeness) = &fitting[nth];
        let item = self.course.items.get(item)?;
        Some(Sibling { item, part: item.part(part)?, likeness: *likeness })
    }

    fn fitting(&self, item: &ItemId, part: &PartId) -> Arc<Fitting> {
        let key = (item.clone(), part.clone());
        let known = || self.alike.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fitting) = known().get(&key) {
            return Arc::clone(fitting);
        }
        let found = alike::siblings(&self.course, item, part).into_iter();
        let found: Arc<Fitting> = found.map(|one| (one.item.id.clone(), one.part.id.clone(), one.likeness)).collect();
        known().insert(key, Arc::clone(&found));
        found
    }

    /// The particles that every pre-test of this course starts from; drawn when the first one is taken.
    pub fn prior(&self, parameters: &Parameters) -> &Prior {
        self.prior.get_or_init(|| Prior::new(Terrain::of(&self.facts), parameters))
    }

    /// The first lesson that teaches this skill.
    pub fn lesson_of(&self, skill: &SkillId) -> Option<&Lesson> {
        self.course.lesson(self.lesson_of_skill.get(skill)?)
    }

    /// The hash of an item of this version.
    pub fn hash(&self, item: &ItemId) -> Option<&ItemHash> {
        self.hashes.get(item)
    }
}

/// A course as the store keeps it: its items are elsewhere, by hash.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredCourse {
    pub course: Course,
    pub items: BTreeMap<ItemId, ItemHash>,
}

type Key = (TenantId, String);

/// Published courses by id.
pub type Courses = BTreeMap<CourseId, Arc<Published>>;

/// The courses that were asked for lately.
#[derive(Default)]
pub struct Library {
    courses: Mutex<HashMap<Key, (Arc<Published>, i64)>>,
    all: Mutex<HashMap<TenantId, (Arc<Courses>, i64)>>,
    old_items: Mutex<HashMap<(TenantId, String), Arc<Item>>>,
    /// One reads a course from the store; whoever else wants it meanwhile waits for it rather than reading it too.
    reading: tokio::sync::Mutex<()>,
}

impl Library {
    /// The published version of a course, or none.
    pub async fn published(
        &self,
        app: &App,
        tenant: TenantId,
        course: &str,
    ) -> Result<Option<Arc<Published>>, Problem> {
        let (key, now) = ((tenant, course.to_owned()), app.now());
        let known = self.lock().get(&key).cloned();
        if let Some((published, checked_at)) = &known
            && (now - checked_at).abs() < CHECK_EVERY_MS
        {
            return Ok(Some(published.clone()));
        }
        let _turn = self.reading.lock().await;
        let known = self.lock().get(&key).cloned();
        if let Some((published, checked_at)) = &known
            && (now - checked_at).abs() < CHECK_EVERY_MS
        {
            return Ok(Some(published.clone()));
        }
        let id = course.to_owned();
        let row = app.store.read(move |tx| Box::pin(async move { tx.course(tenant, &id).await })).await?;
        let Some(version) = row.and_then(|row| row.published_version) else { return Ok(None) };
        let published = match known {
            Some((published, _)) if published.version == version => published,
            _ => Arc::new(load(app, tenant, course, &version).await?),
        };
        self.lock().insert(key, (published.clone(), now));
        Ok(Some(published))
    }

    /// Every published course of a school.
    pub async fn all(&self, app: &App, tenant: TenantId) -> Result<Arc<Courses>, Problem> {
        let now = app.now();
        let known = self.all.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&tenant).cloned();
        if let Some((courses, checked_at)) = known
            && (now - checked_at).abs() < CHECK_EVERY_MS
        {
            return Ok(courses);
        }
        let rows = app.store.read(move |tx| Box::pin(async move { tx.courses(tenant).await })).await?;
        let mut courses = Courses::new();
        for row in rows {
            if let Some(published) = self.published(app, tenant, &row.id).await? {
                courses.insert(published.course.id.clone(), published);
            }
        }
        let courses = Arc::new(courses);
        self.all.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(tenant, (courses.clone(), now));
        Ok(courses)
    }

    /// An item by its hash, in whichever version it stood.
    pub async fn item(&self, app: &App, tenant: TenantId, hash: &str) -> Result<Option<Arc<Item>>, Problem> {
        let key = (tenant, hash.to_owned());
        if let Some(item) = self.old_items.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&key) {
            return Ok(Some(item.clone()));
        }
        let wanted = hash.to_owned();
        let row = app.store.read(move |tx| Box::pin(async move { tx.content(tenant, &wanted).await })).await?;
        let Some(row) = row else { return Ok(None) };
        let item: Arc<Item> = Arc::new(serde_json::from_slice(&row.body).map_err(Problem::failure)?);
        let mut items = self.old_items.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if items.len() > 20_000 {
            items.clear();
        }
        items.insert(key, item.clone());
        Ok(Some(item))
    }

    /// Forgets what is in memory, after a version was published.
    pub fn clear(&self) {
        self.lock().clear();
        self.all.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, (Arc<Published>, i64)>> {
        self.courses.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

async fn load(app: &App, tenant: TenantId, course: &str, version: &str) -> Result<Published, Problem> {
    const PAGE: i64 = 500;
    let (id, name) = (course.to_owned(), version.to_owned());
    let row = app.store.read(move |tx| Box::pin(async move { tx.course_version(tenant, &id, &name).await })).await?;
    let row = row.ok_or_else(|| Problem::failure(format!("version {version} of {course} is not in the store")))?;
    let mut stored: StoredCourse = serde_json::from_slice(&row.structure).map_err(Problem::failure)?;
    let wanted: BTreeMap<&str, &ItemId> = stored.items.iter().map(|(id, hash)| (hash.as_str(), id)).collect();
    let mut items = BTreeMap::new();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = app.store.read(move |tx| Box::pin(async move { tx.contents(tenant, &from, PAGE).await })).await?;
        let full = page.len() == PAGE as usize;
        for content in page {
            if let Some(id) = wanted.get(content.hash.as_str()) {
                items.insert((*id).clone(), serde_json::from_slice(&content.body).map_err(Problem::failure)?);
            }
            after = content.hash;
        }
        if !full {
            break;
        }
    }
    stored.course.items = items;
    Ok(Published::new(stored.course, version.to_owned(), stored.items))
}
