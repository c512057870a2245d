//! The record, as a student's tablet and an unkind one fill it.

use crate::{
    on_both,
    support::{Database, Pupil, TestApp, text},
};
use engine::record::{Author, Body, Excused, MasteryOverridden, Rejudged, Undone};
use serde_json::{Value, json};
use server::learning::{Appended, Incoming, Setting, append, event_of, events_in_order, load_head, load_skills};
use uuid::Uuid;

/// All events of a student, in the order in which they happened.
pub async fn stream(pupil: &Pupil) -> Vec<store::Event> {
    let (tenant, student) = (pupil.tenant, pupil.student());
    let read =
        pupil.app.store.read(move |tx| Box::pin(async move { events_in_order(tx, tenant, student).await })).await;
    read.unwrap_or_else(|problem| panic!("{}", problem.kind()))
}

async fn answers(pupil: &Pupil) -> Vec<store::Event> {
    stream(pupil).await.into_iter().filter(|event| event.kind == "answered").collect()
}

/// What is concluded about a student: head and skills.
async fn state(pupil: &Pupil) -> (engine::record::HeadState, Vec<(String, engine::record::SkillState)>) {
    let (tenant, student) = (pupil.tenant, pupil.student());
    let read = pupil
        .app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let head = load_head(tx, tenant, student).await?.0;
                let skills = load_skills(tx, tenant, student, &"tiny".into()).await?;
                Ok::<_, server::app::Problem>((head, skills))
            })
        })
        .await;
    let (head, skills) = read.unwrap_or_else(|problem| panic!("{}", problem.kind()));
    (head, skills.into_iter().map(|((_, skill), state)| (skill.0, state)).collect())
}

async fn setting(pupil: &Pupil) -> Setting {
    Setting {
        tenant: pupil.tenant,
        student: pupil.student(),
        zone: "UTC".to_owned(),
        courses: pupil
            .app
            .library
            .all(&pupil.app, pupil.tenant)
            .await
            .unwrap_or_else(|problem| panic!("{}", problem.kind())),
        shelf: pupil.app.parameters.clone(),
        now: pupil.app.now(),
    }
}

/// Appends what a teacher says; its id.
async fn say(pupil: &Pupil, body: Body) -> Uuid {
    let id = Uuid::now_v7();
    let author = Author::Teacher(Uuid::nil());
    let incoming =
        Incoming::by_server(id, author, body, pupil.app.now()).unwrap_or_else(|problem| panic!("{}", problem.kind()));
    let appended = append(&pupil.app, setting(pupil).await, vec![incoming]).await;
    let appended = appended.unwrap_or_else(|problem| panic!("{}", problem.kind()));
    assert!(matches!(appended[..], [Appended::Stored { .. }]));
    id
}

#[tokio::test]
async fn an_id_with_another_content_is_refused_with_409() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let event = ana.answer(&run["next"], ana.wrong(&run["next"]).await);
    ana.store(event.clone()).await;
    let mut other = event.clone();
    other["body"]["response"] = ana.right(&run["next"]).await;
    let verdict = ana.send(vec![other]).await.remove(0);
    assert_eq!((&verdict["status"], &verdict["problem"]["status"]), (&json!("refused"), &json!(409)));
    assert_eq!(verdict["problem"]["type"], "/problems/already_stored_differently");
    assert_eq!(verdict["id"], event["id"]);
    assert_eq!(verdict["judgement"], Value::Null);
    // The same content with its members in another order, and numbers written otherwise, is the same.
    let body = event["body"].as_object().expect("an object");
    let turned: Vec<String> = body.iter().rev().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    let text = format!("{{{}}}", turned.join(" , ")).replace("9000", "9.0e3");
    let raw = event.to_string().replace(&event["body"].to_string(), &text);
    assert_ne!(raw, event.to_string());
    let sent = format!("{{\"events\":[{}]}}", raw.replace("9.0e3", "9000"));
    let reply = ana.client.raw(axum::http::Method::POST, "/events", sent.into_bytes(), &[]).await.json(200);
    assert_eq!(reply["verdicts"][0]["status"], "known", "{reply}");
    assert_eq!(answers(ana).await.len(), 1);
}

