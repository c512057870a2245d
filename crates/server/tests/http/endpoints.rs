//! Every endpoint of the API, once, with what a right request looks like and who may send it. A route that is added
//! without its line here fails [`the_table_knows_every_route`].

use crate::support::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Anybody,
    SignedIn,
    Student,
    Staff,
    ClassTeacher,
    Admin,
}

/// One endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub method: &'static str,
    /// With places, under `/api/v1`.
    pub path: &'static str,
    pub may: For,
    /// A body of the right shape; none where no body is read.
    pub body: Option<Value>,
    /// Members that must be there.
    pub required: &'static [&'static str],
}

impl Endpoint {
    /// The path with these ids in its places.
    pub fn path_with(&self, ids: &Ids) -> String {
        self.path
            .replace("{class}", &ids.class)
            .replace("{student}", &ids.student)
            .replace("{assignment}", &ids.assignment)
            .replace("{ask}", &ids.ask)
            .replace("{person}", &ids.person)
            .replace("{course}", "tiny")
            .replace("{skill}", "add")
            .replace("{rule}", "three_misses")
            .replace("{token}", &"0".repeat(64))
            .replace("{work}", &ids.work)
            .replace("{presentation}", &ids.presentation)
            .replace("{detour}", &ids.detour)
            .replace("{job}", &ids.job)
            .replace("{id}", &ids.session)
    }

    /// True when the path has a place for an id that belongs to somebody.
    pub fn has_owner(&self) -> bool {
        let owners = [
            "{class}",
            "{student}",
            "{assignment}",
            "{ask}",
            "{person}",
            "{work}",
            "{presentation}",
            "{detour}",
            "{job}",
            "{id}",
        ];
        owners.iter().any(|place| self.path.contains(place))
    }
}

/// What stands in the places of paths.
#[derive(Clone, Debug)]
pub struct Ids {
    pub class: String,
    pub student: String,
    pub assignment: String,
    /// What a teacher asked of that student's plan.
    pub ask: String,
    pub person: String,
    pub work: String,
    pub presentation: String,
    pub detour: String,
    pub session: String,
    pub job: String,
}

impl Ids {
    /// The ids of a school: its class, its first student, an assignment, a run and a session of theirs.
    pub async fn of(school: &TestApp) -> Self {
        let student = &school.students[0];
        let asked = json!({ "lesson": "counting", "students": [student.id] });
        let assigned = school.teacher.client.post(&school.class.path("assignments"), asked).await.json(201);
        let change = json!({ "change": { "kind": "must", "what": { "target": "lesson", "id": "counting" } } });
        let path = school.class.path(&format!("students/{}/plan/asks", student.id));
        let planned = school.teacher.client.post(&path, change).await.json(201);
        let work = student.practise("add").await;
        let missed = student.practise("double").await["next"].clone();
        let mut offered = Value::Null;
        for _ in 0..3 {
            offered = student.answer_wrong(&missed).await["help"]["detour"]["id"].clone();
        }
        let sessions = student.client.get("/sessions").await.json(200);
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        Self {
            class: school.class.id.clone(),
            student: student.id.clone(),
            assignment: text(&assigned["id"]),
            ask: text(&planned["id"]),
            person: school.teacher.id.clone(),
            work: text(&work["work"]),
            presentation: text(&work["next"]["id"]),
            detour: text(&offered),
            session: text(&sessions["sessions"][0]["id"]),
            job: finished_job(school).await,
        }
    }
}

/// A refit that is over: one that waits would keep others from beginning.
async fn finished_job(school: &TestApp) -> String {
    let tenant = school.tenant;
    let row = store::Job {
        id: uuid::Uuid::now_v7(),
        kind: "refit".into(),
        state: "done".into(),
        progress_done: 1,
        progress_total: 1,
        detail: json!({ "courses": ["tiny"], "until": 0 }).to_string(),
        created_at: school.app.now(),
        started_at: None,
        finished_at: None,
        error: None,
        asked_by: None,
        result: None,
        taken_until: 0,
    };
    let id = row.id.to_string();
    let stored = school.app.store.write(move |tx| Box::pin(async move { tx.insert_job(tenant, &row).await }));
    stored.await.expect("a job is stored");
    id
}

