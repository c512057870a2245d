//! The plan of one student, solved from the record when somebody looks or asks; and what of it is to be published.

use super::http::event_id;
use crate::{
    app::{Answer, App, Problem, Signed, clock},
    learning::{Incoming, Setting, StoredBody, append, load_head, load_skills},
    library::{Courses, Published},
};
use curriculum::SkillId;
use engine::{
    Parameters, Versions,
    next_activity::{Situation, is_time_short},
    placement::PlacementStatus,
    plan::{
        Asked, Day, Forecast, Ground, Pace, Plan, Request, Stretch, Swap, Target, apply, day_of, forecast, left,
        monday_of, paces, swaps,
    },
    record::{Author, Body, HeadState, PlanPublished, PlanState, SkillState, Standing},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{ClassId, ClassPerson, StudentHead, StudentId, TenantId};

/// Entries for which swaps are looked for.
const SWAPS_FOR: usize = 12;
/// Published plans looked back on for the one of this course.
const BEFORE_MAX: i64 = 4;

/// Whose plan, in which class.
pub struct Whose {
    pub tenant: TenantId,
    pub class: ClassId,
    pub student: StudentId,
    pub zone: String,
    pub now: i64,
    pub published: Arc<Published>,
    pub courses: Arc<Courses>,
}

impl Whose {
    /// A student of a class with a course; 409 where it has none yet.
    pub async fn of(
        app: &App,
        signed: &Signed,
        class: ClassId,
        course: Option<&str>,
        student: StudentId,
    ) -> Answer<Self> {
        let tenant = signed.tenant();
        let published = match course {
            Some(course) => app.library.published(app, tenant, course).await?,
            None => None,
        };
        let no_course =
            || Problem::new(axum::http::StatusCode::CONFLICT, "no_course", "The class has no course yet.").at("class");
        Ok(Self {
            tenant,
            class,
            student,
            zone: signed.zone().to_owned(),
            now: signed.now,
            published: published.ok_or_else(no_course)?,
            courses: app.library.all(app, tenant).await?,
        })
    }

    /// Today in the school's zone.
    pub fn today(&self) -> Day {
        self.day(self.now)
    }

    /// An instant's day in the school's zone.
    pub fn day(&self, at: i64) -> Day {
        day_of(&clock::school_day(at, &self.zone)).unwrap_or_default()
    }

    /// Writes an event into the record.
    pub async fn tell(&self, app: &App, by: Author, body: Body) -> Answer<()> {
        let setting = Setting {
            tenant: self.tenant,
            student: self.student,
            zone: self.zone.clone(),
            courses: self.courses.clone(),
            shelf: app.parameters.clone(),
            now: self.now,
        };
        let id = event_id(self.student, &body, self.now)?;
        append(app, setting, vec![Incoming::by_server(id, by, body, self.now)?]).await?;
        Ok(())
    }

    /// What stands in the record.
    pub async fn standing(&self, app: &App) -> Answer<Vec<Standing>> {
        let (tenant, student) = (self.tenant, self.student);
        let head = app.store.read(move |tx| Box::pin(async move { load_head(tx, tenant, student).await })).await?.0;
        Ok(head.plans.get(&self.published.course.id).map(|plan| plan.asked.clone()).unwrap_or_default())
    }
}

/// A plan with all that a screen says of it.
pub struct Made {
    pub plan: Plan,
    pub asked: Asked,
    pub standing: Vec<Standing>,
    pub forecasts: Vec<Forecast>,
    /// At the student's pace not all of the course is met in the time that was named.
    pub short_of_time: bool,
    /// What may come in the place of the first entries.
    pub swaps: Vec<Vec<SkillId>>,
    pub people: Vec<ClassPerson>,
    /// What goes into the record once it is shown; none where the last one is still it.
    pub to_publish: Option<PlanPublished>,
    skills: BTreeMap<SkillId, SkillState>,
    parameters: Arc<Parameters>,
    pace: Pace,
}

/// What of the record a plan is made from.
struct Read {
    people: Vec<ClassPerson>,
    /// Of each student of the class, this one first.
    stretches: Vec<Vec<Stretch>>,
    state: PlanState,
    placed: bool,
    skills: BTreeMap<SkillId, SkillState>,
    /// What these were folded under.
    parameters: Arc<Parameters>,
    before: Option<Plan>,
    short_of_time: bool,
}

/// Solves the plan. It is to be published where it is another one than the last, or of another week. The plan in force
/// decides ties, but `afresh`: after something was taken back, what it moved would stay where it is.
pub async fn make(app: &App, whose: &Whose, afresh: bool) -> Answer<Made> {
    let read = read(app, whose).await?;
    let facts = &whose.published.facts;
    let (ground, parameters, today) = (Ground::new(facts), read.parameters.clone(), whose.today());
    let asked = Asked::of(&read.state.asked, today);
    let pace = paces(&read.stretches).first().copied().unwrap_or_default();
    let request = Request {
        student: Author::Student(whose.student.0),
        skills: &read.skills,
        demand: &asked.demand,
        wishes: &asked.wishes,
        pace,
        before: read.before.as_ref().filter(|_| !afresh),
    };
    let plan = asked.plan(&ground, &parameters, &request);
    let wanted: Vec<Target> = ground
        .standards()
        .map(|standard| Target::Standard(standard.to_owned()))
        .chain(facts.lessons.iter().map(|lesson| Target::Lesson(lesson.id.clone())))
        .collect();
    let seed = whose.student.0.as_u64_pair().1 ^ u64::from(today.unsigned_abs());
    let forecasts = forecast(&ground, &parameters, &request, &plan, &wanted, seed);
    let may_come = |nth: usize| {
        swaps(&ground, &parameters, &request, &plan, nth).into_iter().map(|swap| swap.with).collect::<Vec<SkillId>>()
    };
    let may_come = (0..plan.entries.len().min(SWAPS_FOR)).map(may_come).collect();
    let week = |at: i64| monday_of(whose.day(at));
    let is_new =
        read.before.as_ref() != Some(&plan) || read.state.published_at.is_none_or(|at| week(at) != monday_of(today));
    let to_publish = is_new.then(|| {
        let left = read.placed.then(|| left(&ground, &parameters, &read.skills));
        PlanPublished {
            course: facts.id.clone(),
            entries: plan.entries.clone(),
            impossible: plan.impossible.clone(),
            forecasts: forecasts.clone(),
            left,
            stretch: left.and_then(|left| stretch(whose, &read.state, left)),
            versions: Versions::new(&parameters, &facts.version),
        }
    });
    Ok(Made {
        asked,
        standing: read.state.asked,
        forecasts,
        short_of_time: read.short_of_time,
        swaps: may_come,
        people: read.people,
        to_publish,
        skills: read.skills,
        parameters,
        pace,
        plan,
    })
}

async fn read(app: &App, whose: &Whose) -> Answer<Read> {
    let (tenant, class, student, now) = (whose.tenant, whose.class, whose.student, whose.now);
    let shelf = app.parameters.clone();
    let course = whose.published.course.id.clone();
    let of_course = course.clone();
    let (people, rows, skills, parameters, published) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let people = tx.class_people(tenant, class, now).await?;
                let own = tx.student_head(tenant, student).await?;
                let parameters = shelf
                    .of_head(tx, tenant, own.as_ref().map(StudentHead::line).as_ref())
                    .await?
                    .unwrap_or_else(|| shelf.shipped());
                let mut rows = vec![own];
                for person in people.iter().filter(|person| person.role == "student" && person.id.student() != student)
                {
                    rows.push(tx.student_head(tenant, person.id.student()).await?);
                }
                let skills = load_skills(tx, tenant, student, &of_course).await?;
                let published = tx.newest_events(tenant, student, "plan_published", i64::MAX, BEFORE_MAX).await?;
                Ok::<_, Problem>((people, rows, skills, parameters, published))
            })
        })
        .await?;
    let mut heads = Vec::with_capacity(rows.len());
    for row in &rows {
        heads.push(app.heads.read(tenant, row.as_ref())?);
    }
    let mut before = None;
    for row in &published {
        match StoredBody::read(row)? {
            Body::PlanPublished(published) if published.course == course => {
                before = Some(Plan { entries: published.entries, impossible: published.impossible });
                break;
            }
            _ => {}
        }
    }
    let skills = skills.into_iter().map(|((_, skill), state)| (skill, state)).collect();
    let short_of_time = is_time_short(&Situation {
        facts: &whose.published.facts,
        parameters: &parameters,
        head: &heads[0],
        skills: &skills,
        now,
        school_day: &clock::school_day(now, &whose.zone),
        seed: 0,
        solved: &BTreeSet::new(),
        placement_first: true,
    });
    let stretches = |head: &Arc<HeadState>| head.plans.get(&course).map(|plan| plan.stretches.clone());
    Ok(Read {
        people,
        stretches: heads.iter().map(|head| stretches(head).unwrap_or_default()).collect(),
        state: heads[0].plans.get(&course).cloned().unwrap_or_default(),
        placed: heads[0].placements.get(&course).is_some_and(|placement| placement.status == PlacementStatus::Done),
        skills,
        parameters,
        before,
        short_of_time,
    })
}

/// School time since it was last measured how much is left, and what was done in it.
fn stretch(whose: &Whose, state: &PlanState, left: f64) -> Option<Stretch> {
    let (at, before) = state.measured?;
    let from = whose.day(at);
    let demand = Asked::of(&state.asked, from).demand;
    let minutes = demand.calendar.minutes_between(from, whose.today(), demand.minutes_per_week);
    (minutes > 0.0).then_some(Stretch { minutes, done: before - left })
}

impl Made {
    /// The first of the two may give its place to the second, and the plan stays whole.
    pub fn may_swap(&self, whose: &Whose, entry: &SkillId, with: &SkillId) -> bool {
        let ground = Ground::new(&whose.published.facts);
        let request = Request {
            student: Author::Student(whose.student.0),
            skills: &self.skills,
            demand: &self.asked.demand,
            wishes: &self.asked.wishes,
            pace: self.pace,
            before: None,
        };
        let swap = Swap { entry: entry.clone(), with: with.clone() };
        apply(&ground, &self.parameters, &request, &self.plan, &swap).is_some()
    }
}
