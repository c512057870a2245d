//! A student with all that choosing needs: the course of their class, head, skills.

use super::{
    example,
    present::newest_of_run,
    record::{Setting, load_skills, load_some_skills},
};
use crate::{
    app::{App, Problem, Signed, Student, clock},
    library::{Courses, Published},
    parameters::Shelf,
};
use curriculum::{CourseId, ItemId, Lang, SkillId};
use engine::{
    Parameters,
    next_activity::{Situation, Work},
    record::{HeadState, SkillState},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};
use store::{ClassId, ClassOfPerson, Presentation, StudentHead, StudentId, TenantId, Tx};
use uuid::Uuid;

/// What a student's requests need to know of the school.
pub struct Learner {
    pub tenant: TenantId,
    pub id: StudentId,
    pub zone: String,
    pub lang: Lang,
    pub now: i64,
    /// The class that they work in now.
    pub class: Option<ClassOfPerson>,
    /// Every class that sees their work.
    pub classes: Vec<ClassId>,
    /// The course of that class.
    pub published: Option<Arc<Published>>,
    /// All courses of the school.
    pub courses: Arc<Courses>,
    pub shelf: Arc<Shelf>,
}

impl Learner {
    /// Of a signed-in student.
    pub async fn of(app: &App, student: &Student) -> Result<Self, Problem> {
        let Student(signed) = student;
        Self::load(app, signed, student.id()).await
    }

    async fn load(app: &App, signed: &Signed, id: StudentId) -> Result<Self, Problem> {
        let (tenant, now) = (signed.tenant(), signed.now);
        let live = || signed.classes.iter().filter(|class| class.archived_at.is_none());
        let ids = live().map(|class| class.id).collect();
        let own = signed.session.class_id;
        let class = live().find(|class| Some(class.id) == own).or_else(|| live().next()).cloned();
        let course = class.as_ref().and_then(|class| class.course_id.clone());
        let published = match course {
            Some(course) => app.library.published(app, tenant, &course).await?,
            None => None,
        };
        Ok(Self {
            tenant,
            id,
            zone: signed.zone().to_owned(),
            lang: Lang::from(signed.person.locale.as_str()),
            now,
            class,
            classes: ids,
            published,
            courses: app.library.all(app, tenant).await?,
            shelf: app.parameters.clone(),
        })
    }

    /// The course, or a 409 that says that there is none yet.
    pub fn course(&self) -> Result<&Arc<Published>, Problem> {
        self.published
            .as_ref()
            .ok_or_else(|| Problem::new(axum::http::StatusCode::CONFLICT, "no_course", "The class has no course yet."))
    }

    /// Today in the school's zone.
    pub fn school_day(&self) -> String {
        clock::school_day(self.now, &self.zone)
    }

    /// What a unit of work needs.
    pub fn setting(&self) -> Setting {
        Setting {
            tenant: self.tenant,
            student: self.id,
            zone: self.zone.clone(),
            courses: self.courses.clone(),
            shelf: self.shelf.clone(),
            now: self.now,
        }
    }