#[tokio::test]
async fn one_bad_event_does_not_block_the_rest() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let question = &run["next"];
    let good = || ana.answer(question, json!({ "kind": "text", "text": "90001" }));
    let good = match ana.wrong(question).await {
        response if response["kind"] == "text" => good(),
        response => ana.answer(question, response),
    };
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut event = ana.answer(question, json!({ "kind": "text", "text": "1" }));
        change(&mut event);
        event.to_string()
    };
    let huge = "x".repeat(66_000);
    let bad = [
        ("null".to_owned(), 422, "body"),
        ("[]".to_owned(), 422, "body"),
        ("17".to_owned(), 422, "body"),
        (broken(&|event| event["kind"] = json!("ready")), 422, "kind"),
        (broken(&|event| event["kind"] = json!("rejudged")), 422, "kind"),
        (broken(&|event| event["schema"] = json!(2)), 422, "schema"),
        (broken(&|event| event["schema"] = json!("1")), 422, "schema"),
        (broken(&|event| event["id"] = json!("no-id")), 422, "id"),
        (broken(&|event| event["device"] = json!("server")), 422, "device"),
        (broken(&|event| event["device"] = json!("")), 422, "device"),
        (broken(&|event| event["device"] = json!("x".repeat(65))), 422, "device"),
        (broken(&|event| event["device_seq"] = json!(-1)), 422, "device_seq"),
        (broken(&|event| event["claimed_at"] = json!(-1)), 422, "claimed_at"),
        (broken(&|event| event["claimed_at"] = json!(i64::MAX)), 422, "claimed_at"),
        (broken(&|event| event["body"]["part"] = json!("no-part")), 422, "body.part"),
        (broken(&|event| event["body"]["presentation"] = json!(Uuid::now_v7())), 404, "body.presentation"),
        (broken(&|event| event["body"]["presentation"] = json!("none")), 422, "body.presentation"),
        (broken(&|event| event["body"]["response"] = json!({ "kind": "essay" })), 422, "body.response"),
        (broken(&|event| event["body"]["response"] = json!({ "kind": "text" })), 422, "body.response"),
        (broken(&|event| event["body"]["response"] = json!("5")), 422, "body.response"),
        (broken(&|event| event["body"]["response"]["text"] = json!("7".repeat(4_001))), 422, "body.response.text"),
        (broken(&|event| drop(event["body"].as_object_mut().map(|body| body.remove("part")))), 422, "body.part"),
        (
            broken(&|event| drop(event["body"].as_object_mut().map(|body| body.remove("response")))),
            422,
            "body.response",
        ),
        (broken(&|event| drop(event.as_object_mut().map(|event| event.remove("device")))), 422, "device"),
        (broken(&|event| event["body"]["elapsed_ms"] = json!("soon")), 422, "body.elapsed_ms"),
        (broken(&|event| event["surprise"] = json!(1)), 422, "surprise"),
        (broken(&|event| event["body"] = json!([])), 422, "body"),
        (broken(&|event| event["body"]["response"]["text"] = json!(huge)), 413, "event"),
        (broken(&|_| ()).replace("\"1\"", "\"a\\u0000b\""), 422, "body"),
        (broken(&|_| ()).replace("\"1\"", "\"a\\ud800b\""), 400, "body.response"),
        (broken(&|_| ()).replace("\"1\"", &"[".repeat(9_000)).replace("}}", &"]".repeat(9_000)) + "}}", 400, "body"),
    ];
    let all: Vec<&str> = bad.iter().map(|(event, ..)| event.as_str()).collect();
    let good_text = good.to_string();
    let sent = format!("{{\"events\":[{},{good_text}]}}", all.join(","));
    let reply = ana.client.raw(axum::http::Method::POST, "/events", sent.into_bytes(), &[]).await.json(200);
    let verdicts = reply["verdicts"].as_array().expect("verdicts");
    assert_eq!(verdicts.len(), bad.len() + 1);
    let mut surprises = Vec::new();
    for ((event, status, field), verdict) in bad.iter().zip(verdicts) {
        let named = verdict["problem"]["field"].as_str().unwrap_or_default();
        let same_field = named == *field || (named.starts_with(field) && !field.is_empty());
        if verdict["status"] != "refused" || verdict["problem"]["status"] != *status || !same_field {
            surprises.push(format!(
                "{} expected {status} {field}: {}",
                &event[..event.len().min(160)],
                verdict["problem"]
            ));
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
    assert_eq!(verdicts[bad.len()]["status"], "stored");
    assert_eq!(answers(ana).await.len(), 1);
}

#[tokio::test]
async fn a_student_cannot_claim_a_result() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let question = &run["next"];
    let wrong = ana.wrong(question).await;
    for claim in ["judgement", "verdict", "right", "counts", "score", "skills", "seed", "purpose", "item_hash", "actor"]
    {
        let mut event = ana.answer(question, wrong.clone());
        event["body"][claim] = json!("right");
        let verdict = ana.send(vec![event]).await.remove(0);
        assert_eq!(verdict["status"], "refused", "{claim}");
        assert_eq!(verdict["problem"]["field"], format!("body.{claim}"), "{}", verdict["problem"]);
        let mut event = ana.answer(question, wrong.clone());
        event["body"]["response"][claim] = json!("right");
        let verdict = ana.send(vec![event]).await.remove(0);
        assert_eq!(verdict["status"], "refused", "{claim}");
        let told = verdict["problem"].to_string();
        assert!(told.contains("body.response") && told.contains(claim), "{told}");
        let mut event = ana.answer(question, wrong.clone());
        event[claim] = json!("right");
        let verdict = ana.send(vec![event]).await.remove(0);
        assert_eq!((&verdict["status"], &verdict["problem"]["field"]), (&json!("refused"), &json!(claim)));
    }
    assert!(answers(ana).await.is_empty());
    assert_eq!(state(ana).await.0.answers, 0);
}