/// The table.
pub fn all() -> Vec<Endpoint> {
    use For::{Admin, Anybody, ClassTeacher, SignedIn, Staff, Student};
    let nowhere = "00000000-0000-7000-8000-000000000000";
    let read = |path, may| Endpoint { method: "GET", path, may, body: None, required: &[] };
    let bare = |method, path, may| Endpoint { method, path, may, body: None, required: &[] };
    let send = |method, path, may, body, required| Endpoint { method, path, may, body: Some(body), required };
    let name = json!({ "given_name": "Gita", "family_name": "Rao" });
    let setup = json!({ "token": "t", "organization": "o", "given_name": "g", "family_name": "f",
        "email": "a@b.test", "password": "green paper kite" });
    vec![
        read("/server", Anybody),
        send(
            "POST",
            "/setup",
            Anybody,
            setup,
            &["token", "organization", "given_name", "family_name", "email", "password"],
        ),
        read("/me", SignedIn),
        send("PATCH", "/me", SignedIn, json!({ "locale": "es", "preferences": { "theme": "dark" } }), &[]),
        read("/sessions", SignedIn),
        send("POST", "/sessions", Anybody, json!({ "email": "x@y.test", "password": "p" }), &["email", "password"]),
        send(
            "POST",
            "/sessions/student",
            Anybody,
            json!({ "class_code": "AAAAAA", "sign_in_name": "ana", "pin": "0000" }),
            &["class_code", "sign_in_name", "pin"],
        ),
        bare("DELETE", "/sessions/current", SignedIn),
        bare("DELETE", "/sessions/{id}", SignedIn),
        send("POST", "/links/{token}", Anybody, json!({ "password": "green paper kite" }), &["password"]),
        read("/demo/people", Anybody),
        send("POST", "/sessions/demo", Anybody, json!({ "person": nowhere }), &["person"]),
        read("/classes", Staff),
        send("POST", "/classes", Staff, json!({ "name": "5a", "course": "tiny" }), &["name"]),
        read("/classes/{class}", ClassTeacher),
        send(
            "PATCH",
            "/classes/{class}",
            ClassTeacher,
            json!({ "name": "5b", "course": "tiny", "archived": false }),
            &[],
        ),
        read("/classes/{class}/students", ClassTeacher),
        send(
            "POST",
            "/classes/{class}/students",
            ClassTeacher,
            json!({ "students": [name.clone()], "dry_run": true }),
            &[],
        ),
        send("PATCH", "/classes/{class}/students/{student}", ClassTeacher, name, &[]),
        bare("DELETE", "/classes/{class}/students/{student}", ClassTeacher),
        bare("POST", "/classes/{class}/students/{student}/restore", ClassTeacher),
        bare("POST", "/classes/{class}/students/{student}/pin", ClassTeacher),
        bare("POST", "/classes/{class}/students/{student}/unlock", ClassTeacher),
        bare("DELETE", "/classes/{class}/sessions", ClassTeacher),
        read("/courses", Staff),
        read("/courses/{course}", Staff),
        send("POST", "/events", Student, json!({ "events": [] }), &["events"]),
        read("/student/home", Student),
        send("POST", "/student/work", Student, json!({ "skill": "add" }), &[]),
        send("POST", "/student/work/{work}/next", Student, json!({}), &[]),
        bare("POST", "/student/detours/{detour}", Student),
        read("/student/presentations/{presentation}/practice-key", Student),
        bare("POST", "/student/placement", Student),
        bare("POST", "/student/placement/next", Student),
        read("/student/progress", Student),
        read("/student/skills/{skill}", Student),
        read("/student/hand", Student),
        send("POST", "/student/hand", Student, json!({ "note": "page 3" }), &[]),
        bare("DELETE", "/student/hand", Student),
        read("/student/plan", Student),
        send(
            "POST",
            "/student/plan/asks",
            Student,
            json!({ "change": { "kind": "first", "what": { "target": "skill", "id": "add" } }, "reason": "interest" }),
            &["change"],
        ),
        bare("DELETE", "/student/plan/asks/{ask}", Student),
        read("/classes/{class}/students/{student}/plan", ClassTeacher),
        send(
            "POST",
            "/classes/{class}/students/{student}/plan/asks",
            ClassTeacher,
            json!({ "change": { "kind": "excused", "what": { "target": "skill", "id": "add" } }, "reason": "known_already" }),
            &["change"],
        ),
        bare("DELETE", "/classes/{class}/students/{student}/plan/asks/{ask}", ClassTeacher),
        read("/classes/{class}/assignments", ClassTeacher),
        send(
            "POST",
            "/classes/{class}/assignments",
            ClassTeacher,
            json!({ "lesson": "counting", "students": "all", "due_at": 4_000_000_000_000_i64, "note": "n" }),
            &["lesson", "students"],
        ),
        bare("DELETE", "/classes/{class}/assignments/{assignment}", ClassTeacher),
        bare("POST", "/classes/{class}/assignments/{assignment}/restore", ClassTeacher),
        read("/classes/{class}/live", ClassTeacher),
        read("/classes/{class}/now", ClassTeacher),
        bare("DELETE", "/classes/{class}/hands/{student}", ClassTeacher),
        read("/classes/{class}/skills", ClassTeacher),
        read("/classes/{class}/students/{student}/story", ClassTeacher),
        read("/classes/{class}/students/{student}/answers", ClassTeacher),
        send(
            "POST",
            "/classes/{class}/alerts/{student}/{rule}",
            ClassTeacher,
            json!({ "verdict": "right", "basis": "b" }),
            &["verdict"],
        ),
        read("/admin/people", Admin),
        send(
            "POST",
            "/admin/people",
            Admin,
            json!({ "role": "teacher", "given_name": "Lena", "family_name": "Brandt", "email": "lena@school.test" }),
            &["role", "given_name", "family_name", "email"],
        ),
        send("PATCH", "/admin/people/{person}", Admin, json!({ "archived": false }), &["archived"]),
        bare("POST", "/admin/people/{person}/link", Admin),
        read("/admin/audit", Admin),
        send("DELETE", "/admin/students/{student}", Admin, json!({ "confirm": "nobody at all" }), &["confirm"]),
        read("/admin/students/{student}/export", Admin),
        read("/admin/parameters", Admin),
        read("/admin/parameters/{course}", Admin),
        send(
            "POST",
            "/admin/parameters/{course}/publish",
            Admin,
            json!({ "number": 1, "in_force": 0 }),
            &["number", "in_force"],
        ),
        send("POST", "/admin/refits", Admin, json!({ "course": "tiny" }), &[]),
        read("/admin/jobs/{job}", Admin),
        bare("POST", "/admin/jobs/{job}/cancel", Admin),
    ]
}

