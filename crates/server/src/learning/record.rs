//! The one unit of work in which a student's record grows: lock the head, load the touched skills, step, write
//! events, skills and head. Nothing read outside it is written.

use super::{
    detours,
    heads::Kept,
    refold::{refold, save_snapshot},
    rules::DeviceClocks,
    said::{Asked, Said},
    stored::{PAGE, SkillStates, canonical, load_head, load_some_skills, names, read_state, skill_row, states_of},
};
use crate::{
    app::{App, Problem, clock},
    library::{Courses, Published},
    parameters::Shelf,
};
use curriculum::{Course, CourseId, SkillId, Text};
use engine::{
    CourseFacts, ENGINE_VERSION, Parameters, detect,
    record::{self as folding, Author, Body, Context, HeadState, Loaded},
};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};
use store::{EventOrder, HeadLine, StoreError, StudentHead, StudentId, TenantId, Tx};
use uuid::Uuid;

/// A snapshot is kept every so many events.
pub(super) const SNAPSHOT_EVERY: i64 = 200;
/// The device of events that the server itself makes.
const SERVER_DEVICE: &str = "server";

/// An event on its way into the record.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub id: Uuid,
    pub schema: i64,
    pub actor: Author,
    pub device: String,
    pub device_seq: i64,
    pub claimed_at: i64,
    /// The device's clock when the request left it.
    pub sent_at: Option<i64>,
    /// The client's part.
    pub client: Map<String, Value>,
    /// What the server adds: what was answered, how it was judged.
    pub server: Map<String, Value>,
    /// The question, when somebody waits for what is said about it.
    pub asked: Option<Asked>,
    /// Both, read.
    pub body: Body,
}

impl Incoming {
    /// An event that the server makes, with an id that the same cause always gives.
    pub fn by_server(id: Uuid, actor: Author, body: Body, now: i64) -> Result<Self, Problem> {
        let Value::Object(mut server) = serde_json::to_value(&body).map_err(Problem::failure)? else {
            return Err(Problem::failure("an event's body is an object"));
        };
        server.remove("kind");
        Ok(Self {
            id,
            schema: 1,
            actor,
            device: SERVER_DEVICE.to_owned(),
            device_seq: now,
            claimed_at: now,
            sent_at: Some(now),
            client: Map::new(),
            server,
            asked: None,
            body,
        })
    }
}

/// What became of an event.
pub enum Appended {
    /// It is in the record now.
    Stored {
        /// As stored.
        event: Box<store::Event>,
        /// The head after it.
        head: Arc<HeadState>,
    },
    /// It was there already, with the same content.
    Known { event: Box<store::Event> },
    /// Its id is taken by another content.
    Different,
}

/// What a unit needs to know of the school and the course.
#[derive(Clone)]
pub struct Setting {
    pub tenant: TenantId,
    pub student: StudentId,
    pub zone: String,
    /// The school's courses; an event is folded with the facts of the course that it is about.
    pub courses: Arc<Courses>,
    /// A record keeps the constants that it was folded under, until a job moves it to others.
    pub shelf: Arc<Shelf>,
    pub now: i64,
}

impl Setting {
    /// The versions of all courses, for rows that were folded with them.
    pub(super) fn versions(&self) -> String {
        self.courses.values().map(|published| published.version.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn contexts<'s>(&'s self, parameters: &'s Parameters) -> BTreeMap<CourseId, Context<'s>> {
        let context = |published| Context { parameters, course: facts_of(published) };
        self.courses.iter().map(|(id, published)| (id.clone(), context(published))).collect()
    }

    /// The context of an event's course; for events of no course any will do.
    fn context<'s>(&'s self, parameters: &'s Parameters, body: &Body) -> Context<'s> {
        let published = folding::course_of(body).and_then(|course| self.courses.get(course));
        let course = published.or_else(|| self.courses.values().next()).map_or(&*NO_COURSE, facts_of);
        Context { parameters, course }
    }
}

fn facts_of(published: &Arc<Published>) -> &CourseFacts {
    &published.facts
}

/// For a school without courses.
static NO_COURSE: LazyLock<CourseFacts> = LazyLock::new(|| {
    CourseFacts::new(&Course {
        id: CourseId::from("none"),
        title: Text::default(),
        languages: Vec::new(),
        attribution: Vec::new(),
        units: Vec::new(),
        skills: Vec::new(),
        misconceptions: BTreeMap::new(),
        items: BTreeMap::new(),
        aliases: BTreeMap::new(),
    })
});

/// Appends events, one after the other, in one unit of work.
pub async fn append(app: &App, setting: Setting, incoming: Vec<Incoming>) -> Result<Vec<Appended>, Problem> {
    let tenant = setting.tenant;
    let mut kept = app.heads.take(tenant, setting.student);
    let (appended, kept) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut appended = Vec::with_capacity(incoming.len());
                for event in incoming {
                    appended.push(append_and_offer(tx, &setting, event, &mut kept).await?);
                }
                Ok::<_, Problem>((appended, kept))
            })
        })
        .await?;
    // Only now is it committed.
    if let Some(kept) = kept {
        app.heads.put(tenant, kept);
    }
    Ok(appended)
}

