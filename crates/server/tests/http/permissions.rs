//! Who may ask what: every endpoint, asked by everybody who may not.

use super::endpoints::{Endpoint, For, Ids, all};
use crate::support::{Adult, Client, Reply, TestApp, text};
use axum::http::Method;
use serde_json::{Value, json};

async fn ask(client: &Client, endpoint: &Endpoint, ids: &Ids) -> Reply {
    let method: Method = endpoint.method.parse().expect("a method");
    client.call(method, &endpoint.path_with(ids), endpoint.body.clone()).await
}

/// Asks every endpoint that is open to `may` and compares the statuses.
async fn refused(client: &Client, ids: &Ids, may: &[For], expected: &[u16]) {
    let mut surprises = Vec::new();
    for endpoint in all().iter().filter(|endpoint| may.contains(&endpoint.may)) {
        let reply = ask(client, endpoint, ids).await;
        if !expected.contains(&reply.status) {
            surprises.push(format!("{}: {}", reply.asked, reply.status));
        }
    }
    assert!(surprises.is_empty(), "expected {expected:?}: {surprises:#?}");
}

const NOT_ANYBODY: [For; 5] = [For::SignedIn, For::Student, For::Staff, For::ClassTeacher, For::Admin];

#[tokio::test]
async fn nothing_is_open_to_somebody_who_is_not_signed_in() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    refused(&school.nobody(), &ids, &NOT_ANYBODY, &[401]).await;
    let forged = school.nobody().with_cookie(&format!("tandem_session={}", "a".repeat(64)));
    refused(&forged, &ids, &NOT_ANYBODY, &[401]).await;
}

#[tokio::test]
async fn a_student_is_refused_what_is_for_grown_ups() {
    let school = TestApp::with_class(2).await;
    let ids = Ids::of(&school).await;
    refused(&school.students[1].client, &ids, &[For::Staff, For::ClassTeacher, For::Admin], &[403]).await;
    refused(&school.students[0].client, &ids, &[For::Staff, For::ClassTeacher, For::Admin], &[403]).await;
}

#[tokio::test]
async fn a_teacher_of_another_class_finds_no_such_class() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    let other = school.another_teacher().await;
    refused(&other.client, &ids, &[For::ClassTeacher], &[404]).await;
    refused(&other.client, &ids, &[For::Student, For::Admin], &[403]).await;
}

