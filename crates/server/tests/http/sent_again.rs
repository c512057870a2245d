//! The same event sent again: stored once, and answered as it was first.

use crate::{
    on_both,
    record::stream,
    support::{Database, TestApp},
};
use serde_json::{Value, json};
use uuid::Uuid;

on_both!(the_same_event_twice_is_stored_once_and_answered_the_same, same_event_twice);
async fn same_event_twice(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let run = ana.practise("double").await;
    let question = &run["next"];
    let hints = &question["item"]["parts"][0]["hints"];
    let wrong = ana.answer(question, ana.wrong(question).await);
    let help = ana.hint(question, &hints[0]["id"]);
    let right = ana.answer(question, ana.right(question).await);
    let events = vec![wrong, help, right];
    let mut first = Vec::new();
    for event in &events {
        first.push(ana.send(vec![event.clone()]).await.remove(0));
    }
    let stored = stream(ana).await;
    assert_eq!((&first[0]["part_done"], &first[2]["part_done"]), (&json!(false), &json!(true)));
    // Three more answers change what is true of the question, the skill and the help that fits.
    let next = ana.go_on(&run["work"]).await["next"].clone();
    for _ in 0..2 {
        ana.answer_wrong(&next).await;
    }
    ana.answer_right(&next).await;
    let again = ana.send(events.clone()).await;
    let twice = ana.send([events.clone(), events].concat()).await;
    for (nth, verdict) in first.iter().enumerate() {
        assert_eq!(verdict["status"], "stored");
        let mut expected = verdict.clone();
        expected["status"] = json!("known");
        for known in [&again[nth], &twice[nth], &twice[nth + 3]] {
            assert_eq!(known.to_string(), expected.to_string(), "all of it");
        }
    }
    let ids: Vec<Uuid> = stored.iter().map(|event| event.id).collect();
    let after = stream(ana).await;
    assert_eq!(after.iter().filter(|event| ids.contains(&event.id)).count(), ids.len());
    assert_eq!(after.iter().filter(|event| event.kind == "answered").count(), 5);
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn help_and_a_skill_are_said_again_as_they_were_then() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let question = ana.practise("double").await["next"].clone();
    let wrong = ana.wrong(&question).await;
    let mut sent = Vec::new();
    for _ in 0..4 {
        let event = ana.answer(&question, wrong.clone());
        sent.push((event.clone(), ana.store(event).await));
    }
    assert_eq!(sent[0].1["help"], Value::Null);
    assert_ne!(sent[2].1["help"], Value::Null);
    assert_eq!(sent[0].1["skill"]["answers"], 1);
    ana.answer_right(&question).await;
    // An answer that was on its way while another device was quicker is folded into its place; it too is said once.
    school.move_clock(60_000);
    let mut late = ana.answer(&question, wrong);
    late["device"] = json!("d-other");
    late["claimed_at"] = json!(school.app.now() - 59_000);
    let body = json!({ "events": [late.clone()], "sent_at": school.app.now() });
    let mut said = ana.client.post("/events", body).await.json(200)["verdicts"][0].clone();
    assert_eq!(said["status"], "stored");
    said["status"] = json!("known");
    ana.answer_right(&question).await;
    assert_eq!(ana.send(vec![late]).await.remove(0).to_string(), said.to_string());
    for (event, mut said) in sent {
        said["status"] = json!("known");
        assert_eq!(ana.send(vec![event]).await.remove(0).to_string(), said.to_string());
    }
    school.assert_replay_agrees().await;
}
