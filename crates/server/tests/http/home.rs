//! The first page: what is offered, and what was left.

use crate::support::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn the_same_is_offered_on_every_visit_of_a_day_until_something_is_answered() {
    let school = TestApp::with_class(4).await;
    for pupil in &school.students {
        pupil.place().await;
        for _ in 0..3 {
            let first = pupil.home().await;
            for _ in 0..4 {
                school.move_clock(10 * 60 * 1000);
                let again = pupil.home().await;
                // The school is in UTC; what is offered on another day is new.
                let day = |home: &Value| home["now"].as_i64().expect("a time") / 86_400_000;
                if day(&again) != day(&first) {
                    break;
                }
                for part in ["offers", "something_else", "done_for_today"] {
                    assert_eq!(again[part], first[part], "{part}");
                }
            }
            let first = pupil.home().await;
            let Some(offer) = first["offers"].as_array().and_then(|offers| offers.first()) else { break };
            // To look into something and come back is not yet work. Only what such a small course has no other question
            // for is gone once it was shown.
            let run = pupil.client.post("/student/work", json!({ "offer": offer["id"] })).await.json(200);
            let looked = pupil.home().await["offers"].clone();
            if looked.as_array().map(Vec::len) == first["offers"].as_array().map(Vec::len) {
                assert_eq!(looked, first["offers"]);
            }
            if run["next"] != Value::Null {
                pupil.answer_wrong(&run["next"]).await;
            }
        }
    }
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn what_a_teacher_asks_for_does_not_wait_for_tomorrow() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.place().await;
    let before = ana.home().await;
    let asked = json!({ "lesson": "counting", "students": "all" });
    school.teacher.client.post(&school.class.path("assignments"), asked).await.json(201);
    let after = ana.home().await;
    assert_ne!(after["offers"], before["offers"]);
    assert_eq!(after["offers"][0]["reasons"][0]["code"], "assigned");
    assert_eq!(ana.home().await["offers"], after["offers"]);
}

#[tokio::test]
async fn a_run_that_was_left_is_offered_where_it_stopped() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.place().await;
    let run = ana.practise("add").await;
    // Only looked at: there is nothing to go on with.
    assert_eq!(ana.home().await["go_on"], Value::Null);

    ana.answer_right(&run["next"]).await;
    let left = ana.home().await["go_on"].clone();
    assert_eq!((&left["work"], &left["number"], &left["of"]), (&run["work"], &json!(2), &json!(5)));
    assert_eq!((&left["kind"], &left["title"]), (&json!("practise"), &run["title"]));

    let second = ana.go_on(&run["work"]).await;
    assert_eq!((&second["title"], &second["kind"]), (&run["title"], &json!("practise")));
    ana.answer_wrong(&second["next"]).await;
    let left = ana.home().await["go_on"].clone();
    assert_eq!((&left["work"], &left["number"]), (&run["work"], &json!(2)), "the open question is gone on with");

    // To its end: nothing is left.
    let mut next = second["next"].clone();
    while next != Value::Null {
        ana.answer_right(&next).await;
        next = ana.go_on(&run["work"]).await["next"].clone();
    }
    assert_eq!(ana.home().await["go_on"], Value::Null);
}

#[tokio::test]
async fn a_run_that_was_left_long_ago_is_let_go() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.place().await;
    let run = ana.practise("add").await;
    ana.answer_right(&run["next"]).await;
    school.night().await;
    assert_eq!(ana.home().await["go_on"]["work"], run["work"], "tomorrow it is still there");
    for _ in 0..14 {
        school.night().await;
    }
    assert_eq!(ana.home().await["go_on"], Value::Null);
}

#[tokio::test]
async fn nobody_is_sent_to_work_on_what_the_pre_test_found_known() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let seen = ana.place().await;
    let path = ana.home().await["path"].clone();
    let placed = |id: &Value| {
        path.as_array().expect("a path").iter().any(|step| step["skill"] == *id && step["state"] == "placed")
    };
    assert!(seen["finished"]["known"].as_u64() > Some(0), "{seen}");
    let next = seen["finished"]["frontier"].as_array().expect("a list");
    assert!(next.iter().all(|skill| !placed(&skill["id"])), "{seen}");
}

#[tokio::test]
async fn whoever_knows_the_whole_course_is_told_so_on_every_day() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    assert_eq!(ana.home().await["course_known"], false);
    ana.place().await;
    for _ in 0..40 {
        let home = ana.home().await;
        if home["course_known"] == true {
            break;
        }
        let offer = home["offers"].as_array().and_then(|offers| offers.first()).map(|offer| offer["id"].clone());
        let run = match offer {
            Some(offer) => ana.client.post("/student/work", json!({ "offer": offer })).await.json(200),
            None => Value::Null,
        };
        let mut next = run["next"].clone();
        while next != Value::Null {
            school.move_clock(30_000);
            ana.answer_right(&next).await;
            next = ana.go_on(&run["work"]).await["next"].clone();
        }
        school.night().await;
    }
    let home = ana.home().await;
    let ready = ["ready", "lasting", "placed"].iter().filter_map(|state| home["progress"][state].as_u64()).sum::<u64>();
    assert_eq!((&home["course_known"], home["progress"]["of"].as_u64()), (&json!(true), Some(ready)), "{home}");
    // Weeks later something is worth a look back, and that it was the whole course is still said.
    for _ in 0..30 {
        school.night().await;
    }
    assert_eq!(ana.home().await["course_known"], true);
}