/// As [`append`], inside a unit of work of the caller's own.
pub async fn append_for(tx: &mut Tx<'_>, setting: &Setting, incoming: Incoming) -> Result<Appended, Problem> {
    append_and_offer(tx, setting, incoming, &mut None).await
}

/// Appends an event, and the detour that it leads to where there is one.
async fn append_and_offer(
    tx: &mut Tx<'_>,
    setting: &Setting,
    incoming: Incoming,
    kept: &mut Option<Kept>,
) -> Result<Appended, Problem> {
    let (appended, offer) = append_one(tx, setting, incoming, kept).await?;
    let Some(offer) = offer else { return Ok(appended) };
    let (then, _) = append_one(tx, setting, offer, kept).await?;
    match (appended, then) {
        (Appended::Stored { event, .. }, Appended::Stored { head, .. }) => Ok(Appended::Stored { event, head }),
        (appended, _) => Ok(appended),
    }
}

/// Takes the head from `kept` where that is the one of the row, and leaves the new one there.
async fn append_one(
    tx: &mut Tx<'_>,
    setting: &Setting,
    incoming: Incoming,
    kept: &mut Option<Kept>,
) -> Result<(Appended, Option<Incoming>), Problem> {
    let (tenant, student) = (setting.tenant, setting.student);
    let (line, event_known, skills) = lock_and_load_touched(tx, setting, incoming.id, &incoming.body).await?;
    // Between an update of Tandem and the job that folds everybody anew, the first to answer are folded at once.
    let own = setting.shelf.of_head(tx, tenant, Some(&line)).await?;
    let behind = line.position > 0 && (own.is_none() || line.engine_version != ENGINE_VERSION);
    let parameters = match own {
        Some(own) => own,
        None => setting.shelf.in_force(tx, tenant).await?,
    };
    let mut clocks: DeviceClocks = read_state(&line.device_clock)?;
    let (device, seq) = (incoming.device.as_str(), incoming.device_seq);
    let effective_at = if device == SERVER_DEVICE {
        setting.now
    } else {
        clocks.stamp(device, seq, incoming.claimed_at, incoming.sent_at, setting.now)
    };
    let event = folding::Event {
        id: incoming.id,
        effective_at,
        school_day: clock::school_day(effective_at, &setting.zone),
        actor: incoming.actor,
        body: incoming.body.clone(),
    };
    let head = match kept.take().filter(|kept| kept.is_of(&line)) {
        Some(kept) => Arc::unwrap_or_clone(kept.head),
        None => load_head(tx, tenant, student).await?.0,
    };
    // What is long is written anew.
    let mut row = line.with(Vec::new(), Vec::new());
    let mut state = Loaded { head, skills };
    let derived = folding::step(&setting.context(&parameters, &event.body), &mut state, &event);

    let mut stored = store::Event {
        student_id: student,
        position: row.position + 1,
        id: event.id,
        kind: incoming.body.kind().to_owned(),
        schema: incoming.schema,
        actor: serde_json::to_string(&incoming.actor).map_err(Problem::failure)?,
        origin: "local".to_owned(),
        device: incoming.device,
        device_seq: incoming.device_seq,
        claimed_at: incoming.claimed_at,
        received_at: setting.now,
        effective_at,
        school_day: event.school_day.clone(),
        client: canonical(&incoming.client)?,
        server: Vec::new(),
        derived: false,
    };
    let late = effective_at < row.effective_at
        || (effective_at == row.effective_at && stands_before_another(tx, setting, &stored).await?);
    let corrects = folding::needs_refold(&event.body);
    let refolds = late || corrects || behind;
    if event_known {
        let known = tx.event_by_id(tenant, student, stored.id).await?.ok_or(StoreError::Missing)?;
        return Ok((known_or_different(known, &stored), None));
    }
    if refolds {
        stored.server = canonical(&incoming.server)?;
    }
    row.device_clock = serde_json::to_vec(&clocks).map_err(Problem::failure)?;
    let before = row.position;
    let (derived, causes) = if refolds {
        let from = if corrects || behind { i64::MIN } else { effective_at };
        refold(tx, setting, &parameters, &mut row, from, &stored, &mut state).await?
    } else {
        row.effective_at = effective_at;
        (derived, vec![stored.clone()])
    };
    let mut offer = None;
    let mut server = incoming.server;
    if let Some(asked) = &incoming.asked {
        let concluded: Vec<Body> = derived.iter().map(|derived| derived.body.clone()).collect();
        let mut said = Said::of(asked, &event.body, &state, &concluded);
        if let Some(offered) = detours::offer(tx, setting, &parameters, &event, asked, &state).await? {
            said = said.offering(student.0, &offered);
            offer = Some(detours::offering(setting, offered)?);
        }
        said.keep(&mut server).map_err(Problem::failure)?;
    }
    stored.server = canonical(&server)?;
    tx.insert_event(tenant, &stored).await?;
    row.position = stored.position;
    insert_derived(tx, setting, &mut row, &causes, &derived).await?;
    save_touched(tx, setting, &state).await?;
    set_head(setting, &parameters, &mut row, &state.head)?;
    tx.save_student_head(tenant, &row).await?;
    // Conclusions may carry the position past the round number.
    if row.position / SNAPSHOT_EVERY > before / SNAPSHOT_EVERY {
        save_snapshot(tx, setting, &row, &state).await?;
    }
    let head = Arc::new(state.head);
    *kept = Some(Kept::of(row.line(), Arc::clone(&head)));
    Ok((Appended::Stored { event: Box::new(stored), head }, offer))
}