/// Paths beside the API.
const PLAIN: [&str; 4] = ["GET /csp-report", "GET /healthz", "GET /readyz", "GET /media/{hash}"];

#[tokio::test]
async fn the_table_knows_every_route() {
    let school = TestApp::with_class(0).await;
    let routed = routes(&format!("{:?}", school.router));
    let mut known: BTreeSet<String> =
        all().iter().map(|endpoint| format!("{} /api/v1{}", endpoint.method, endpoint.path)).collect();
    known.extend(PLAIN.map(|line| line.replace("GET /csp-report", "POST /csp-report")));
    let unknown: Vec<_> = routed.difference(&known).collect();
    let gone: Vec<_> = known.difference(&routed).collect();
    assert!(unknown.is_empty(), "write these into the table, with who may ask: {unknown:?}");
    assert!(gone.is_empty(), "the router no longer has these: {gone:?}");
    assert!(routed.len() > 50, "routes are read from how the router prints itself: {}", routed.len());
}

/// `METHOD /path` of each route, from how axum prints a router: it offers no other way to list them.
fn routes(printed: &str) -> BTreeSet<String> {
    let main = printed.split("fallback_router:").next().unwrap_or_default();
    let (routes, paths) = main.split_once("node: Node").expect("a router prints its paths");
    let mut found = BTreeSet::new();
    for entry in paths.split("RouteId(").skip(1) {
        let Some((id, rest)) = entry.split_once("): \"") else { continue };
        let path = rest.split('"').next().unwrap_or_default();
        let printed_route = route(routes, id);
        for method in ["get", "delete", "patch", "post", "put"] {
            let field = format!("{method}: ");
            let endpoint = printed_route.split(&field).nth(1).unwrap_or_default();
            if !endpoint.is_empty() && !endpoint.starts_with("None") {
                found.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    found
}

fn route<'p>(routes: &'p str, id: &str) -> &'p str {
    // Keyed by id, or in the order of ids.
    match routes.split(&format!("RouteId({id}): ")).nth(1) {
        Some(found) => found.split("RouteId(").next().unwrap_or_default(),
        None => {
            let number: usize = id.parse().expect("a number");
            routes.split("MethodRouter(").nth(number).unwrap_or_default()
        }
    }
}
