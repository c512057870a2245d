//! A teacher asks for a lesson.

use crate::{
    on_both,
    support::{Database, Pupil, TestApp, text},
};
use serde_json::{Value, json};

/// Answers questions of the lesson until so many were answered: by way of the assignment, and where that asks nothing
/// more today (the tiny course has few questions), by way of its skills.
async fn answer_questions(pupil: &Pupil, assignment: &Value, count: u64) {
    let mut done = answered(pupil, assignment).await;
    let target = done + count;
    while done < target {
        let waits = seen(pupil, assignment).await.expect("it is there")["waits"].clone();
        let mut run = pupil.client.post("/student/work", json!({ "assignment": assignment })).await.json(200);
        // The first page does not open what asks nothing now; it says why.
        assert_eq!(waits == Value::Null, run["next"] != Value::Null, "{waits}");
        assert!(waits == Value::Null || waits["code"] == "another_day" || waits["code"] == "known", "{waits}");
        for skill in ["add", "double", "half"] {
            if run["next"] == Value::Null {
                run = pupil.practise(skill).await;
            }
        }
        let mut next = run["next"].clone();
        assert_ne!(next, Value::Null, "after {done} of {target} nothing is asked");
        while next != Value::Null && done < target {
            let right = pupil.right(&next).await;
            pupil.store(pupil.answer(&next, right)).await;
            done += 1;
            next = pupil.skip(&run["work"]).await["next"].clone();
        }
    }
}

/// How many questions count for the assignment, on the student's first page.
async fn answered(pupil: &Pupil, assignment: &Value) -> u64 {
    seen(pupil, assignment).await.expect("it is there")["answered"].as_u64().expect("a number")
}

async fn seen(pupil: &Pupil, assignment: &Value) -> Option<Value> {
    let home = pupil.home().await;
    home["assignments"].as_array().expect("a list").iter().find(|seen| seen["id"] == *assignment).cloned()
}

async fn assign(school: &TestApp, students: Value) -> Value {
    let asked = json!({ "lesson": "counting", "students": students, "note": "Please by Friday." });
    school.teacher.client.post(&school.class.path("assignments"), asked).await.json(201)["id"].clone()
}

async fn listed(school: &TestApp) -> Vec<Value> {
    let answer = school.teacher.client.get(&school.class.path("assignments")).await.json(200);
    answer["assignments"].as_array().expect("a list").clone()
}

on_both!(a_lesson_is_asked_of_all_and_done_after_six_questions, six_questions);
async fn six_questions(database: Database) {
    let school = TestApp::on(database, 3).await;
    let id = assign(&school, json!("all")).await;
    let ana = &school.students[0];
    let on_page = seen(ana, &id).await.expect("Ana is asked");
    assert_eq!(on_page["lesson"], json!({ "id": "counting", "title": "Counting up" }));
    assert_eq!(on_page["by"], json!({ "kind": "teacher", "name": "Tomas Rivera" }));
    assert_eq!((&on_page["done"], &on_page["answered"], &on_page["of"]), (&json!(false), &json!(0), &json!(6)));
    assert_eq!(on_page["note"], "Please by Friday.");

    answer_questions(ana, &id, 5).await;
    assert_eq!(seen(ana, &id).await.expect("still there")["done"], false);
    answer_questions(ana, &id, 1).await;
    assert_eq!(seen(ana, &id).await.expect("still there")["done"], true);

    let line = listed(&school).await.remove(0);
    assert_eq!((&line["done"], &line["of"]), (&json!(1), &json!(3)));
    let done: Vec<&Value> =
        line["students"].as_array().expect("a list").iter().filter(|asked| asked["done_at"].is_i64()).collect();
    assert_eq!(done.len(), 1);
    assert_eq!(done[0]["id"], ana.id.as_str());
    // The others have nothing done.
    assert_eq!(answered(&school.students[1], &id).await, 0);
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn what_is_known_is_done_when_nothing_of_it_is_asked_any_more() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.place().await;
    let id = assign(&school, json!("all")).await;
    answer_questions(ana, &id, 2).await;
    assert_eq!(seen(ana, &id).await.expect("still there")["done"], false);
    answer_questions(ana, &id, 1).await;
    let on_page = seen(ana, &id).await.expect("still there");
    assert_eq!((&on_page["done"], &on_page["answered"]), (&json!(true), &json!(3)), "{on_page}");
    assert_eq!(listed(&school).await[0]["done"], 1);
}

#[tokio::test]
async fn a_lesson_is_asked_of_one() {
    let school = TestApp::with_class(2).await;
    let id = assign(&school, json!([school.students[0].id])).await;
    assert!(seen(&school.students[0], &id).await.is_some());
    assert!(seen(&school.students[1], &id).await.is_none());
    let line = listed(&school).await.remove(0);
    assert_eq!(line["of"], 1);
}

on_both!(an_assignment_is_taken_back_and_given_again, cancel_and_restore);
async fn cancel_and_restore(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let id = assign(&school, json!("all")).await;
    answer_questions(ana, &id, 2).await;
    let path = school.class.path(&format!("assignments/{}", text(&id)));
    school.teacher.client.delete(&path).await.done();
    assert!(seen(ana, &id).await.is_none());
    assert!(listed(&school).await.is_empty());
    assert_eq!(
        ana.client.post("/student/work", json!({ "assignment": id })).await.problem_at(422),
        "unknown_assignment assignment"
    );
    // Again is the same.
    school.teacher.client.delete(&path).await.done();
    school.teacher.client.post(&format!("{path}/restore"), json!({})).await.done();
    school.teacher.client.post(&format!("{path}/restore"), json!({})).await.done();
    assert!(seen(ana, &id).await.is_some());
    assert_eq!(listed(&school).await.len(), 1);
    answer_questions(ana, &id, 6).await;
    assert_eq!(seen(ana, &id).await.expect("there")["done"], true);
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn what_cannot_be_assigned_is_refused_by_field() {
    let school = TestApp::with_class(1).await;
    let path = school.class.path("assignments");
    let nowhere = "0190aaaa-0000-7000-8000-000000000000";
    for (body, problem) in [
        (json!({ "lesson": "no-such-lesson", "students": "all" }), "unknown_lesson lesson"),
        (json!({ "lesson": "counting", "students": [] }), "empty students"),
        (json!({ "lesson": "counting", "students": [nowhere] }), "unknown_student students"),
        (json!({ "lesson": "counting", "students": "some" }), "wrong_value students"),
        (json!({ "lesson": "counting", "students": "all", "due_at": 5 }), "in_the_past due_at"),
        (json!({ "lesson": "counting", "students": "all", "note": "x".repeat(301) }), "too_long note"),
    ] {
        assert_eq!(school.teacher.client.post(&path, body.clone()).await.problem_at(422), problem, "{body}");
    }
    assert!(listed(&school).await.is_empty(), "nothing was asked");
    assert_eq!(school.students[0].home().await["assignments"], json!([]));
}

#[tokio::test]
async fn an_assignment_of_a_class_is_not_reached_through_another() {
    let school = TestApp::with_class(1).await;
    let id = assign(&school, json!("all")).await;
    let second = school.new_class(&school.teacher, "4c").await;
    let path = second.path(&format!("assignments/{}", text(&id)));
    assert_eq!(school.teacher.client.delete(&path).await.problem_at(404), "missing assignment");
    assert_eq!(listed(&school).await.len(), 1);
}
