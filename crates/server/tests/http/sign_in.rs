//! Signing in, being kept out, being signed out.

use crate::support::{Client, HOST, Reply, TestApp, node, text};
use axum::http::Method;
use serde_json::{Value, json};

async fn try_pin(school: &TestApp, name: &str, pin: &str) -> Reply {
    let asked = json!({ "class_code": school.class.code, "sign_in_name": name, "pin": pin });
    school.nobody().post("/sessions/student", asked).await
}

/// A PIN that is not this one.
fn another(pin: &str) -> String {
    let number: u32 = pin.parse().expect("digits");
    format!("{:04}", (number + 1) % 10_000)
}

/// A teacher with a password, made as a school does: by a one-time link.
async fn teacher_with_password(school: &TestApp, email: &str, password: &str) -> (Value, Client) {
    let asked = json!({ "role": "teacher", "given_name": "Lena", "family_name": "Brandt", "email": email });
    let made = school.admin.client.post("/admin/people", asked).await.json(201);
    let token = text(&made["link"]).rsplit('/').next().expect("a token").to_owned();
    let reply = school.nobody().post(&format!("/links/{token}"), json!({ "password": password })).await;
    let client = school.nobody().with_cookie(&reply.cookie());
    let me = reply.json(201);
    assert_eq!((&me["role"], &me["given_name"]), (&json!("teacher"), &json!("Lena")));
    (made["person"].clone(), client)
}

#[tokio::test]
async fn a_student_signs_in_with_class_code_name_and_pin() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let me = ana.client.get("/me").await.json(200);
    assert_eq!(
        (&me["role"], &me["given_name"], &me["classes"][0]["name"]),
        (&json!("student"), &json!("Ana"), &json!("4b"))
    );
    // Typed as children type.
    let code = school.class.code.to_lowercase();
    let typed =
        json!({ "class_code": format!("{}-{}", &code[..3], &code[3..]), "sign_in_name": " Ána ", "pin": ana.pin });
    let reply = school.nobody().post("/sessions/student", typed).await;
    let cookie = reply.cookie();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain HTTP: {cookie}");
    reply.assert_status(201);
}

#[tokio::test]
async fn known_and_unknown_names_cannot_be_told_apart() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let known = try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await;
    let unknown = try_pin(&school, "nobody", &another(&ana.pin)).await;
    assert_alike(&known, &unknown);
    assert_eq!(known.problem(401), "wrong_credentials");
    let wrong_code = json!({ "class_code": "ZZZZZZ", "sign_in_name": ana.sign_in_name, "pin": ana.pin });
    assert_alike(&school.nobody().post("/sessions/student", wrong_code).await, &unknown);
    // Also when both must wait.
    for _ in 0..4 {
        let known = try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await;
        let unknown = try_pin(&school, "nobody", &another(&ana.pin)).await;
        assert_alike(&known, &unknown);
    }
    assert_eq!(try_pin(&school, "nobody", "1357").await.problem(429), "wait");
}

#[tokio::test]
async fn known_and_unknown_addresses_cannot_be_told_apart() {
    let school = TestApp::with_class(0).await;
    let (_, _) = teacher_with_password(&school, "lena@school.test", "green paper kite").await;
    let wrong = |email: &str| json!({ "email": email, "password": "not this one at all" });
    let known = school.nobody().post("/sessions", wrong("lena@school.test")).await;
    let unknown = school.nobody().post("/sessions", wrong("lara@school.test")).await;
    // One that exists and has not chosen a password yet.
    let without = school.nobody().post("/sessions", wrong("tomas@school.test")).await;
    assert_alike(&known, &unknown);
    assert_alike(&known, &without);
    assert_eq!(known.problem(401), "wrong_credentials");
    let right = json!({ "email": " LENA@school.test ", "password": "green paper kite" });
    school.nobody().post("/sessions", right).await.json(201);
}

#[track_caller]
fn assert_alike(one: &Reply, other: &Reply) {
    assert_eq!((one.status, one.text()), (other.status, other.text()));
    assert_eq!(one.headers, other.headers);
}

