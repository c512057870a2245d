//! A teacher watches a class.

use crate::support::{EventStream, TestApp};
use serde_json::{Value, json};
use std::time::Duration;

fn row<'p>(picture: &'p Value, student: &str) -> Option<&'p Value> {
    picture["rows"].as_array()?.iter().find(|row| row["student"]["id"] == student)
}

#[tokio::test]
async fn a_line_changes_within_two_seconds_of_an_answer() {
    let school = TestApp::with_class(3).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    let (name, full) = stream.next().await.expect("the whole class at once");
    assert_eq!(name, "full");
    assert_eq!(full["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(full["class"]["name"], "4b");
    let version = row(&full, &ana.id).expect("Ana")["version"].as_i64().expect("a number");

    let wrong = ana.answer(&run["next"], ana.wrong(&run["next"]).await);
    ana.store(wrong).await;
    let changed = loop {
        let (name, news) = stream.next().await.expect("news within two seconds");
        assert_eq!(name, "rows");
        if let Some(row) = row(&news, &ana.id).filter(|row| row["answers_today"] == 1) {
            break row.clone();
        }
    };
    assert!(changed["version"].as_i64().expect("a number") > version);
    assert_eq!((&changed["here"], &changed["right_today"]), (&json!(true), &json!(0)));
    assert_eq!(changed["working_on"]["lesson"]["en"], "Counting up");
}

#[tokio::test]
async fn only_the_lines_that_changed_are_sent() {
    let school = TestApp::with_class(3).await;
    for student in &school.students {
        student.home().await;
    }
    let ben = &school.students[1];
    let run = ben.practise("add").await;
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    stream.next().await.expect("the whole class");
    ben.answer_wrong(&run["next"]).await;
    let (_, news) = stream.next().await.expect("news");
    let ids: Vec<&Value> = news["rows"].as_array().expect("rows").iter().map(|row| &row["student"]["id"]).collect();
    assert_eq!(ids, [ben.id.as_str()]);
}

#[tokio::test]
async fn three_misses_rise_on_the_teachers_screen_without_reload() {
    let school = TestApp::with_class(2).await;
    let ana = &school.students[0];
    let run = ana.practise("double").await;
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    stream.next().await.expect("the whole class");
    for _ in 0..3 {
        ana.answer_wrong(&run["next"]).await;
    }
    for _ in 0..5 {
        let (_, news) = stream.next().await.expect("news");
        if news["see_first"][0]["student"] == ana.id.as_str() {
            assert_eq!(news["see_first"][0]["rule"], "three_misses");
            return;
        }
    }
    panic!("Ana's name does not rise");
}

#[tokio::test]
async fn hands_go_up_and_down() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    let (_, full) = stream.next().await.expect("the whole class");
    assert_eq!(full["hands"], json!([]));
    ana.client.post("/student/hand", json!({ "note": "page 3" })).await.done();
    let up = loop {
        let (_, news) = stream.next().await.expect("news");
        if news["hands"] != json!([]) {
            break news;
        }
    };
    assert_eq!((&up["hands"][0]["student"], &up["hands"][0]["note"]), (&json!(ana.id), &json!("page 3")));
    assert_eq!(row(&up, &ana.id).expect("Ana's line")["hand_up"], true);
    // Ben's own hand is down, and stays so whatever Ana does.
    assert!(row(&up, &ben.id).is_none_or(|row| row["hand_up"] == false));

    ana.client.delete("/student/hand").await.done();
    let down = loop {
        let (_, news) = stream.next().await.expect("news");
        if news["hands"] == json!([]) && row(&news, &ana.id).is_some_and(|row| row["hand_up"] == false) {
            break news;
        }
    };
    assert_eq!(down["hands"], json!([]));
    ana.client.post("/student/hand", json!({})).await.done();
    school.teacher.client.delete(&school.class.path(&format!("hands/{}", ana.id))).await.done();
    assert_eq!(school.teacher.client.get(&school.class.path("now")).await.json(200)["hands"], json!([]));
    let long = json!({ "note": "x".repeat(201) });
    assert_eq!(ana.client.post("/student/hand", long).await.problem_at(422), "too_long note");
}

#[tokio::test]
async fn a_raised_hand_is_a_fact_that_both_sides_see_and_may_lower() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let since = async || ana.client.get("/student/hand").await.json(200)["since"].clone();
    let hands = async || school.teacher.client.get(&school.class.path("now")).await.json(200)["hands"].clone();
    assert_eq!(since().await, Value::Null);
    ana.client.post("/student/hand", json!({})).await.done();
    let raised_at = since().await;
    assert!(raised_at.is_i64(), "{raised_at}");
    // Once more, from another page: the same hand, once.
    school.move_clock(60_000);
    ana.client.post("/student/hand", json!({})).await.done();
    assert_eq!(since().await, raised_at);
    assert_eq!(hands().await, json!([{ "student": ana.id, "since": raised_at, "note": "" }]));
    assert_eq!(ben.client.get("/student/hand").await.json(200)["since"], Value::Null);

    school.teacher.client.delete(&school.class.path(&format!("hands/{}", ana.id))).await.done();
    assert_eq!(since().await, Value::Null);

    // A hand that was forgotten is down on another day, on both screens, and can go up anew.
    ana.client.post("/student/hand", json!({})).await.done();
    for _ in 0..4 {
        school.move_clock(6 * 60 * 60 * 1000);
        ana.client.get("/me").await.json(200);
        school.teacher.client.get("/me").await.json(200);
    }
    assert_eq!((since().await, hands().await), (Value::Null, json!([])));
    ana.client.post("/student/hand", json!({})).await.done();
    assert_eq!(hands().await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_student_who_leaves_is_no_longer_on_the_screen() {
    let school = TestApp::with_class(3).await;
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    stream.next().await.expect("the whole class");
    let gone = &school.students[2];
    school.teacher.client.delete(&school.class.path(&format!("students/{}", gone.id))).await.done();
    let (_, news) = stream.next().await.expect("news");
    assert_eq!((&news["whole"], &news["of"]), (&json!(true), &json!(2)));
    assert!(row(&news, &gone.id).is_none());
}

#[tokio::test]
async fn somebody_who_says_nothing_is_no_longer_here() {
    let school = TestApp::with_class(1).await;
    school.students[0].home().await;
    let now = |school: &TestApp| school.teacher.client.clone();
    let path = school.class.path("now");
    assert_eq!(now(&school).get(&path).await.json(200)["here"], 1);
    school.move_clock(91_000);
    assert_eq!(now(&school).get(&path).await.json(200)["here"], 0);
}

#[tokio::test]
async fn a_teacher_who_was_signed_out_sees_no_more() {
    let school = TestApp::with_class(1).await;
    let mut stream = EventStream::open(&school.teacher.client, &school.class.path("live")).await;
    stream.next().await.expect("the whole class");
    school.teacher.client.delete("/sessions/current").await.done();
    school.students[0].client.post("/student/hand", json!({})).await.done();
    assert!(stream.ends_within(Duration::from_secs(8)).await, "the stream goes on after its session ended");
}

#[tokio::test]
async fn what_was_left_yesterday_is_not_what_somebody_works_on_today() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let run = ana.practise("add").await;
    ana.answer_wrong(&run["next"]).await;
    let now = async || school.teacher.client.get(&school.class.path("now")).await.json(200)["rows"][0].clone();
    assert_ne!(now().await["working_on"], Value::Null);
    for _ in 0..4 {
        school.move_clock(6 * 60 * 60 * 1000);
        ana.client.get("/me").await.json(200);
        school.teacher.client.get("/me").await.json(200);
    }
    ana.home().await;
    let row = now().await;
    assert_eq!((&row["here"], &row["working_on"]), (&json!(true), &Value::Null));
}