#[tokio::test]
async fn a_batch_holds_five_hundred() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let one = ana.answer(&run["next"], ana.wrong(&run["next"]).await);
    let many = |count| json!({ "events": vec![one.clone(); count] });
    assert_eq!(ana.client.post("/events", many(501)).await.problem_at(413), "too_many events");
    assert!(answers(ana).await.is_empty(), "nothing of it was stored");
    let full = ana.client.post("/events", many(500)).await.json(200);
    assert_eq!(full["verdicts"].as_array().map(Vec::len), Some(500));
    assert_eq!(answers(ana).await.len(), 1);
}

#[tokio::test]
async fn nothing_happened_in_the_future_and_nothing_before_what_the_device_did_already() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let wrong = ana.wrong(&run["next"]).await;
    let now = school.app.now();
    let day = 24 * 60 * 60 * 1000;
    let odd = [0, 1, now - 400 * day, now - day, now + day, now + 400 * day, 4_102_444_799_999];
    let sent = [None, Some(0), Some(now), Some(i64::MIN), Some(i64::MAX), Some(-1), Some(now + day)];
    for (nth, claimed_at) in odd.into_iter().enumerate() {
        for (mth, sent_at) in sent.into_iter().enumerate() {
            let mut event = ana.answer(&run["next"], wrong.clone());
            event["claimed_at"] = json!(claimed_at);
            event["device"] = json!(format!("d-{nth}"));
            event["device_seq"] = json!(mth);
            let reply = ana.client.post("/events", json!({ "events": [event], "sent_at": sent_at })).await;
            if reply.status == 422 {
                assert_eq!(reply.problem_at(422), "wrong_value sent_at", "{sent_at:?}");
                continue;
            }
            let verdict = reply.json(200)["verdicts"][0].clone();
            assert_eq!(verdict["status"], "stored", "{claimed_at} {sent_at:?}: {verdict}");
        }
    }
    let events = stream(ana).await;
    let latest = school.app.now();
    let mut by_position: Vec<&store::Event> = events.iter().collect();
    by_position.sort_by_key(|event| event.position);
    for event in &by_position {
        assert!(event.effective_at <= event.received_at && event.received_at <= latest, "{event:?}");
        assert!(event.effective_at >= 0, "{event:?}");
        assert_eq!(event.school_day, server::app::clock::school_day(event.effective_at, "UTC"));
    }
    for device in by_position.iter().map(|event| &event.device).filter(|device| *device != "server") {
        let times: Vec<i64> =
            by_position.iter().filter(|event| event.device == *device).map(|event| event.effective_at).collect();
        assert!(times.is_sorted(), "{device}: {times:?}");
    }
    school.assert_replay_agrees().await;
}