#[tokio::test]
async fn five_misses_wait_half_a_minute_and_the_right_pin_waits_too() {
    let school = TestApp::with_class(2).await;
    let ana = &school.students[0];
    for _ in 0..4 {
        assert_eq!(try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await.problem(401), "wrong_credentials");
    }
    let fifth = try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await;
    assert_eq!(fifth.header("retry-after"), "30");
    assert_eq!(fifth.json(429)["retry_after_seconds"], 30);
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(429), "wait");
    // A classmate does not wait.
    let ben = &school.students[1];
    try_pin(&school, &ben.sign_in_name, &ben.pin).await.assert_status(201);
    let listed = school.teacher.client.get(&school.class.path("students")).await.json(200);
    let waiting = |name: &str| {
        let all = listed["students"].as_array().expect("a list");
        all.iter().find(|student| student["sign_in_name"] == name).expect("a student")["waiting_until"].clone()
    };
    assert!(waiting(&ana.sign_in_name).is_i64());
    assert_eq!(waiting(&ben.sign_in_name), Value::Null);

    school.move_clock(30_001);
    try_pin(&school, &ana.sign_in_name, &ana.pin).await.assert_status(201);
    // Signing in forgets the misses.
    assert_eq!(try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await.problem(401), "wrong_credentials");
}

#[tokio::test]
async fn forty_misses_wait_a_quarter_of_an_hour() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let mut waits = Vec::new();
    for miss in 1..=40 {
        let reply = try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await;
        if reply.status == 429 {
            waits.push((miss, reply.header("retry-after").to_owned()));
            if miss < 40 {
                school.move_clock(30_001);
            }
        }
    }
    let expected: Vec<(i32, String)> =
        (1..=8).map(|nth| (nth * 5, if nth == 8 { "900" } else { "30" }.to_owned())).collect();
    assert_eq!(waits, expected);
    school.move_clock(14 * 60_000);
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(429), "wait");
    school.move_clock(60_001);
    try_pin(&school, &ana.sign_in_name, &ana.pin).await.assert_status(201);
}

#[tokio::test]
async fn a_teacher_unlocks_at_once() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    for _ in 0..5 {
        try_pin(&school, &ana.sign_in_name, &another(&ana.pin)).await;
    }
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(429), "wait");
    school.teacher.client.post(&school.class.path(&format!("students/{}/unlock", ana.id)), json!({})).await.done();
    try_pin(&school, &ana.sign_in_name, &ana.pin).await.assert_status(201);
}

#[tokio::test]
async fn a_class_code_alone_shows_no_names() {
    let school = TestApp::with_class(2).await;
    let code = &school.class.code;
    let nobody = school.nobody();
    let tries = [
        nobody.post("/sessions/student", json!({ "class_code": code })).await,
        nobody.post("/sessions/student", json!({ "class_code": code, "sign_in_name": "", "pin": "" })).await,
        nobody.post("/sessions/student", json!({ "class_code": code, "sign_in_name": "%", "pin": "%" })).await,
        nobody.get(&format!("/classes/{code}")).await,
        nobody.get(&format!("/classes/{code}/students")).await,
        nobody.get(&format!("/sessions/student?class_code={code}")).await,
    ];
    for reply in tries {
        assert!(reply.status >= 400, "{}", reply.asked);
        for student in &school.students {
            let told = reply.text().to_lowercase();
            assert!(!told.contains(&student.sign_in_name) && !told.contains(&student.name.to_lowercase()), "{told}");
        }
    }
}

#[tokio::test]
async fn a_classmate_with_the_code_cannot_guess_by_an_empty_or_long_pin() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    for pin in [String::new(), format!("{}0", ana.pin), ana.pin[..3].to_owned(), "١٢٣٤".to_owned()] {
        assert_eq!(try_pin(&school, &ana.sign_in_name, &pin).await.status, 401, "{pin}");
    }
}

#[tokio::test]
async fn a_new_pin_ends_the_old_sessions() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let path = school.class.path(&format!("students/{}/pin", ana.id));
    let changed = school.teacher.client.post(&path, json!({})).await.json(200);
    assert_ne!(changed["pin"], ana.pin.as_str());
    assert_eq!(ana.client.get("/me").await.problem(401), "signed_out");
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(401), "wrong_credentials");
    try_pin(&school, &ana.sign_in_name, &text(&changed["pin"])).await.assert_status(201);
}

#[tokio::test]
async fn a_new_class_code_closes_the_old_one() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let path = format!("/classes/{}", school.class.id);
    let changed = school.teacher.client.patch(&path, json!({ "code": "new" })).await.json(200);
    assert_ne!(changed["code"], school.class.code.as_str());
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(401), "wrong_credentials");
}

