//! The picture of a class: read in three queries, judged with the time of reading.

use crate::{
    app::{App, Problem, clock},
    library::Published,
};
use curriculum::{Lang, Text};
use engine::{
    detect::{self, Alert, LiveProjection, Profile, Rule},
    record::HeadState,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::Arc};
use store::{ClassId, ClassPerson, Hand, StudentId, TenantId};

/// A class at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LiveClass {
    pub at: i64,
    pub class: ClassName,
    pub here: usize,
    pub of: usize,
    pub see_first: Vec<SeeFirst>,
    pub ready_to_move_up: Vec<SeeFirst>,
    pub off_pace: Vec<SeeFirst>,
    pub hands: Vec<HandSeen>,
    pub rows: Vec<Row>,
    /// `rows` holds the whole class (somebody left or joined).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

/// The class by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassName {
    pub id: ClassId,
    pub name: String,
}

/// A student to look at, and why; worded by the screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeeFirst {
    pub student: StudentId,
    pub rule: String,
    pub args: Map<String, Value>,
    pub since: i64,
}

/// A hand that is up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HandSeen {
    pub student: StudentId,
    pub since: i64,
    pub note: String,
}

/// One student's tile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub student: StudentName,
    pub version: i64,
    pub here: bool,
    pub working_on: Option<WorkingOn>,
    pub last_answer_at: Option<i64>,
    pub answers_today: u32,
    pub right_today: u32,
    pub marks: Vec<&'static str>,
    pub hand_up: bool,
}

/// A student by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudentName {
    pub id: StudentId,
    pub given_name: String,
    pub family_name: String,
}

/// What a student is at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorkingOn {
    /// Names by language.
    pub lesson: Option<Value>,
    /// Names by language.
    pub skill: Option<Value>,
    pub placement: bool,
    /// It is a detour to the idea beneath.
    pub detour: bool,
    pub since: i64,
}

/// An alert, its places filled with names.
#[derive(Clone, Debug)]
pub struct AlertSeen {
    pub rule: String,
    pub args: Map<String, Value>,
    pub since: i64,
}

/// Reads the class as it is now.
pub async fn picture(app: &App, tenant: TenantId, class: ClassId) -> Result<LiveClass, Problem> {
    let now = app.now();
    let since = now - 24 * 60 * 60 * 1000;
    let (class, rows, hands, verdicts) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, Problem>((
                    tx.class(tenant, class).await?,
                    tx.class_rows(tenant, class, now).await?,
                    tx.raised_hands(tenant, class).await?,
                    tx.alert_verdicts(tenant, class, since).await?,
                ))
            })
        })
        .await?;
    let class = class.ok_or_else(|| Problem::missing("class"))?;
    let published = match &class.course_id {
        Some(course) => app.library.published(app, tenant, course).await?,
        None => None,
    };
    let zone = app.organization_of(tenant).map(|organization| organization.zone).unwrap_or_default();
    let day = clock::school_day(now, &zone);
    // A hand that was forgotten yesterday is down, here as on the student's own page.
    let hands: Vec<Hand> = hands.into_iter().filter(|hand| clock::school_day(hand.raised_at, &zone) == day).collect();
    let silenced = |student: StudentId, alert: &Alert| {
        let rule = rule_name(alert.rule);
        verdicts.iter().any(|said| said.student_id == student && said.rule == rule && said.at >= alert.since)
    };
    let read: Vec<Read> = rows
        .into_iter()
        .map(|row| {
            let live: LiveProjection =
                row.live.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
            let alerts = live
                .alerts(now, &Profile::default())
                .into_iter()
                .filter(|alert| !silenced(row.student_id, alert))
                .collect();
            Read { row, live, alerts }
        })
        .collect();
    Ok(draw(app, class, read, &hands, published, (&day, &zone, now), &silenced))
}

struct Read {
    row: store::ClassRow,
    live: LiveProjection,
    alerts: Vec<Alert>,
}