on_both!(events_that_come_late_end_in_the_state_they_would_have_made_in_time, late_events);
async fn late_events(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    // Two tablets: one is offline through a lesson, the other one works online meanwhile.
    let mut offline = Vec::new();
    for nth in 0..6 {
        school.move_clock(60_000);
        let question = any_question(ana, nth).await;
        let response = if nth % 2 == 0 { ana.right(&question).await } else { ana.wrong(&question).await };
        let mut event = ana.answer(&question, response);
        event["device"] = json!("d-offline");
        offline.push(event);
        school.move_clock(30_000);
        let question = any_question(ana, nth + 1).await;
        ana.answer_wrong(&question).await;
    }
    school.assert_replay_agrees().await;
    school.move_clock(60 * 60_000);
    let sent_at = school.app.now();
    let verdicts =
        ana.client.post("/events", json!({ "events": offline, "sent_at": sent_at })).await.json(200)["verdicts"]
            .clone();
    for (event, verdict) in offline.iter().zip(verdicts.as_array().expect("verdicts")) {
        assert_eq!(verdict["status"], "stored", "{verdict}");
        let id: Uuid = text(&event["id"]).parse().expect("an id");
        let row = stream(ana).await.into_iter().find(|row| row.id == id).expect("it is stored");
        let claimed = event["claimed_at"].as_i64().expect("a number");
        assert!(
            (row.effective_at - claimed).abs() < 5_000,
            "it happened when it happened: {}",
            row.effective_at - claimed
        );
    }
    school.assert_replay_agrees().await;

    // The same events, folded in order from nothing.
    let events: Vec<engine::record::Event> = stream(ana)
        .await
        .iter()
        .map(|row| event_of(row).unwrap_or_else(|problem| panic!("{}", problem.kind())))
        .collect();
    assert!(events.is_sorted_by_key(|event| event.effective_at));
    let courses = setting(ana).await.courses;
    let parameters = engine::Parameters::default();
    let contexts = courses
        .iter()
        .map(|(id, published)| {
            (id.clone(), engine::record::Context { parameters: &parameters, course: &published.facts })
        })
        .collect();
    let folded = engine::record::fold(&contexts, &events);
    let (head, skills) = state(ana).await;
    assert_eq!(folded.loaded.head, head);
    let folded: Vec<_> = folded.loaded.skills.into_iter().map(|((_, skill), state)| (skill.0, state)).collect();
    assert_eq!(folded, skills);
}

/// A question that is asked now; the tiny course has few, so whichever skill has one.
async fn any_question(pupil: &Pupil, nth: usize) -> Value {
    let skills = ["add", "double", "half"];
    for turn in 0..3 {
        let run = pupil.practise(skills[(nth + turn) % 3]).await;
        if run["next"] != Value::Null {
            return run["next"].clone();
        }
    }
    panic!("no skill has a question");
}

on_both!(after_a_long_random_story_a_replay_finds_no_difference, random_story);
async fn random_story(database: Database) {
    let school = TestApp::on(database, 3).await;
    let mut chance = Chance(20_261_124);
    let mut works = [Value::Null, Value::Null, Value::Null];
    let mut unsent: [Vec<Value>; 3] = Default::default();
    for _ in 0..300 {
        let who = chance.below(3);
        let pupil = &school.students[who];
        school.move_clock(chance.below(90_000) as i64);
        match chance.below(12) {
            0 => {
                pupil.home().await;
            }
            1 => {
                let begun = pupil.client.post("/student/placement", json!({})).await.json(200);
                if begun["next"] != Value::Null {
                    act(pupil, &begun["next"], &mut chance, &mut unsent[who]).await;
                }
            }
            2 => school.night().await,
            3 => {
                // The tablet is back online.
                let events = std::mem::take(&mut unsent[who]);
                let sent = json!({ "events": events, "sent_at": school.app.now() });
                pupil.client.post("/events", sent).await.json(200);
            }
            _ => {
                let open = match &works[who] {
                    Value::Null => None,
                    work => {
                        // A run that was left long ago is no longer found.
                        let path = format!("/student/work/{}/next", text(work));
                        let reply = pupil.client.post(&path, json!({})).await;
                        let seen = if reply.status == 404 { Value::Null } else { reply.json(200) };
                        Some(seen["next"].clone()).filter(|next| *next != Value::Null)
                    }
                };
                let question = match open {
                    Some(question) => question,
                    None => {
                        let skill = ["add", "double", "half"][chance.below(3)];
                        let run = pupil.practise(skill).await;
                        works[who] = if run["next"] == Value::Null { Value::Null } else { run["work"].clone() };
                        run["next"].clone()
                    }
                };
                if question != Value::Null {
                    act(pupil, &question, &mut chance, &mut unsent[who]).await;
                }
            }
        }
    }
    let mut events = 0;
    for pupil in &school.students {
        let stream = stream(pupil).await;
        let positions: std::collections::BTreeSet<i64> = stream.iter().map(|event| event.position).collect();
        assert_eq!(positions, (1..=stream.len() as i64).collect());
        events += stream.len();
    }
    assert!(events > 250, "{events}");
    school.assert_replay_agrees().await;
}

