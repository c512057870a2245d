//! A student with all that choosing needs: the course of their class, head, skills.

use super::{
    example,
    heads::Heads,
    present::newest_of_run,
    record::Setting,
    stored::{SkillStates, load_line_and_skills, load_skills},
};
use crate::{
    app::{App, Problem, Signed, Student, clock},
    library::{Courses, Published},
    parameters::Shelf,
};
use curriculum::{ItemId, Lang, SkillId};
use engine::{
    Parameters,
    next_activity::{Situation, Work},
    record::{HeadState, SkillState},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};
use store::{ClassId, ClassOfPerson, HeadLine, Presentation, StudentId, TenantId, Tx};
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
        let (tenant, id, memory) = (self.tenant, self.id, self.memory(app));
        let course = self.course()?.course.id.clone();
        app.store
            .read(move |tx| {
                Box::pin(async move {
                    let (line, _) = load_line_and_skills(tx, tenant, id, &course, &[]).await?;
                    let skills = load_skills(tx, tenant, id, &course).await?;
                    LearnerState::of(tx, &memory, tenant, line, skills).await
                })
            })
            .await
    }

    /// Head and the skills that choosing a question within `work` looks at: its own and what they need.
    pub async fn state_for(&self, app: &App, work: &Work) -> Result<LearnerState, Problem> {
        let (tenant, id, memory) = (self.tenant, self.id, self.memory(app));
        let published = self.course()?.clone();
        let wanted = skills_around(&published, work);
        app.store
            .read(move |tx| {
                Box::pin(async move {
                    let (line, skills) = load_line_and_skills(tx, tenant, id, &published.course.id, &wanted).await?;
                    LearnerState::of(tx, &memory, tenant, line, skills).await
                })
            })
            .await
    }

    /// The newest question of a run, and the state as [`Self::state_for`] gives it for the run's work; none when there
    /// is no such run. One reading, since each costs trips to the database beside its queries.
    pub async fn state_in(&self, app: &App, run: Uuid) -> Result<Option<(Presentation, LearnerState)>, Problem> {
        let (tenant, id, memory) = (self.tenant, self.id, self.memory(app));
        let published = self.course()?.clone();
        app.store
            .read(move |tx| {
                Box::pin(async move {
                    let Some((last, place)) = newest_of_run(tx, tenant, id, run).await? else { return Ok(None) };
                    let mut wanted = skills_around(&published, &place.work);
                    if let Some(on) = place.detour {
                        wanted.push(on.skill);
                    }
                    let (line, skills) = load_line_and_skills(tx, tenant, id, &published.course.id, &wanted).await?;
                    Ok(Some((last, LearnerState::of(tx, &memory, tenant, line, skills).await?)))
                })
            })
            .await
    }

    /// The head alone.
    pub async fn head(&self, app: &App) -> Result<Arc<HeadState>, Problem> {
        let (tenant, id, heads) = (self.tenant, self.id, app.heads.clone());
        app.store
            .read(move |tx| {
                Box::pin(async move {
                    let found = tx.head_and_skills(tenant, id, "", &[]).await?;
                    heads.read_in(tx, tenant, found.map(|(line, _)| line)).await
                })
            })
            .await
    }

    fn memory(&self, app: &App) -> Memory {
        Memory { heads: app.heads.clone(), shelf: self.shelf.clone() }
    }
}

/// What need not be read from the store again.
struct Memory {
    heads: Arc<Heads>,
    shelf: Arc<Shelf>,
}

/// The skills of a piece of work, all that they rest on directly, and what rests on them: while that waits, a skill is
/// practised until it is ready.
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
        wanted.extend(published.graph.opens(skill).iter().cloned());
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
    async fn of(
        tx: &mut Tx<'_>,
        memory: &Memory,
        tenant: TenantId,
        line: Option<HeadLine>,
        skills: SkillStates,
    ) -> Result<Self, Problem> {
        let own = memory.shelf.of_head(tx, tenant, line.as_ref()).await?;
        Ok(Self {
            head: memory.heads.read_in(tx, tenant, line).await?,
            skills: skills.into_iter().map(|((_, skill), state)| (skill, state)).collect(),
            parameters: own.unwrap_or_else(|| memory.shelf.shipped()),
            just_shown: OnceLock::new(),
        })
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
            solved: self.just_shown.get_or_init(|| example::just_shown(published, &self.head, learner.now)),
            placement_first: true,
        }
    }
}
