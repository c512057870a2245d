//! A student's first page: what is next and why, what the teacher asks, the path, progress.

use super::{
    asked::{AssignmentSeen, AuthorSeen, LessonName, student_assignments},
    left::{LeftRun, left_run},
    progress::{Counts, skill_progress},
    record::{Incoming, append},
    stored::StoredBody,
    student::{Learner, LearnerState},
    verdict::SkillName,
};
use crate::{
    app::{Answer, App, clock, random},
    library::Published,
};
use curriculum::{ActivityKind, Lang, SkillId};
use engine::{
    Versions,
    facts::SkillFacts,
    next_activity::{DoneForToday, Offer, Offers, Reason, Work, offers},
    placement::PlacementStatus,
    record::{Author, Body, Offered, SkillState},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Stations of the path that are shown.
const PATH_STATIONS: usize = 7;

/// The whole page.
#[derive(Serialize)]
pub struct Home {
    pub now: i64,
    pub class: Option<Value>,
    pub course: Option<Value>,
    pub placement: &'static str,
    /// The run that was left; it stands before the offers.
    pub go_on: Option<LeftRun>,
    pub offers: Vec<OfferSeen>,
    pub done_for_today: Option<Value>,
    pub something_else: Vec<OfferSeen>,
    pub assignments: Vec<AssignmentSeen>,
    pub path: Vec<Station>,
    pub progress: Counts,
    /// All that can be asked in the course is known, whether or not something of it is worth a look back.
    pub course_known: bool,
}

/// One offer, as it is shown and as it comes back when it is chosen.
#[derive(Serialize)]
pub struct OfferSeen {
    pub id: String,
    /// `practise`, `read`, `review` or `placement`.
    pub kind: &'static str,
    pub skill: Option<SkillName>,
    pub lesson: Option<LessonName>,
    pub title: String,
    pub minutes: u16,
    pub by: AuthorSeen,
    pub reasons: Vec<Value>,
}

/// One station of the path.
#[derive(Serialize)]
pub struct Station {
    pub skill: SkillId,
    pub name: String,
    pub state: engine::mastery::ShownState,
    pub step: u8,
    pub few_answers: bool,
    pub here: bool,
}

/// What an offer's id holds: enough to start the work without looking the offer up.
#[derive(Serialize, Deserialize)]
pub struct Chosen {
    pub event: Uuid,
    pub work: Work,
}

impl Chosen {
    /// As an opaque id.
    pub fn id(&self) -> String {
        random::hex(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }

    /// Reads an id that [`Chosen::id`] wrote.
    pub fn read(id: &str) -> Option<Self> {
        if id.len() > 4_000 || !id.len().is_multiple_of(2) || !id.is_ascii() {
            return None;
        }
        let bytes: Option<Vec<u8>> =
            (0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).ok()).collect();
        serde_json::from_slice(&bytes?).ok()
    }
}

/// Reads the page; what is offered is noted in the record, once for each set of offers.
pub async fn home(app: &App, learner: &Learner) -> Answer<Home> {
    let class = learner.class.as_ref().map(|class| json!({ "id": class.id, "name": class.name }));
    let Some(published) = learner.published.clone() else {
        return Ok(Home {
            now: learner.now,
            class,
            course: None,
            placement: "none",
            go_on: None,
            offers: Vec::new(),
            done_for_today: None,
            something_else: Vec::new(),
            assignments: Vec::new(),
            path: Vec::new(),
            progress: Counts::default(),
            course_known: false,
        });
    };
    let state = learner.state(app).await?;
    let day = learner.school_day();
    let found = offers(&state.situation(learner, &published, &day, state.head.answers));
    let (event, found) = offers_of_today(app, learner, &published, found, &state).await?;
    let go_on = left_run(app, learner, &published, &state).await?;
    let lang = &learner.lang;
    let seen = |offer: &Offer| offer_seen(&published, offer, event, lang);
    let skills = state
        .skills
        .iter()
        .map(|(skill, state)| ((published.course.id.clone(), skill.clone()), state.clone()))
        .collect();
    Ok(Home {
        now: learner.now,
        class,
        course: Some(json!({
            "id": published.course.id,
            "title": published.course.title.words(lang),
            "languages": published.course.languages,
        })),
        placement: placement_word(&state, &published),
        go_on,
        offers: found.offers.iter().map(seen).collect(),
        done_for_today: found.done_for_today.map(done_seen),
        something_else: found.something_else.iter().map(seen).collect(),
        assignments: student_assignments(app, learner, &published, &state).await?,
        path: path(&published, &state, &found, lang),
        progress: Counts::of(&published, &skills, state.head.today(&day).answers),
        course_known: course_known(&published, &state),
    })
}

fn course_known(published: &Published, state: &LearnerState) -> bool {
    let mut asked = published.facts.skills.iter().filter(|skill| skill.items > 0).peekable();
    let opens = |skill: &SkillFacts| state.skills.get(&skill.id).is_some_and(SkillState::opens);
    asked.peek().is_some() && asked.all(opens)
}

fn placement_word(state: &LearnerState, published: &Published) -> &'static str {
    match state.head.placements.get(&published.course.id).map(|placement| placement.status) {
        None => "not_started",
        Some(PlacementStatus::Started) => "under_way",
        Some(PlacementStatus::Done) => "done",
    }
}