/// Answers, opens help, or keeps it for later.
async fn act(pupil: &Pupil, question: &Value, chance: &mut Chance, unsent: &mut Vec<Value>) {
    let keyed = pupil.key(question).await;
    let part = &keyed.item.parts[chance.below(keyed.item.parts.len())];
    let hints = &question["item"]["parts"][0]["hints"];
    let hint = &hints[chance.below(hints.as_array().map_or(1, Vec::len).max(1))]["id"];
    let event = match chance.below(8) {
        0..=3 => pupil.answer_part(question, &json!(part.id), crate::support::right_response(&keyed, part)),
        4..=5 => pupil.answer_part(question, &json!(part.id), crate::support::wrong_response(&keyed, part)),
        6 if *hint != Value::Null => pupil.hint(question, hint),
        _ => {
            let body = json!({ "presentation": question["id"], "part": part.id });
            pupil.event("solution_opened", body)
        }
    };
    match chance.below(4) {
        0 => {
            let mut event = event;
            event["device"] = json!("d-offline");
            unsent.push(event);
        }
        1 => {
            // A lost answer: sent twice.
            pupil.send(vec![event.clone(), event]).await;
        }
        _ => {
            pupil.send(vec![event]).await;
        }
    }
}

/// A small generator of our own, so that the story is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

#[tokio::test]
async fn a_snapshot_is_a_place_to_go_on_from() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let mut held = Vec::new();
    let mut questions = Vec::new();
    for nth in 0..6 {
        questions.push(any_question(ana, nth).await);
    }
    for nth in 0..110 {
        school.move_clock(2_000);
        let question = questions[nth * 6 / 110].clone();
        let response = if nth % 4 == 0 { ana.wrong(&question).await } else { ana.right(&question).await };
        let mut event = ana.answer(&question, response);
        if nth % 20 == 7 {
            event["device"] = json!("d-offline");
            held.push(event);
        } else {
            ana.store(event).await;
        }
    }
    // Grow by help that was opened.
    let last = questions[5].clone();
    let hint = last["item"]["parts"][0]["hints"][0]["id"].clone();
    let many: Vec<Value> = (0..200).map(|_| ana.hint(&last, &hint)).collect();
    ana.send(many).await;
    let (tenant, student) = (ana.tenant, ana.student());
    let kept = ana
        .app
        .store
        .read(move |tx| Box::pin(async move { tx.snapshot_before(tenant, student, i64::MAX).await }))
        .await;
    assert!(kept.expect("a reading").is_some(), "a snapshot is kept every two hundred events");
    school.assert_replay_agrees().await;
    ana.client.post("/events", json!({ "events": held, "sent_at": school.app.now() })).await.json(200);
    school.assert_replay_agrees().await;
    ana.answer_right(&last).await;
    school.assert_replay_agrees().await;
}

