//! When the disk is full, and when much is erased.

use crate::support::{Client, Pupil, TestApp, node_with, text};
use axum::http::Method;
use serde_json::{Value, json};
use server::{
    app::{Shared, routes::router},
    learning::events_in_order,
};
use std::{collections::BTreeSet, time::Duration};
use store::{Erasure, Event, Options, Presentation, StudentId};
use uuid::Uuid;

/// The same person at another server.
fn client_at(client: &Client, app: &Shared) -> Client {
    client.at(router(app.clone()))
}

fn pupil_at(pupil: &Pupil, app: &Shared) -> Pupil {
    Pupil { client: client_at(&pupil.client, app), app: app.clone(), ..pupil.clone() }
}

async fn stream(app: &Shared, pupil: &Pupil) -> Vec<Event> {
    let (tenant, student) = (pupil.tenant, pupil.student());
    let read = app.store.read(move |tx| Box::pin(async move { events_in_order(tx, tenant, student).await })).await;
    read.unwrap_or_else(|problem| panic!("{}", problem.kind()))
}

fn presentation(student: StudentId, nth: i64) -> Presentation {
    Presentation {
        student_id: student,
        id: Uuid::now_v7(),
        course_id: "tiny".into(),
        item_id: "ballast".into(),
        item_hash: "none".into(),
        seed: nth,
        lang: "en".into(),
        purpose: "practice".into(),
        activity_id: None,
        created_at: nth,
        body: vec![b' '; 3_000],
    }
}

#[tokio::test]
async fn a_full_disk_takes_no_answer_and_loses_none() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let (tenant, ballast) = (school.tenant, ben.student());
    let fill = school.app.store.write(move |tx| {
        Box::pin(async move {
            for nth in 0..300 {
                tx.insert_presentation(tenant, &presentation(ballast, nth)).await?;
            }
            Ok::<_, store::StoreError>(())
        })
    });
    fill.await.expect("ballast");
    let run = ana.practise("double").await;
    school.app.store.close().await;

    let file = std::fs::metadata(school.folder.path().join("tandem.db")).expect("the file").len();
    let full = Options { file_bytes_max: Some(file + 12 * 4_096), ..Options::default() };
    let app = node_with(&school.folder, &school.url, full, |_| ()).await;
    let here = pupil_at(ana, &app);
    let question = &run["next"];
    let wrong = here.wrong(question).await;
    let mut stored = BTreeSet::new();
    let refused = loop {
        let event = here.answer(question, wrong.clone());
        let body = json!({ "events": [event] }).to_string().into_bytes();
        let response = here.client.open(Method::POST, "/api/v1/events", body, &[]).await;
        match response.status().as_u16() {
            200 => assert!(stored.insert(text(&event["id"]))),
            503 => {
                assert_eq!(response.headers()["content-type"], "application/problem+json");
                let after = response.headers()["retry-after"].to_str().expect("plain text").parse::<u64>();
                assert!(after.is_ok_and(|seconds| seconds > 0));
                let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
                let problem: Value = serde_json::from_slice(&body).expect("JSON");
                assert_eq!(problem["type"], "/problems/unavailable");
                break event;
            }
            status => panic!("{status}"),
        }
        assert!(stored.len() < 500, "the disk is never full");
    };
    assert!(!stored.is_empty(), "some fit");
    // What was acknowledged is there, what was refused is not, and reading goes on.
    let ids = |events: &[Event]| events.iter().map(|event| event.id.to_string()).collect::<BTreeSet<_>>();
    let kept = ids(&stream(&app, ana).await);
    assert!(stored.is_subset(&kept) && !kept.contains(&text(&refused["id"])));
    here.client.get("/student/progress").await.json(200);
    let teacher = client_at(&school.teacher.client, &app);
    assert_eq!(teacher.get(&school.class.path("now")).await.json(200)["of"], 2);

    // Somebody's record goes, and with it there is space again.
    let admin = client_at(&school.admin.client, &app);
    let confirm = json!({ "confirm": ben.name });
    admin.call(Method::DELETE, &format!("/admin/students/{}", ben.id), Some(confirm)).await.done();
    let later: Vec<Value> = (0..20).map(|_| here.answer(question, wrong.clone())).collect();
    let mut events = vec![refused.clone()];
    events.extend(later);
    // The outbox sends it again, and once more when the answer is lost.
    for status in ["stored", "known"] {
        for verdict in here.send(events.clone()).await {
            assert_eq!(verdict["status"], status, "{verdict}");
        }
    }
    let all = stream(&app, ana).await;
    let sent: BTreeSet<String> = stored.into_iter().chain(events.iter().map(|event| text(&event["id"]))).collect();
    let answers: Vec<&Event> = all.iter().filter(|event| event.kind == "answered").collect();
    assert_eq!(answers.len(), sent.len(), "none twice");
    assert_eq!(answers.iter().map(|event| event.id.to_string()).collect::<BTreeSet<_>>(), sent, "none lost");
    let differences = server::learning::replay(&app, school.tenant, ana.student()).await;
    assert!(differences.unwrap_or_else(|problem| panic!("{}", problem.kind())).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_answer_while_a_long_record_is_erased() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let question = ana.practise("double").await["next"].clone();
    let bens = ben.practise("add").await["next"].clone();
    let sample = ana.answer(&question, ana.wrong(&question).await);
    ana.store(sample).await;
    let (tenant, student) = (school.tenant, ana.student());
    let kept = stream(&school.app, ana).await;
    let last = kept.last().expect("an answer").clone();
    for thousand in 0..10 {
        let last = last.clone();
        let copy = school.app.store.write(move |tx| {
            Box::pin(async move {
                for nth in 0..1_000 {
                    let position = last.position + thousand * 1_000 + nth + 1;
                    tx.insert_event(tenant, &Event { id: Uuid::now_v7(), position, ..last.clone() }).await?;
                }
                Ok::<_, store::StoreError>(())
            })
        });
        copy.await.expect("a long record");
    }

    // It was begun, and then the server stopped: nothing comes in, and the next sweep ends it.
    let begun = Erasure { student_id: student, at: school.app.now() };
    let begin = school.app.store.write(move |tx| Box::pin(async move { tx.begin_erasure(tenant, &begun).await }));
    assert_eq!(begin.await, Ok(1));
    let late = json!({ "events": [ana.answer(&question, ana.wrong(&question).await)] });
    assert_eq!(ana.client.post("/events", late).await.problem(410), "erased");
    let app = school.app.clone();
    let sweep = tokio::spawn(async move { server::app::sweep::sweep(&app).await.map_err(|problem| problem.kind()) });
    let mut between = 0;
    while !sweep.is_finished() {
        ben.answer_wrong(&bens).await;
        between += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sweep.await.expect("a sweep").expect("it ends");
    assert!(between > 1, "Ben's answers come in between");
    assert!(stream(&school.app, ana).await.is_empty());
    let gone = school.app.store.read(move |tx| Box::pin(async move { tx.person(tenant, student.person()).await }));
    assert_eq!(gone.await, Ok(None));
    school.assert_replay_agrees().await;
}