fn done_seen(done: DoneForToday) -> Value {
    json!({ "code": done, "args": {} })
}

/// What was offered earlier today stays, until the student answers something or the plan is asked for something else;
/// then this is offered, and noted.
async fn offers_of_today(
    app: &App,
    learner: &Learner,
    published: &Published,
    found: Offers,
    state: &LearnerState,
) -> Answer<(Uuid, Offers)> {
    let versions = Versions::new(&state.parameters, &published.version);
    let answered_at = state.head.last_answer_at.unwrap_or(i64::MIN);
    let changed_at = state.head.plans.get(&published.course.id).and_then(|plan| plan.changed_at);
    if let Some(last) = &state.head.last_offers
        && last.course == published.course.id
        && last.at >= answered_at
        && changed_at.is_none_or(|changed_at| last.at > changed_at)
        && clock::school_day(last.at, &learner.zone) == learner.school_day()
    {
        let (tenant, id, event) = (learner.tenant, learner.id, last.event);
        let row = app.store.read(move |tx| Box::pin(async move { tx.event_by_id(tenant, id, event).await })).await?;
        if let Some(row) = row
            && let Body::Offered(kept) = StoredBody::read(&row)?
            && let Some(kept) = still_good(kept, &versions, &found)
        {
            return Ok((event, kept));
        }
    }
    let offered = Offered {
        course: published.course.id.clone(),
        offers: found.offers.clone(),
        something_else: found.something_else.clone(),
        done_for_today: found.done_for_today,
        versions,
    };
    let id = Uuid::now_v7();
    let incoming = Incoming::by_server(id, Author::Engine, Body::Offered(offered), learner.now)?;
    append(app, learner.setting(), vec![incoming]).await?;
    Ok((id, found))
}

/// Offers of earlier, if the rules and the course are the same and nothing was asked for or done with since.
fn still_good(kept: Offered, versions: &Versions, found: &Offers) -> Option<Offers> {
    let asked = |offers: &[Offer]| -> Vec<Work> {
        let must = |offer: &&Offer| {
            matches!(offer.reason, Reason::Assigned { .. }) || matches!(offer.work, Work::Placement {})
        };
        offers.iter().filter(must).map(|offer| offer.work.clone()).collect()
    };
    let same = kept.versions == *versions
        && kept.done_for_today == found.done_for_today
        && kept.offers.len() == found.offers.len()
        && asked(&kept.offers) == asked(&found.offers);
    same.then_some(Offers {
        offers: kept.offers,
        something_else: kept.something_else,
        done_for_today: kept.done_for_today,
    })
}