    /// Head and all skills of the course as they stand.
    pub async fn state(&self, app: &App) -> Result<LearnerState, Problem> {
        let (tenant, id, shelf) = (self.tenant, self.id, self.shelf.clone());
        let course = self.course()?.course.id.clone();
        let read = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let skills = load_skills(tx, tenant, id, &course).await?;
                    Read::with(tx, &shelf, tenant, id, skills).await
                })
            })
            .await?;
        LearnerState::of(app, tenant, read)
    }

    /// Head and the skills that choosing a question within `work` looks at: its own and what they need.
    pub async fn state_for(&self, app: &App, work: &Work) -> Result<LearnerState, Problem> {
        let (tenant, id, shelf) = (self.tenant, self.id, self.shelf.clone());
        let published = self.course()?.clone();
        let wanted = skills_around(&published, work);
        let read = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let skills = load_some_skills(tx, tenant, id, &published.course.id, &wanted).await?;
                    Read::with(tx, &shelf, tenant, id, skills).await
                })
            })
            .await?;
        LearnerState::of(app, tenant, read)
    }

    /// The newest question of a run, and the state as [`Self::state_for`] gives it for the run's work; none when there
    /// is no such run. One reading, since each costs trips to the database beside its queries.
    pub async fn state_in(&self, app: &App, run: Uuid) -> Result<Option<(Presentation, LearnerState)>, Problem> {
        let (tenant, id, shelf) = (self.tenant, self.id, self.shelf.clone());
        let published = self.course()?.clone();
        let found = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let Some((last, place)) = newest_of_run(tx, tenant, id, run).await? else { return Ok(None) };
                    let mut wanted = skills_around(&published, &place.work);
                    if let Some(on) = place.detour {
                        wanted.push(on.skill);
                    }
                    let skills = load_some_skills(tx, tenant, id, &published.course.id, &wanted).await?;
                    Ok::<_, Problem>(Some((last, Read::with(tx, &shelf, tenant, id, skills).await?)))
                })
            })
            .await?;
        let Some((last, read)) = found else { return Ok(None) };
        Ok(Some((last, LearnerState::of(app, tenant, read)?)))
    }

    /// The head alone.
    pub async fn head(&self, app: &App) -> Result<Arc<HeadState>, Problem> {
        let (tenant, id) = (self.tenant, self.id);
        let head = app.store.read(move |tx| Box::pin(async move { tx.student_head(tenant, id).await })).await?;
        app.heads.read(tenant, head.as_ref())
    }
}

/// What a request reads of a student at one moment.
struct Read {
    head: Option<StudentHead>,
    skills: BTreeMap<(CourseId, SkillId), SkillState>,
    parameters: Arc<Parameters>,
}

impl Read {
    async fn with(
        tx: &mut Tx<'_>,
        shelf: &Shelf,
        tenant: TenantId,
        student: StudentId,
        skills: BTreeMap<(CourseId, SkillId), SkillState>,
    ) -> Result<Self, Problem> {
        let head = tx.student_head(tenant, student).await?;
        let own = shelf.of_head(tx, tenant, head.as_ref()).await?;
        Ok(Self { head, skills, parameters: own.unwrap_or_else(|| shelf.shipped()) })
    }
}

/// The skills of a piece of work and all that they rest on directly.
fn skills_around(published: &Published, work: &Work) -> Vec<SkillId> {
    let own: Vec<SkillId> = match work {
        Work::Lesson { lesson } | Work::Read { lesson, .. } => {
            published.course.lesson(lesson).map(|lesson| lesson.skills.clone()).unwrap_or_default()
        }
        Work::Practise { skill } => vec![skill.clone()],
        Work::Review { skills, .. } => skills.clone(),
        Work::Placement {} => Vec::new(),
    };
    let mut wanted: BTreeSet<SkillId> = own.iter().cloned().collect();
    for skill in &own {
        wanted.extend(published.graph.needs(skill).iter().map(|(below, _)| below.clone()));
        wanted.extend(published.graph.helped_by(skill).iter().cloned());
    }
    wanted.into_iter().collect()
}

/// Head and skills of one student in one course.
pub struct LearnerState {
    pub head: Arc<HeadState>,
    pub skills: BTreeMap<SkillId, SkillState>,
    /// What they were folded under.
    pub parameters: Arc<Parameters>,
    /// Looked up when something is chosen.
    just_shown: OnceLock<BTreeSet<ItemId>>,
}

impl LearnerState {
    fn of(app: &App, tenant: TenantId, read: Read) -> Result<Self, Problem> {
        let skills = read.skills.into_iter().map(|((_, skill), state)| (skill, state)).collect();
        let head = app.heads.read(tenant, read.head.as_ref())?;
        Ok(Self { head, skills, parameters: read.parameters, just_shown: OnceLock::new() })
    }

    /// All that a choice looks at.
    pub fn situation<'a>(
        &'a self,
        learner: &'a Learner,
        published: &'a Published,
        day: &'a str,
        seed: u64,
    ) -> Situation<'a> {
        Situation {
            facts: &published.facts,
            parameters: &self.parameters,
            head: &self.head,
            skills: &self.skills,
            now: learner.now,
            school_day: day,
            seed,
            solved: self.just_shown.get_or_init(|| example::just_shown(published, &self.head)),
            placement_first: true,
        }
    }
}