#[tokio::test]
async fn a_whole_class_is_signed_out() {
    let school = TestApp::with_class(3).await;
    school.teacher.client.delete(&school.class.path("sessions")).await.done();
    for student in &school.students {
        assert_eq!(student.client.get("/student/home").await.problem(401), "signed_out");
    }
    school.teacher.client.get("/me").await.json(200);
}

#[tokio::test]
async fn a_student_who_left_the_class_is_out_and_comes_back_when_restored() {
    let school = TestApp::with_class(2).await;
    let ana = &school.students[0];
    let path = school.class.path(&format!("students/{}", ana.id));
    school.teacher.client.delete(&path).await.done();
    assert_eq!(ana.client.get("/me").await.problem(401), "signed_out");
    assert_eq!(try_pin(&school, &ana.sign_in_name, &ana.pin).await.problem(401), "wrong_credentials");
    let listed = school.teacher.client.get(&school.class.path("students")).await.json(200);
    assert_eq!(listed["students"].as_array().map(Vec::len), Some(1));
    assert_eq!(school.teacher.client.get(&format!("{path}/story")).await.problem(404), "missing");

    school.teacher.client.post(&format!("{path}/restore"), json!({})).await.done();
    try_pin(&school, &ana.sign_in_name, &ana.pin).await.assert_status(201);
}

#[tokio::test]
async fn an_archived_teacher_is_out_at_once() {
    let school = TestApp::with_class(1).await;
    school.teacher.client.get("/classes").await.json(200);
    let path = format!("/admin/people/{}", school.teacher.id);
    let archived = school.admin.client.patch(&path, json!({ "archived": true })).await.json(200);
    assert_eq!(archived["archived"], true);
    assert_eq!(school.teacher.client.get("/classes").await.problem(401), "signed_out");
    // Coming back does not bring old sessions back.
    school.admin.client.patch(&path, json!({ "archived": false })).await.json(200);
    assert_eq!(school.teacher.client.get("/classes").await.problem(401), "signed_out");
    // An administrator does not lock themselves out.
    let own = format!("/admin/people/{}", school.admin.id);
    assert_eq!(
        school.admin.client.patch(&own, json!({ "archived": true })).await.problem_at(422),
        "own_account archived"
    );
}

#[tokio::test]
async fn an_archived_teacher_cannot_sign_in_again() {
    let school = TestApp::with_class(0).await;
    let (person, client) = teacher_with_password(&school, "lena@school.test", "green paper kite").await;
    let path = format!("/admin/people/{}", text(&person["id"]));
    school.admin.client.patch(&path, json!({ "archived": true })).await.json(200);
    assert_eq!(client.get("/me").await.problem(401), "signed_out");
    let right = json!({ "email": "lena@school.test", "password": "green paper kite" });
    assert_eq!(school.nobody().post("/sessions", right).await.problem(401), "wrong_credentials");
}

#[tokio::test]
async fn own_sessions_are_listed_and_ended_one_by_one() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let second = try_pin(&school, &ana.sign_in_name, &ana.pin).await;
    let second = school.nobody().with_cookie(&second.cookie());
    let listed = ana.client.get("/sessions").await.json(200);
    let sessions = listed["sessions"].as_array().expect("a list");
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == false).expect("the other one");
    assert!(!listed.to_string().contains("token"), "{listed}");
    ana.client.delete(&format!("/sessions/{}", text(&other["id"]))).await.done();
    assert_eq!(second.get("/me").await.problem(401), "signed_out");
    ana.client.get("/me").await.json(200);

    let reply = ana.client.delete("/sessions/current").await;
    assert!(reply.cookie().contains("Max-Age=0"));
    reply.done();
    assert_eq!(ana.client.get("/me").await.problem(401), "signed_out");
}

#[tokio::test]
async fn forged_truncated_and_expired_sessions_are_signed_out() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let cookie = ana.client.cookie.clone().expect("a cookie");
    let (name, token) = cookie.split_once('=').expect("a pair");
    let mut flipped = token.to_owned();
    flipped.replace_range(..1, if token.starts_with('0') { "1" } else { "0" });
    let forged = [
        format!("{name}={flipped}"),
        format!("{name}={}", &token[..63]),
        format!("{name}={token}0"),
        format!("{name}="),
        format!("{name}={}", token.to_uppercase()),
        format!("{name}={}", "0".repeat(64)),
        format!("{name}={}", "%".repeat(64)),
        format!("other={token}"),
    ];
    for forged in forged {
        let reply = school.nobody().with_cookie(&forged).get("/me").await;
        let same = forged == cookie;
        assert!(same || reply.status == 401, "{forged}: {}", reply.status);
    }
    // The hash that the store keeps is no token.
    let (tenant, person) = (school.tenant, ana.student().person());
    let rows = school
        .app
        .store
        .read(move |tx| Box::pin(async move { tx.sessions_of_person(tenant, person).await }))
        .await
        .expect("sessions");
    assert!(rows.iter().all(|row| row.token_hash != token.as_bytes()));

    ana.client.get("/me").await.json(200);
    school.move_clock(12 * 60 * 60 * 1000 + 1);
    assert_eq!(ana.client.get("/me").await.problem(401), "signed_out");
}