/// What a stored event of the same id means for one that comes in.
fn known_or_different(known: store::Event, stored: &store::Event) -> Appended {
    let same = known.kind == stored.kind && known.client == stored.client;
    if same { Appended::Known { event: Box::new(known) } } else { Appended::Different }
}

/// True when an event of the same instant stands after this one in the order of the record. Two devices, or two
/// nodes, do meet in one millisecond.
async fn stands_before_another(tx: &mut Tx<'_>, setting: &Setting, stored: &store::Event) -> Result<bool, Problem> {
    let instant = EventOrder::before(stored.effective_at);
    let same = tx.events_in_order(setting.tenant, setting.student, &instant, PAGE).await?;
    // What was concluded is read where its cause stands.
    Ok(same.iter().any(|other| !other.derived && other.order() > stored.order()))
}

/// Locks the head, says whether the event is in the record already, and loads the skills that it touches: of one course
/// with the head, of others after it.
async fn lock_and_load_touched(
    tx: &mut Tx<'_>,
    setting: &Setting,
    event: Uuid,
    body: &Body,
) -> Result<(HeadLine, bool, SkillStates), Problem> {
    let mut by_course: BTreeMap<CourseId, Vec<SkillId>> = BTreeMap::new();
    for (course, skill) in folding::touches(body) {
        by_course.entry(course).or_default().push(skill);
    }
    let (tenant, student) = (setting.tenant, setting.student);
    let (course, skills) = by_course.pop_first().unwrap_or_else(|| (CourseId::from(""), Vec::new()));
    let locked = tx.lock_head_and_skills(tenant, student, event, course.as_str(), &names(&skills)).await?;
    let mut states = states_of(&course, locked.skills)?;
    for (course, skills) in by_course {
        states.extend(load_some_skills(tx, tenant, student, &course, &skills).await?);
    }
    Ok((locked.line, locked.event_known, states))
}

async fn save_touched(tx: &mut Tx<'_>, setting: &Setting, state: &Loaded) -> Result<(), Problem> {
    for ((course, skill), skill_state) in &state.skills {
        tx.save_skill_state(setting.tenant, &skill_row(setting, course, skill, skill_state)?).await?;
    }
    Ok(())
}

pub(super) async fn insert_derived(
    tx: &mut Tx<'_>,
    setting: &Setting,
    row: &mut StudentHead,
    causes: &[store::Event],
    derived: &[folding::Derived],
) -> Result<(), Problem> {
    for conclusion in derived {
        let Some(cause) = causes.iter().find(|event| event.id == conclusion.cause) else { continue };
        let incoming = Incoming::by_server(
            conclusion.id(setting.student.0),
            Author::Engine,
            conclusion.body.clone(),
            setting.now,
        )?;
        if causes.iter().any(|stored| stored.id == incoming.id) {
            continue;
        }
        let event = store::Event {
            position: row.position + 1,
            id: incoming.id,
            kind: conclusion.body.kind().to_owned(),
            schema: 1,
            actor: serde_json::to_string(&Author::Engine).map_err(Problem::failure)?,
            device: SERVER_DEVICE.to_owned(),
            device_seq: row.position + 1,
            client: b"{}".to_vec(),
            server: canonical(&incoming.server)?,
            derived: true,
            ..cause.clone()
        };
        tx.insert_event(setting.tenant, &event).await?;
        row.position = event.position;
    }
    Ok(())
}

/// What a head's row says of a state folded under these constants.
pub(super) fn set_head(
    setting: &Setting,
    parameters: &Parameters,
    row: &mut StudentHead,
    head: &HeadState,
) -> Result<(), Problem> {
    row.engine_version = ENGINE_VERSION.to_owned();
    row.parameter_version.clone_from(&parameters.version);
    row.course_version = setting.versions();
    row.state = serde_json::to_vec(head).map_err(Problem::failure)?;
    row.live = serde_json::to_vec(&detect::live_projection(head)).map_err(Problem::failure)?;
    row.updated_at = setting.now;
    Ok(())
}