#[tokio::test]
async fn a_teacher_reaches_another_classs_student_through_none_of_their_own() {
    let school = TestApp::with_class(1).await;
    let theirs = Ids::of(&school).await;
    let other = school.another_teacher().await;
    let own = school.new_class(&other, "5c").await;
    let mixed = Ids { class: own.id.clone(), ..theirs };
    let mut surprises = Vec::new();
    let of_a_student = |path: &str| path.contains("{student}") || path.contains("{assignment}");
    for endpoint in all().iter().filter(|endpoint| endpoint.may == For::ClassTeacher && of_a_student(endpoint.path)) {
        let reply = ask(&other.client, endpoint, &mixed).await;
        if reply.status != 404 {
            surprises.push(format!("{}: {}", reply.asked, reply.status));
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
    let assigned = json!({ "lesson": "counting", "students": [mixed.student] });
    let reply = other.client.post(&own.path("assignments"), assigned).await;
    assert_eq!(reply.problem_at(422), "unknown_student students");
}

#[tokio::test]
async fn an_administrator_is_no_student() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    refused(&school.admin.client, &ids, &[For::Student], &[403]).await;
    refused(&school.teacher.client, &ids, &[For::Student, For::Admin], &[403]).await;
}

#[tokio::test]
async fn another_schools_ids_are_as_missing_as_ids_that_never_were() {
    let here = TestApp::with_class(1).await;
    let there = here.neighbour("other.test", 1).await;
    let theirs = Ids::of(&there).await;
    let nowhere = "0190aaaa-0000-7000-8000-000000000000".to_owned();
    let never = Ids {
        class: nowhere.clone(),
        student: nowhere.clone(),
        assignment: nowhere.clone(),
        ask: nowhere.clone(),
        person: nowhere.clone(),
        work: nowhere.clone(),
        presentation: nowhere.clone(),
        detour: nowhere.clone(),
        session: nowhere.clone(),
        job: nowhere,
    };
    let mut surprises = Vec::new();
    for (who, client) in people(&here) {
        for endpoint in all().iter().filter(|endpoint| endpoint.has_owner()) {
            let (foreign, unknown) = (ask(&client, endpoint, &theirs).await, ask(&client, endpoint, &never).await);
            let alike = foreign.status == unknown.status && foreign.body == unknown.body;
            if !alike || !matches!(foreign.status, 403 | 404) {
                surprises.push(format!("{who} {}: {} and {}", foreign.asked, foreign.status, unknown.status));
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}

#[tokio::test]
async fn a_session_of_one_school_is_none_in_another() {
    let here = TestApp::with_class(1).await;
    let there = here.neighbour("other.test", 1).await;
    let ids = Ids::of(&there).await;
    for (_, client) in people(&here) {
        refused(&client.on_host("other.test"), &ids, &NOT_ANYBODY, &[401]).await;
    }
}

#[tokio::test]
async fn an_unknown_host_is_no_school_where_there_are_several() {
    let here = TestApp::with_class(1).await;
    let _there = here.neighbour("other.test", 0).await;
    let ids = Ids::of(&here).await;
    let elsewhere = here.admin.client.clone().on_host("third.test");
    refused(&elsewhere, &ids, &NOT_ANYBODY, &[401]).await;
    let server = elsewhere.get("/server").await.json(200);
    assert_eq!((&server["organization"], &server["needs_setup"]), (&Value::Null, &json!(false)));
    let asked = json!({ "email": "ada@school.test", "password": "green paper kite" });
    let status = elsewhere.post("/sessions", asked).await.status;
    assert!((400..500).contains(&status), "{status}");
}

#[tokio::test]
async fn the_lists_of_one_school_hold_nothing_of_another() {
    let here = TestApp::with_class(2).await;
    let there = here.neighbour("other.test", 2).await;
    let names = ["/classes", "/admin/people", "/admin/audit", "/sessions", "/me", "/courses"];
    for path in names {
        let seen = here.admin.client.get(path).await.json(200).to_string();
        for foreign in [&there.class.id, &there.admin.id, &there.teacher.id, &there.students[0].id] {
            assert!(!seen.contains(foreign.as_str()), "{path} shows {foreign}");
        }
    }
}

#[tokio::test]
async fn a_students_work_is_another_students_to_neither_read_nor_answer() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let work = ana.practise("add").await;
    let path = format!("/student/work/{}/next", text(&work["work"]));
    assert_eq!(ben.client.post(&path, json!({})).await.problem(404), "missing");

    let right = ana.right(&work["next"]).await;
    let verdict = ben.send(vec![ben.answer(&work["next"], right.clone())]).await.remove(0);
    assert_eq!((&verdict["status"], &verdict["problem"]["status"]), (&json!("refused"), &json!(404)));
    assert_eq!(verdict["problem"]["field"], "body.presentation");
    assert_eq!(verdict["judgement"], Value::Null, "{verdict}");

    let session = ana.client.get("/sessions").await.json(200)["sessions"][0]["id"].clone();
    assert_eq!(ben.client.delete(&format!("/sessions/{}", text(&session))).await.problem(404), "missing");
    let assigned = json!({ "lesson": "counting", "students": [ana.id] });
    let assigned = school.teacher.client.post(&school.class.path("assignments"), assigned).await.json(201);
    let wanted = json!({ "assignment": assigned["id"] });
    assert_eq!(ben.client.post("/student/work", wanted).await.problem_at(422), "unknown_assignment assignment");
}

#[tokio::test]
async fn permission_is_asked_before_the_body_is_read() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    for endpoint in all().iter().filter(|endpoint| endpoint.may != For::Anybody && endpoint.body.is_some()) {
        let method: Method = endpoint.method.parse().expect("a method");
        let reply = school.nobody().raw(method, &endpoint.path_with(&ids), b"{".to_vec(), &[]).await;
        assert_eq!(reply.status, 401, "{}", reply.asked);
    }
}

#[tokio::test]
async fn a_substitute_teaches_until_the_day_it_ends() {
    let school = TestApp::with_class(1).await;
    let substitute = school.another_teacher().await;
    let (tenant, until) = (school.tenant, school.app.now() + 60_000);
    let enrollment = store::Enrollment {
        class_id: school.class.id.parse().expect("an id"),
        person_id: substitute.person.id,
        role: "substitute".to_owned(),
        starts_at: school.app.now(),
        ends_at: Some(until),
    };
    school
        .app
        .store
        .write(move |tx| Box::pin(async move { tx.enroll(tenant, &enrollment).await }))
        .await
        .expect("an enrollment");
    substitute.client.get(&school.class.path("now")).await.json(200);
    school.move_clock(61_000);
    assert_eq!(substitute.client.get(&school.class.path("now")).await.problem(404), "missing");
}

#[tokio::test]
async fn ids_that_are_no_ids_are_problems_too() {
    let school = TestApp::with_class(1).await;
    let mut surprises = Vec::new();
    for odd in ["no-id", "%00", "%FF", "..", "1", "%2e%2e%2f", "00000000-0000-0000-0000-00000000000g"] {
        let ids = Ids {
            class: odd.to_owned(),
            student: odd.to_owned(),
            assignment: odd.to_owned(),
            ask: odd.to_owned(),
            person: odd.to_owned(),
            work: odd.to_owned(),
            presentation: odd.to_owned(),
            detour: odd.to_owned(),
            session: odd.to_owned(),
            job: odd.to_owned(),
        };
        let own_class = Ids { class: school.class.id.clone(), ..ids.clone() };
        for (who, client) in people(&school) {
            for endpoint in all().iter().filter(|endpoint| endpoint.has_owner()) {
                for ids in [&ids, &own_class] {
                    if !endpoint.path_with(ids).split('/').any(|segment| segment == odd) {
                        continue;
                    }
                    let reply = ask(&client, endpoint, ids).await;
                    if !matches!(reply.status, 400 | 403 | 404 | 405 | 422) {
                        surprises.push(format!("{who} {}: {}", reply.asked, reply.status));
                    }
                }
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}

fn people(school: &TestApp) -> Vec<(&'static str, Client)> {
    let Adult { client: admin, .. } = school.admin.clone();
    vec![("student", school.students[0].client.clone()), ("teacher", school.teacher.client.clone()), ("admin", admin)]
}