#[tokio::test]
async fn a_session_in_use_stays() {
    let school = TestApp::with_class(1).await;
    for _ in 0..10 {
        school.move_clock(6 * 60 * 60 * 1000);
        school.students[0].client.get("/me").await.json(200);
    }
}

#[tokio::test]
async fn the_setup_link_works_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("tandem.db").display());
    let app = node(&folder, &url, |_| ()).await;
    let client = Client::new(server::app::routes::router(app.clone()), HOST);
    let server = client.get("/server").await.json(200);
    assert_eq!((&server["needs_setup"], &server["organization"]), (&json!(true), &Value::Null));
    let setup = |token: &str, password: &str| {
        json!({ "token": token, "organization": "Green School", "given_name": "Ada", "family_name": "Mbeki",
                "email": "ada@green.test", "password": password })
    };
    // Before any link was printed none is right, the empty one neither.
    for token in ["", "0"] {
        assert_eq!(client.post("/setup", setup(token, "green paper kite")).await.problem_at(403), "link_used token");
    }
    assert_eq!(client.get("/me").await.problem(401), "signed_out");
    let signing_in = json!({ "email": "ada@green.test", "password": "green paper kite" });
    assert_eq!(client.post("/sessions", signing_in).await.problem(409), "needs_setup");

    let token = app.setup.make();
    assert_eq!(client.post("/setup", setup(&token[1..], "green paper kite")).await.problem_at(403), "link_used token");
    assert_eq!(client.post("/setup", setup(&token, "short")).await.problem_at(422), "too_short password");
    let made = client.post("/setup", setup(&token, "green paper kite")).await;
    let admin = client.clone().with_cookie(&made.cookie());
    assert_eq!(made.json(201)["role"], "admin");
    admin.get("/admin/people").await.json(200);
    assert_eq!(client.post("/setup", setup(&token, "green paper kite")).await.problem_at(403), "link_used token");
    assert_eq!(client.get("/server").await.json(200)["needs_setup"], false);
}

#[tokio::test]
async fn a_password_link_works_once_and_for_a_week() {
    let school = TestApp::with_class(0).await;
    let (person, client) = teacher_with_password(&school, "lena@school.test", "green paper kite").await;
    let fresh = |path: String| async move {
        let made = school.admin.client.post(&path, json!({})).await.json(200);
        (text(&made["link"]).rsplit('/').next().expect("a token").to_owned(), school)
    };
    let (token, school) = fresh(format!("/admin/people/{}/link", text(&person["id"]))).await;
    let path = format!("/links/{token}");
    // A password that cannot be taken does not use the link up.
    assert_eq!(school.nobody().post(&path, json!({ "password": "short" })).await.problem_at(422), "too_short password");
    school.nobody().post(&path, json!({ "password": "blue ink bottle" })).await.json(201);
    assert_eq!(client.get("/me").await.problem(401), "signed_out", "a new password ends old sessions");
    let again = school.nobody().post(&path, json!({ "password": "blue ink bottle" })).await;
    assert_eq!(again.problem_at(403), "link_used token");
    let old = json!({ "email": "lena@school.test", "password": "green paper kite" });
    assert_eq!(school.nobody().post("/sessions", old).await.problem(401), "wrong_credentials");

    let made = school.admin.client.post(&format!("/admin/people/{}/link", text(&person["id"])), json!({})).await;
    let token = text(&made.json(200)["link"]).rsplit('/').next().expect("a token").to_owned();
    school.move_clock(7 * 24 * 60 * 60 * 1000 + 1);
    let late = school.nobody().post(&format!("/links/{token}"), json!({ "password": "blue ink bottle" })).await;
    assert_eq!(late.problem_at(403), "link_used token");
}