/// An offer in words.
pub fn offer_seen(published: &Published, offer: &Offer, event: Uuid, lang: &Lang) -> OfferSeen {
    let lesson = offer.lesson.as_ref().map(|lesson| LessonName::of(published, lesson, lang));
    let skill = offer.skills.first().map(|skill| SkillName::of(published, skill, lang));
    let title = match &offer.work {
        Work::Practise { skill } => SkillName::of(published, skill, lang).name,
        Work::Read { activity, .. } => {
            published.course.activity(activity).map(|(_, activity)| activity.title.words(lang)).unwrap_or_default()
        }
        _ => lesson.as_ref().map(|lesson| lesson.title.clone()).unwrap_or_default(),
    };
    OfferSeen {
        id: Chosen { event, work: offer.work.clone() }.id(),
        kind: super::work::kind_of(&offer.work),
        skill,
        lesson,
        title,
        minutes: offer.minutes,
        by: AuthorSeen { kind: author_kind(offer.by), name: None },
        reasons: vec![reason_seen(published, offer, lang)],
    }
}

fn author_kind(author: Author) -> &'static str {
    match author {
        Author::Teacher(_) => "teacher",
        Author::Student(_) => "student",
        Author::Peer(_) => "peer",
        Author::PreTest => "pre_test",
        Author::Engine => "engine",
        Author::Course => "course",
    }
}

/// A reason as code and places, the ids in it replaced by names. What was begun names what comes next in it.
fn reason_seen(published: &Published, offer: &Offer, lang: &Lang) -> Value {
    let mut args = match serde_json::to_value(&offer.reason) {
        Ok(Value::Object(args)) => args,
        _ => Map::new(),
    };
    let code = args.remove("why").unwrap_or(Value::Null);
    if let (Reason::Continue { .. }, Some(skill)) = (&offer.reason, offer.skills.first()) {
        args.insert("skill".to_owned(), Value::String(skill.0.clone()));
    }
    if let Some(Value::String(skill)) = args.get("skill") {
        let name = SkillName::of(published, &SkillId(skill.clone()), lang).name;
        args.insert("skill".to_owned(), Value::String(name));
    }
    json!({ "code": code, "args": args })
}

/// The skills around the student's own next step, in the course's order. What a teacher asks for and a look back may lie
/// anywhere in the course: the path stays where it was.
fn path(published: &Published, state: &LearnerState, found: &Offers, lang: &Lang) -> Vec<Station> {
    let order: Vec<&SkillId> = published.course.lessons().flat_map(|lesson| &lesson.skills).collect();
    let own =
        |offer: &&Offer| !matches!(offer.reason, Reason::Assigned { .. }) && !matches!(offer.work, Work::Review { .. });
    let all = || found.offers.iter().chain(&found.something_else);
    let here = all().filter(own).chain(all()).find_map(|offer| offer.skills.first());
    let middle = here.and_then(|here| order.iter().position(|skill| *skill == here)).unwrap_or(0);
    let from = middle.saturating_sub(PATH_STATIONS / 2).min(order.len().saturating_sub(PATH_STATIONS));
    order
        .into_iter()
        .skip(from)
        .take(PATH_STATIONS)
        .map(|skill| {
            let progress = skill_progress(published, skill, state.skills.get(skill), lang);
            Station {
                here: Some(skill) == here,
                skill: progress.id,
                name: progress.name,
                state: progress.standing.state,
                step: progress.standing.step,
                few_answers: progress.standing.few_answers,
            }
        })
        .collect()
}

/// The body of a reading activity, and the language that it is in.
pub fn reading(published: &Published, work: &Work, lang: &Lang) -> Option<(String, Lang)> {
    let Work::Read { activity, .. } = work else { return None };
    let (_, activity) = published.course.activity(activity)?;
    let body = &activity.body;
    (activity.kind == ActivityKind::Read).then(|| (body.html(lang), body.lang_of(lang).clone()))
}
