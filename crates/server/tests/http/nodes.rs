//! Two servers over one database.

use crate::support::{Database, EventStream, Pupil, TestApp, node};
use serde_json::{Value, json};
use server::{app::routes::router, live::with_other_nodes};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// The same student at another server.
fn at(pupil: &Pupil, app: &server::app::Shared) -> Pupil {
    Pupil { client: pupil.client.at(router(app.clone())), app: app.clone(), ..pupil.clone() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_student_at_two_servers_at_once_has_one_record() {
    if store_testing::shared_postgres().is_none() {
        return;
    }
    let school = TestApp::on(Database::Postgres, 1).await;
    let ana = &school.students[0];
    let second = node(&school.folder, &school.url, |_| ()).await;
    let there = at(ana, &second);
    let mut events = Vec::new();
    for skill in ["add", "double", "half"] {
        let run = ana.practise(skill).await;
        let mut next = run["next"].clone();
        while next != Value::Null {
            let (right, wrong) = (ana.right(&next).await, ana.wrong(&next).await);
            let hint = next["item"]["parts"][0]["hints"][0]["id"].clone();
            for nth in 0..18 {
                events.push(match nth % 4 {
                    0 => ana.answer(&next, wrong.clone()),
                    1 => ana.hint(&next, &hint),
                    _ => ana.answer(&next, right.clone()),
                });
            }
            next = ana.skip(&run["work"]).await["next"].clone();
        }
    }
    events.truncate(200);
    assert_eq!(events.len(), 200);
    for (nth, event) in events.iter_mut().enumerate() {
        event["device"] = json!(["d-one", "d-two", "d-three"][nth % 3]);
    }
    let mut tasks = Vec::new();
    for (nth, event) in events.iter().cloned().enumerate() {
        let pupil = if nth % 2 == 0 { ana.clone() } else { there.clone() };
        let twin = (nth % 20 == 0).then(|| if nth % 40 == 0 { there.clone() } else { ana.clone() });
        if let Some(twin) = twin {
            // The same event reaches both servers.
            let event = event.clone();
            tasks.push(tokio::spawn(async move { send(&twin, event).await }));
        }
        tasks.push(tokio::spawn(async move { send(&pupil, event).await }));
    }
    let mut stored = 0;
    for task in tasks {
        if task.await.expect("a task") == "stored" {
            stored += 1;
        }
    }
    assert_eq!(stored, 200, "each is stored once");

    let (tenant, student) = (school.tenant, ana.student());
    let rows = school
        .app
        .store
        .read(move |tx| Box::pin(async move { server::learning::events_in_order(tx, tenant, student).await }))
        .await
        .unwrap_or_else(|problem| panic!("{}", problem.kind()));
    let positions: BTreeSet<i64> = rows.iter().map(|row| row.position).collect();
    assert_eq!(positions, (1..=rows.len() as i64).collect(), "no gap and none twice");
    let ids: BTreeSet<String> = rows.iter().map(|row| row.id.to_string()).collect();
    for event in &events {
        assert!(ids.contains(event["id"].as_str().expect("an id")));
    }
    school.assert_replay_agrees().await;
}

/// Sends until it is taken: a server may say that it is busy, and then nothing is lost.
async fn send(pupil: &Pupil, event: Value) -> String {
    let body = json!({ "events": [event] });
    for _ in 0..50 {
        let bytes = body.to_string().into_bytes();
        let response = pupil.client.open(axum::http::Method::POST, "/api/v1/events", bytes, &[]).await;
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        if status == 503 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            continue;
        }
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
        let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        return answer["verdicts"][0]["status"].as_str().expect("a status").to_owned();
    }
    panic!("the server stays busy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_at_one_server_reaches_a_teacher_at_the_other() {
    let Some(cluster) = store_testing::shared_postgres() else { return };
    let school = TestApp::on(Database::Postgres, 2).await;
    let second = node(&school.folder, &school.url, |_| ()).await;
    let news = [&school.app, &second].map(|app| tokio::spawn(with_other_nodes(app.clone())));
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let teacher = school.teacher.client.at(router(second.clone()));
    let mut stream = EventStream::open(&teacher, &school.class.path("live")).await;
    stream.next().await.expect("the whole class");
    // The second server listens a moment after it began to.
    tokio::time::sleep(Duration::from_millis(500)).await;

    for answers in 1..=2 {
        let began = Instant::now();
        match answers {
            1 => ana.answer_wrong(&run["next"]).await,
            _ => ana.answer_right(&ana.skip(&run["work"]).await["next"]).await,
        };
        loop {
            let (_, news) = stream.next_within(Duration::from_millis(1_500)).await.expect("news without the reading");
            let rows = news["rows"].as_array().expect("rows");
            if rows.iter().any(|row| row["student"]["id"] == ana.id && row["answers_today"] == answers) {
                break;
            }
        }
        assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());
        if answers == 1 {
            // The listeners' connections are lost; they connect again.
            let file = school.folder.path().join("end.sql");
            let end = "select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query ilike 'listen%'";
            std::fs::write(&file, end).expect("a file of SQL");
            cluster.run_file(&school.url, &file).expect("the connections end");
            tokio::time::sleep(Duration::from_millis(2_500)).await;
            while stream.next_within(Duration::from_millis(200)).await.is_some() {}
        }
    }
    news.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_session_ended_at_one_server_is_ended_at_the_other_within_seconds() {
    let school = TestApp::with_class(1).await;
    let second = node(&school.folder, &school.url, |_| ()).await;
    let there = at(&school.students[0], &second);
    there.client.get("/me").await.json(200);
    school.students[0].client.delete("/sessions/current").await.done();
    second.move_clock(3_001);
    assert_eq!(there.client.get("/me").await.problem(401), "signed_out");
}

#[tokio::test]
async fn a_run_begun_at_one_server_goes_on_at_the_other() {
    let school = TestApp::with_class(1).await;
    let second = node(&school.folder, &school.url, |_| ()).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let there = at(ana, &second);
    let seen = there.go_on(&run["work"]).await;
    assert_eq!(seen["next"]["id"], run["next"]["id"]);
    assert_eq!(seen["next"]["item"], run["next"]["item"]);
    there.answer_right(&seen["next"]).await;
    ana.go_on(&run["work"]).await;
    school.assert_replay_agrees().await;
}