#[tokio::test]
async fn a_link_is_for_grown_ups() {
    let school = TestApp::with_class(1).await;
    let path = format!("/admin/people/{}/link", school.students[0].id);
    assert_eq!(school.admin.client.post(&path, json!({})).await.problem_at(404), "missing person");
}

#[tokio::test]
async fn weak_passwords_are_refused_by_name() {
    let school = TestApp::with_class(0).await;
    let asked =
        json!({ "role": "admin", "given_name": "Marta", "family_name": "Steinhaus", "email": "boss@school.test" });
    let made = school.admin.client.post("/admin/people", asked.clone()).await.json(201);
    let path = format!("/links/{}", text(&made["link"]).rsplit('/').next().expect("a token"));
    let long = "x".repeat(201);
    for (password, kind) in [
        ("short", "too_short"),
        ("123456789", "too_short"),
        ("1234567890", "too_easy"),
        ("password123", "too_easy"),
        ("PASSWORD123", "too_easy"),
        ("aaaaaaaaaaaaaa", "too_easy"),
        ("steinhaus-2026", "too_easy"),
        ("my STEINHAUS key", "too_easy"),
        (long.as_str(), "too_long"),
    ] {
        let reply = school.nobody().post(&path, json!({ "password": password })).await;
        assert_eq!(reply.problem_at(422), format!("{kind} password"), "{password}");
    }
    assert_eq!(school.admin.client.post("/admin/people", asked).await.problem_at(422), "taken email");
}

#[tokio::test]
async fn the_demo_door_is_shut_unless_it_is_a_demo() {
    let school = TestApp::with_class(1).await;
    assert_eq!(school.nobody().get("/demo/people").await.problem(404), "missing");
    let asked = json!({ "person": school.admin.id });
    assert_eq!(school.nobody().post("/sessions/demo", asked).await.problem(404), "missing");
}

#[tokio::test]
async fn in_a_demo_anybody_of_this_school_may_be_anybody() {
    let school = TestApp::with_class(1).await;
    let there = school.neighbour("other.test", 1).await;
    let demo = node(&school.folder, &school.url, |settings| settings.demo = true).await;
    let client = Client::new(server::app::routes::router(demo), HOST);
    assert_eq!(client.get("/demo/people").await.json(200), json!({ "people": [] }));
    let reply = client.post("/sessions/demo", json!({ "person": school.students[0].id })).await;
    let ana = client.clone().with_cookie(&reply.cookie());
    let me = reply.json(201);
    assert_eq!((&me["role"], &me["demo"]), (&json!("student"), &json!(true)));
    ana.get("/student/home").await.json(200);
    let foreign = json!({ "person": there.students[0].id });
    assert_eq!(client.post("/sessions/demo", foreign).await.problem_at(404), "missing person");
    let path = format!("/admin/people/{}", school.teacher.id);
    school.admin.client.patch(&path, json!({ "archived": true })).await.json(200);
    let archived = json!({ "person": school.teacher.id });
    assert_eq!(client.post("/sessions/demo", archived).await.problem_at(404), "missing person");
}

#[tokio::test]
async fn behind_tls_the_cookie_is_for_tls_only() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let asked = json!({ "class_code": school.class.code, "sign_in_name": ana.sign_in_name, "pin": ana.pin });
    let bytes = asked.to_string().into_bytes();
    let headers = [("x-forwarded-proto", "https"), ("origin", "https://school.test")];
    let reply = school.nobody().raw(Method::POST, "/sessions/student", bytes, &headers).await;
    assert!(reply.cookie().contains("; Secure"));
    assert!(reply.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn preferences_are_ones_own() {
    let school = TestApp::with_class(2).await;
    let changed = json!({ "locale": "es", "preferences": { "theme": "dark", "text_size": 1.5 } });
    let me = school.students[0].client.patch("/me", changed).await.json(200);
    assert_eq!((&me["locale"], &me["preferences"]["theme"]), (&json!("es"), &json!("dark")));
    assert_eq!(school.students[0].client.get("/me").await.json(200), me);
    assert_eq!(school.students[1].client.get("/me").await.json(200)["locale"], "en");
    let reply = school.students[0].client.patch("/me", json!({ "locale": "tlh" })).await;
    assert_eq!(reply.problem_at(422), "wrong_value locale");
    let large = json!({ "preferences": { "theme": "x".repeat(5_000) } });
    assert_eq!(school.students[0].client.patch("/me", large).await.problem_at(422), "too_long preferences");
}
