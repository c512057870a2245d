//! Whatever is sent, the answer is a 4xx problem that names the field; nothing panics.

use super::endpoints::{Endpoint, For, Ids, all};
use crate::{
    on_both,
    support::{Client, Database, Reply, TestApp},
};
use axum::http::Method;
use serde_json::{Value, json};

/// The endpoints that read a body, each with somebody who may ask it.
fn writing(school: &TestApp) -> Vec<(Endpoint, Client)> {
    let who = |may: For| match may {
        For::Student => school.students[0].client.clone(),
        For::Admin => school.admin.client.clone(),
        For::Staff | For::ClassTeacher | For::SignedIn => school.teacher.client.clone(),
        For::Anybody => school.nobody(),
    };
    all()
        .into_iter()
        .filter(|endpoint| endpoint.body.is_some())
        .map(|endpoint| {
            let client = who(endpoint.may);
            (endpoint, client)
        })
        .collect()
}

async fn send(client: &Client, endpoint: &Endpoint, ids: &Ids, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
    let method: Method = endpoint.method.parse().expect("a method");
    client.raw(method, &endpoint.path_with(ids), body, headers).await
}

/// Sends the same odd thing everywhere and expects a status and field everywhere.
async fn everywhere(body: Vec<u8>, headers: &[(&str, &str)], expected: &[(u16, &str)]) {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    let mut surprises = Vec::new();
    for (endpoint, client) in writing(&school) {
        let reply = send(&client, &endpoint, &ids, body.clone(), headers).await;
        let got = (reply.status, reply.field().unwrap_or_default());
        if !expected.iter().any(|(status, field)| *status == got.0 && *field == got.1) {
            surprises.push(format!("{}: {got:?} {}", reply.asked, reply.text()));
        }
    }
    assert!(surprises.is_empty(), "expected {expected:?}: {surprises:#?}");
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    for broken in ["", "{", "nul", "{'a': 1}", "\u{feff}{}"] {
        everywhere(broken.as_bytes().to_vec(), &[], &[(400, "body")]).await;
    }
    let school = TestApp::with_class(0).await;
    for (broken, field) in [("{\"locale\":", "locale"), ("{} {}", "body"), ("{\"locale\":\"es\"", "body")] {
        let reply = school.teacher.client.raw(Method::PATCH, "/me", broken.as_bytes().to_vec(), &[]).await;
        assert_eq!(reply.problem_at(400), format!("not_json {field}"), "{broken}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    for odd in ["[]", "3", "\"text\"", "null", "true"] {
        everywhere(odd.as_bytes().to_vec(), &[], &[(422, "body")]).await;
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    everywhere(vec![0xff, 0xfe, 0x00, 0x80], &[], &[(400, "body")]).await;
}

#[tokio::test]
async fn deep_json_is_refused_without_harm() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    everywhere(deep.into_bytes(), &[], &[(422, "body"), (400, "body")]).await;
    let nested = format!("{}1{}", "{\"preferences\":".repeat(10_000), "}".repeat(10_000));
    let school = TestApp::with_class(0).await;
    let reply = school.teacher.client.raw(Method::PATCH, "/me", nested.into_bytes(), &[]).await;
    assert_eq!(reply.status, 400);
    assert!(reply.field().is_some());
}

#[tokio::test]
async fn another_content_type_is_refused() {
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        everywhere(b"{}".to_vec(), &[("content-type", kind)], &[(415, "content-type")]).await;
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    // Five megabytes: over the limit of every endpoint, events included.
    let huge = format!("{{\"a\":\"{}\"}}", "x".repeat(5 * 1024 * 1024));
    everywhere(huge.into_bytes(), &[], &[(413, "body")]).await;
}

#[tokio::test]
async fn another_origin_is_refused_everywhere_and_first() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    let foreign: [&[(&str, &str)]; 6] = [
        &[("origin", "http://evil.test")],
        &[("origin", "null")],
        &[("origin", "http://school.test.evil.test")],
        &[("origin", "http://school.test:8080")],
        &[("origin", ""), ("sec-fetch-site", "cross-site")],
        &[("origin", ""), ("sec-fetch-site", "same-site")],
    ];
    for endpoint in all().iter().filter(|endpoint| endpoint.method != "GET") {
        for headers in foreign {
            let method: Method = endpoint.method.parse().expect("a method");
            let body = endpoint.body.clone().unwrap_or_default().to_string().into_bytes();
            let reply = school.admin.client.raw(method, &endpoint.path_with(&ids), body, headers).await;
            assert_eq!(reply.problem_at(403), "wrong_origin origin", "{headers:?}");
        }
    }
    // Nothing of it happened.
    assert_eq!(school.admin.client.get("/sessions").await.json(200)["sessions"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_member_that_nobody_knows_is_named() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    for (endpoint, client) in writing(&school) {
        let mut body = endpoint.body.clone().expect("a body");
        body["surprise"] = json!(1);
        let reply = send(&client, &endpoint, &ids, body.to_string().into_bytes(), &[]).await;
        assert_eq!(reply.problem_at(422), "wrong_value surprise", "{}", endpoint.path);
    }
}

#[tokio::test]
async fn a_member_that_is_missing_is_named() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    for (endpoint, client) in writing(&school) {
        for name in endpoint.required {
            let mut body = endpoint.body.clone().expect("a body");
            body.as_object_mut().expect("an object").remove(*name);
            let reply = send(&client, &endpoint, &ids, body.to_string().into_bytes(), &[]).await;
            assert_eq!(reply.status, 422, "{} without {name}: {}", reply.asked, reply.text());
            assert_eq!(reply.field().as_deref(), Some(*name), "{}", reply.asked);
        }
    }
}

/// Values put in the place of every member of every body.
fn odd_values() -> Vec<(&'static str, String)> {
    vec![
        ("null", "null".to_owned()),
        ("true", "true".to_owned()),
        ("a negative number", "-1".to_owned()),
        ("the smallest number", i64::MIN.to_string()),
        ("the greatest number", u64::MAX.to_string()),
        ("a number beyond all", "1e400".to_owned()),
        ("a fraction", "0.5".to_owned()),
        ("an empty text", "\"\"".to_owned()),
        ("spaces", "\"   \"".to_owned()),
        ("a huge text", format!("\"{}\"", "y".repeat(300_000))),
        ("many marks", format!("\"{}\"", "a\u{301}".repeat(5_000))),
        ("NUL", "\"a\\u0000b\"".to_owned()),
        ("a lone surrogate", "\"a\\ud800b\"".to_owned()),
        ("control characters", "\"a\\u0007\\u001bb\"".to_owned()),
        ("a right-to-left override", "\"a\\u202eb\"".to_owned()),
        ("an empty list", "[]".to_owned()),
        ("a list of nothing", "[null]".to_owned()),
        ("a list in lists", "[[[[]]]]".to_owned()),
        ("an empty object", "{}".to_owned()),
        ("an object", "{\"a\":{\"b\":[1]}}".to_owned()),
        ("a query", "\"' or 1=1; drop table person; --\"".to_owned()),
        ("markup", "\"<script>alert(1)</script>\"".to_owned()),
    ]
}

on_both!(every_member_takes_every_odd_value_without_harm, every_odd_value);
async fn every_odd_value(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ids = Ids::of(&school).await;
    let mut surprises = Vec::new();
    for (endpoint, client) in writing(&school) {
        let body = endpoint.body.clone().expect("a body");
        for name in body.as_object().expect("an object").keys() {
            // Wrong credentials are counted and hashing is slow; one endpoint of the two is enough here.
            if endpoint.path == "/sessions" && name == "email" {
                continue;
            }
            for (what, odd) in odd_values() {
                // Each value stands in the raw text, since some of them are no values of serde_json.
                let mut marked = body.clone();
                marked[name] = json!("@@here@@");
                let text = marked.to_string().replace("\"@@here@@\"", &odd);
                let reply = send(&client, &endpoint, &ids, text.into_bytes(), &[]).await;
                let refused = (400..500).contains(&reply.status) && !matches!(reply.status, 401 | 429);
                if refused && reply.field().is_none() {
                    surprises.push(format!("{} {name} = {what}: no field: {}", reply.asked, reply.text()));
                }
                let never = matches!(what, "NUL" | "a lone surrogate" | "a number beyond all");
                if never && !refused {
                    surprises.push(format!("{} {name} = {what}: {}", reply.asked, reply.status));
                }
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_named() {
    let school = TestApp::with_class(1).await;
    let ids = Ids::of(&school).await;
    let mut surprises = Vec::new();
    for (endpoint, client) in writing(&school) {
        let body = endpoint.body.clone().expect("a body");
        for (name, value) in body.as_object().expect("an object") {
            let wrong = match value {
                Value::String(_) | Value::Bool(_) | Value::Number(_) => json!({ "no": "such" }),
                _ => json!(7),
            };
            let mut changed = body.clone();
            changed[name] = wrong;
            let reply = send(&client, &endpoint, &ids, changed.to_string().into_bytes(), &[]).await;
            let field = reply.field().unwrap_or_default();
            if reply.status != 422 || !field.starts_with(name.as_str()) {
                surprises.push(format!("{} {name}: {} {field}", reply.asked, reply.status));
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}

#[tokio::test]
async fn names_are_kept_to_what_a_name_can_be() {
    let school = TestApp::with_class(0).await;
    let teacher = &school.teacher.client;
    let long = "x".repeat(81);
    for (name, problem) in
        [("", "empty name"), ("  ", "empty name"), (&long, "too_long name"), ("a\u{7}b", "wrong_value name")]
    {
        assert_eq!(teacher.post("/classes", json!({ "name": name })).await.problem_at(422), problem);
    }
    let reply = teacher.post("/classes", json!({ "name": "6d", "course": "no-such-course" })).await;
    assert_eq!(reply.problem_at(422), "unknown_course course");
    let path = school.class.path("students");
    let many: String = (0..401).map(|nth| format!("A{nth}x B\n")).collect();
    let added = teacher.post(&path, json!({ "lines": many, "dry_run": true })).await.json(200);
    assert_eq!(added["added"].as_array().map(Vec::len), Some(400));
    assert_eq!(added["problems"][0]["code"], "too_many");
    let both = json!({ "lines": "Ana Ruiz", "students": [{ "given_name": "Ana" }] });
    assert_eq!(teacher.post(&path, both).await.problem_at(422), "missing_field lines");
}

#[tokio::test]
async fn what_stands_behind_the_question_mark_is_checked_too() {
    let school = TestApp::with_class(1).await;
    let answers = school.class.path(&format!("students/{}/answers", school.students[0].id));
    for (path, field) in [
        (format!("{answers}?before=soon"), "before"),
        (format!("{answers}?wrong=maybe"), "wrong"),
        ("/admin/people?after=nobody".to_owned(), "after"),
        ("/admin/audit?before=yesterday".to_owned(), "before"),
    ] {
        let reply = school.admin.client.get(&path).await;
        assert!(matches!(reply.status, 400 | 422), "{path}: {}", reply.text());
        assert_eq!(reply.field().as_deref(), Some(field), "{path}: {}", reply.text());
    }
    // Left empty they are as if they were not there.
    school.admin.client.get(&format!("{answers}?before=&skill=&wrong=")).await.json(200);
    let people = school.admin.client.get("/admin/people?role=&q=&after=").await.json(200);
    assert_eq!(people["people"].as_array().map(Vec::len), Some(3));
    school.admin.client.get("/admin/audit?before=").await.json(200);
}

on_both!(names_that_no_database_can_hold_are_missing_or_wrong, odd_names);
async fn odd_names(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0].client;
    assert_eq!(school.teacher.client.get("/courses/%00").await.problem_at(404), "missing course");
    assert_eq!(ana.get("/student/skills/a%00b").await.problem_at(404), "missing skill");
    assert_eq!(school.teacher.client.get(&format!("/courses/{}", "y".repeat(9_000))).await.problem(404), "missing");
    let answers = school.class.path(&format!("students/{}/answers?skill=%00", school.students[0].id));
    school.teacher.client.get(&answers).await.json(200);
    school.admin.client.get("/admin/people?q=%00&role=%00").await.json(200);
    school.admin.client.get("/admin/people?q=%FF").await;
    // An address longer than an index can hold is only wrong, and no more of it is kept than of any other.
    let email = format!("{}@school.test", "y".repeat(300_000));
    let asked = json!({ "email": email, "password": "green paper kite" });
    assert_eq!(school.nobody().post("/sessions", asked).await.problem(401), "wrong_credentials");
}

#[tokio::test]
async fn addresses_that_are_not_there_and_methods_that_are_not_taken_are_problems() {
    let school = TestApp::with_class(0).await;
    assert_eq!(school.admin.client.get("/no/such/page").await.problem(404), "missing");
    assert_eq!(school.admin.client.delete("/me").await.problem(405), "wrong_method");
    assert_eq!(school.admin.client.raw(Method::PUT, "/classes", Vec::new(), &[]).await.problem(405), "wrong_method");
}