on_both!(an_erased_student_is_gone_and_an_export_before_held_all, erase_and_export);
async fn erase_and_export(database: Database) {
    let school = TestApp::on(database, 2).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let wrong = ana.wrong(&run["next"]).await;
    ana.store(ana.answer(&run["next"], wrong.clone())).await;
    ana.client.post("/student/hand", json!({ "note": "I am stuck" })).await.done();
    let asked = json!({ "lesson": "counting", "students": "all" });
    school.teacher.client.post(&school.class.path("assignments"), asked).await.json(201);
    let judged = json!({ "verdict": "right", "basis": "seen in class" });
    let alert = school.class.path(&format!("alerts/{}/three_misses", ana.id));
    school.teacher.client.post(&alert, judged).await.done();

    let missed = json!({ "class_code": school.class.code, "sign_in_name": ana.sign_in_name, "pin": "none" });
    assert_eq!(school.nobody().post("/sessions/student", missed).await.problem(401), "wrong_credentials");

    let export = school.admin.client.get(&format!("/admin/students/{}/export", ana.id)).await.json(200);
    let kinds: Vec<String> =
        export["events"].as_array().expect("events").iter().map(|event| text(&event["kind"])).collect();
    for kind in ["work_started", "answered", "assigned"] {
        assert!(kinds.contains(&kind.to_owned()), "{kinds:?}");
    }
    assert_eq!(kinds.len(), stream(ana).await.len());
    assert_eq!(export["person"]["given_name"], "Ana");
    let told = export.to_string();
    for part in ["I am stuck", "seen in class", "presentations", &text(&run["next"]["id"]), "counting", "4b"] {
        assert!(told.contains(part), "the export lacks {part}");
    }

    let path = format!("/admin/students/{}", ana.id);
    let erase = |name: &str| json!({ "confirm": name });
    let method = || axum::http::Method::DELETE;
    let reply = school.admin.client.call(method(), &path, Some(erase("Ana"))).await;
    assert_eq!(reply.problem_at(422), "does_not_match confirm");
    school.admin.client.call(method(), &path, Some(erase(" ana  QUISPE"))).await.done();

    let event = ana.answer(&run["next"], wrong);
    let reply = ana.client.post("/events", json!({ "events": [event] })).await;
    assert!(matches!(reply.status, 401 | 410), "{}", reply.status);
    assert_eq!(school.admin.client.get(&format!("{path}/export")).await.problem(404), "missing");
    assert_eq!(
        school.teacher.client.get(&school.class.path(&format!("students/{}/story", ana.id))).await.problem(404),
        "missing"
    );
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert_eq!(now["of"], 1);
    assert!(!now.to_string().contains(&ana.id));
    // Whatever comes later for this student is refused as gone.
    let late = Incoming::by_server(
        Uuid::now_v7(),
        Author::Engine,
        Body::Undone(Undone { event: Uuid::nil() }),
        school.app.now(),
    );
    let late =
        append(&school.app, setting(ana).await, vec![late.unwrap_or_else(|problem| panic!("{}", problem.kind()))])
            .await;
    assert_eq!(late.err().map(|problem| problem.kind()), Some("erased"));
    assert!(stream(ana).await.is_empty());
    if database == Database::Sqlite {
        let copy = school.folder.path().join("copy.db");
        school.app.store.backup(&copy).await.expect("a copy");
        let bytes = std::fs::read(copy).expect("the copy is read");
        let name = format!("{}:{}", school.class.code, ana.sign_in_name);
        for trace in ["Quispe", "I am stuck", "seen in class", &name] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace} is still there");
        }
    }
}

#[tokio::test]
async fn corrections_take_effect_and_are_taken_back_exactly() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let wrong = ana.answer(&run["next"], ana.wrong(&run["next"]).await);
    ana.store(wrong.clone()).await;
    // Too little for a conclusion: those are kept once they were reached, whatever becomes of their basis.
    school.move_clock(20_000);
    let next = ana.skip(&run["work"]).await;
    ana.answer_right(&next["next"]).await;
    let wrong: Uuid = text(&wrong["id"]).parse().expect("an id");
    let before = state(ana).await;
    let judgement = |verdict| engine::grading::Judgement { verdict, ..right_judgement() };

    // What a correction does, and that taking it back leaves nothing of it.
    let corrections = [
        Body::Excused(Excused { event: wrong, reason: "fire drill".to_owned() }),
        Body::Rejudged(Rejudged {
            event: wrong,
            judgement: judgement(engine::grading::Verdict::Right),
            reason: String::new(),
        }),
        Body::MasteryOverridden(MasteryOverridden {
            course: "tiny".into(),
            skill: "add".into(),
            ready: false,
            reason: String::new(),
        }),
    ];
    for correction in corrections {
        school.move_clock(10_000);
        let said = say(ana, correction.clone()).await;
        let corrected = state(ana).await;
        assert_ne!(before.1, corrected.1, "{correction:?} takes effect");
        school.assert_replay_agrees().await;
        school.move_clock(10_000);
        let undone = say(ana, Body::Undone(Undone { event: said })).await;
        let after = state(ana).await;
        assert_eq!(before.1, after.1, "{correction:?} is taken back");
        assert_eq!(without_time(&before.0), without_time(&after.0), "{correction:?} is taken back");
        school.assert_replay_agrees().await;
        // Taking back what took it back brings it back.
        school.move_clock(10_000);
        let again = say(ana, Body::Undone(Undone { event: undone })).await;
        assert_eq!(corrected.1, state(ana).await.1, "{correction:?} is back");
        school.move_clock(10_000);
        say(ana, Body::Undone(Undone { event: again })).await;
        assert_eq!(before.1, state(ana).await.1);
        school.assert_replay_agrees().await;
    }
}

fn right_judgement() -> engine::grading::Judgement {
    serde_json::from_value(json!({ "verdict": "right", "score": 1.0 })).expect("a judgement")
}

/// A head without when something last happened: corrections are happenings too.
fn without_time(head: &engine::record::HeadState) -> engine::record::HeadState {
    engine::record::HeadState { last_at: None, ..head.clone() }
}