fn draw(
    app: &App,
    class: store::Class,
    read: Vec<Read>,
    hands: &[Hand],
    published: Option<Arc<Published>>,
    (day, zone, now): (&str, &str, i64),
    silenced: &dyn Fn(StudentId, &Alert) -> bool,
) -> LiveClass {
    let here = |student: StudentId| app.live.is_here(student, now);
    let alerts: Vec<(StudentId, Vec<Alert>)> = read
        .iter()
        .filter(|read| here(read.row.student_id))
        .map(|read| (read.row.student_id, read.alerts.clone()))
        .collect();
    let see = |student: StudentId, alert: &Alert| {
        let seen = alert_seen(alert, published.as_deref(), &in_every_language);
        SeeFirst { student, rule: seen.rule, args: seen.args, since: seen.since }
    };
    let see_first: Vec<SeeFirst> =
        detect::see_first(&alerts).iter().map(|(student, alert)| see(*student, alert)).collect();
    let ready_to_move_up: Vec<SeeFirst> = alerts
        .iter()
        .flat_map(|(student, alerts)| alerts.iter().map(move |alert| (*student, alert)))
        .filter(|(_, alert)| alert.rule == Rule::ReadyToMoveUp)
        // Whoever is to be seen first is told of there alone: two words about one name leave a teacher without any.
        .filter(|(student, _)| !see_first.iter().any(|first| first.student == *student))
        .map(|(student, alert)| see(student, alert))
        .collect();
    let lives: Vec<&LiveProjection> = read.iter().map(|read| &read.live).collect();
    let off_pace: Vec<SeeFirst> = detect::off_pace_in_class(&lives, day)
        .iter()
        .map(|(place, alert)| (read[*place].row.student_id, alert))
        .filter(|(student, alert)| !silenced(*student, alert))
        .map(|(student, alert)| see(student, alert))
        .collect();
    let quiet = |student: StudentId| {
        alerts.iter().any(|(of, alerts)| *of == student && alerts.iter().any(|alert| alert.rule == Rule::Idle))
    };
    let up: BTreeMap<StudentId, &Hand> = hands.iter().map(|hand| (hand.student_id, hand)).collect();
    let rows: Vec<Row> = read
        .iter()
        .map(|read| {
            let id = read.row.student_id;
            let (answers_today, right_today) = read.live.today(day);
            // What was left yesterday is not what somebody works on who has only come in.
            let working_on =
                working_on(&read.live, published.as_deref()).filter(|on| clock::school_day(on.since, zone) == day);
            let mut marks = Vec::new();
            if see_first.iter().any(|first| first.student == id) {
                marks.push("see_first");
            }
            if ready_to_move_up.iter().any(|ready| ready.student == id) {
                marks.push("ready");
            }
            if quiet(id) {
                marks.push("quiet");
            }
            if here(id) && working_on.as_ref().is_some_and(|on| on.detour) {
                marks.push("side_path");
            }
            Row {
                student: StudentName {
                    id,
                    given_name: read.row.given_name.clone(),
                    family_name: read.row.family_name.clone(),
                },
                version: read.row.position,
                here: here(id),
                working_on,
                last_answer_at: read.live.last_answer_at,
                answers_today,
                right_today,
                marks,
                hand_up: up.contains_key(&id),
            }
        })
        .collect();
    LiveClass {
        at: now,
        class: ClassName { id: class.id, name: class.name },
        here: rows.iter().filter(|row| row.here).count(),
        of: rows.len(),
        see_first,
        ready_to_move_up,
        off_pace,
        hands: hands
            .iter()
            .map(|hand| HandSeen { student: hand.student_id, since: hand.raised_at, note: hand.note.clone() })
            .collect(),
        rows,
        whole: false,
    }
}

fn working_on(live: &LiveProjection, published: Option<&Published>) -> Option<WorkingOn> {
    let on = live.working_on.as_ref()?;
    let course = &published?.course;
    Some(WorkingOn {
        lesson: on.lesson.as_ref().and_then(|id| course.lesson(id)).map(|lesson| in_every_language(&lesson.title)),
        skill: on.skill.as_ref().and_then(|id| course.skill(id)).map(|skill| in_every_language(&skill.name)),
        placement: on.placement,
        detour: on.detour,
        since: on.since,
    })
}

/// The alerts of one student now, with names in their places.
pub fn alerts_of(
    head: &HeadState,
    _student: &ClassPerson,
    now: i64,
    published: &Published,
    lang: &Lang,
) -> Vec<AlertSeen> {
    let alerts = detect::live_projection(head).alerts(now, &Profile::default());
    alerts.iter().map(|alert| alert_seen(alert, Some(published), &|name| json!(name.words(lang)))).collect()
}

/// A name as plain words by language: the picture is drawn once for all who watch, and each reads its own.
fn in_every_language(name: &Text) -> Value {
    name.0.keys().map(|lang| (lang.0.clone(), json!(name.words(lang)))).collect::<Map<_, _>>().into()
}

fn alert_seen(alert: &Alert, published: Option<&Published>, word: &dyn Fn(&Text) -> Value) -> AlertSeen {
    let mut args = Map::new();
    let course = published.map(|published| &published.course);
    if let Some(skill) = alert.args.skill.as_ref().and_then(|id| course?.skill(id)) {
        args.insert("skill".to_owned(), word(&skill.name));
    }
    if let Some(id) = &alert.args.misconception {
        let name = course.and_then(|course| course.misconceptions.get(id)).map(|known| word(&known.name));
        args.insert("misconception".to_owned(), name.unwrap_or_else(|| json!(id)));
    }
    for (name, number) in
        [("count", alert.args.count), ("minutes", alert.args.minutes), ("expected", alert.args.expected)]
    {
        if let Some(number) = number {
            args.insert(name.to_owned(), json!(number));
        }
    }
    AlertSeen { rule: rule_name(alert.rule), args, since: alert.since }
}

fn rule_name(rule: Rule) -> String {
    serde_json::to_value(rule).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
