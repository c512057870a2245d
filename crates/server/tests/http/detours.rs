//! The detour to the idea beneath, through HTTP: offered, begun, ended each way, and always back to the same question.

use crate::{
    on_both,
    support::{Database, Pupil, TestApp, text},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A run whose open question is this item.
async fn question(pupil: &Pupil, skill: &str, item: &str) -> (Value, Value) {
    for _ in 0..12 {
        let run = pupil.practise(skill).await;
        let mut next = run["next"].clone();
        while next != Value::Null {
            if next["item"]["item"] == item {
                return (run["work"].clone(), next);
            }
            next = pupil.skip(&run["work"]).await["next"].clone();
        }
    }
    panic!("{item} is never asked");
}

/// Misses three times; run, question and the last verdict.
async fn missed_thrice(school: &TestApp, pupil: &Pupil) -> (Value, Value, Value) {
    let (work, next) = question(pupil, "double", "double-drums").await;
    let mut verdict = Value::Null;
    for miss in 1..=3 {
        school.move_clock(12_000);
        verdict = pupil.answer_wrong(&next).await;
        assert_eq!(verdict["help"] != Value::Null, miss == 3, "after {miss}: {verdict}");
    }
    (work, next, verdict)
}

async fn start(pupil: &Pupil, verdict: &Value) -> Value {
    let detour = text(&verdict["help"]["detour"]["id"]);
    pupil.client.post(&format!("/student/detours/{detour}"), json!({})).await.json(200)["next"].clone()
}

fn declined(pupil: &Pupil, waiting: &Value, detour: &Value) -> Value {
    let part = &waiting["item"]["parts"][0]["id"];
    pupil.event("detour_declined", json!({ "presentation": waiting["id"], "part": part, "detour": detour }))
}

async fn path_kinds(school: &TestApp, pupil: &Pupil) -> Vec<String> {
    let story = school.class.path(&format!("students/{}/story", pupil.id));
    let story = school.teacher.client.get(&story).await.json(200);
    let path = story["path"].as_array().expect("a path").clone();
    path.iter().rev().map(|event| text(&event["kind"])).filter(|kind| kind.starts_with("detour")).collect()
}

async fn learned(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    ana.home().await;
    let (work, waiting, verdict) = missed_thrice(&school, ana).await;
    let help = &verdict["help"];
    assert_eq!((&help["form"], &help["detour"]["skill"]["id"]), (&json!("detour"), &json!("add")), "{verdict}");
    assert_eq!(help["detour"]["because"], json!({ "why": "needed" }));

    let probe = start(ana, &verdict).await;
    let side = &probe["detour"];
    assert_eq!((&side["number"], &side["of"], &side["skill"]["id"]), (&json!(1), &json!(3), &json!("add")));
    assert_eq!((&side["waiting"]["presentation"], &side["waiting"]["number"]), (&waiting["id"], &waiting["number"]));
    assert_eq!(probe["item"]["parts"][0]["skills"], json!(["add"]));
    assert_eq!(ana.go_on(&work).await["next"]["id"], probe["id"], "a reload goes on there");
    assert_eq!(start(ana, &verdict).await["id"], probe["id"], "a second press begins no second one");
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert_eq!(now["rows"][0]["working_on"]["detour"], true, "{now}");
    assert_eq!(now["rows"][0]["working_on"]["skill"]["en"], "Adding");
    let is_marked = |now: &Value| now["rows"][0]["marks"].as_array().expect("marks").contains(&json!("side_path"));
    assert!(is_marked(&now), "{now}");

    school.move_clock(10_000);
    let missed = ana.answer_wrong(&probe).await;
    assert_eq!((&missed["detour_ended"], &missed["skill"]["id"]), (&Value::Null, &json!("add")));
    let second = ana.skip(&work).await["next"].clone();
    assert_ne!(second["id"], probe["id"]);
    assert_eq!((&second["detour"]["number"], &second["number"]), (&json!(2), &waiting["number"]));
    school.move_clock(10_000);
    let got = ana.answer_right(&second).await;
    assert_eq!(got["detour_ended"], "learned", "{got}");

    let back = ana.go_on(&work).await["next"].clone();
    assert_eq!((&back["id"], &back["item"]), (&waiting["id"], &waiting["item"]), "the same question, the same numbers");
    assert_eq!((&back["back_from"], &back["detour"]), (&json!("learned"), &Value::Null));
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert!(!is_marked(&now), "back at the question: {now}");
    let part = &back["answered"][text(&waiting["item"]["parts"][0]["id"])];
    assert_eq!((&part["tries"], &part["last"]["help"]), (&json!(3), &Value::Null), "{back}");
    school.move_clock(10_000);
    assert_eq!(ana.answer_right(&back).await["item_done"], true);
    let next = ana.go_on(&work).await;
    assert_eq!(next["next"]["number"], json!(waiting["number"].as_u64().expect("a number") + 1), "{next}");

    // What was answered on the way counts for the skill as any practice does.
    let add = ana.client.get("/student/skills/add").await.json(200);
    assert_eq!(add["answers"], 2, "{add}");
    assert_eq!(path_kinds(&school, ana).await, ["detour_started", "detour_learned"]);
    school.assert_replay_agrees().await;
}

on_both!(three_misses_lead_down_and_back_to_the_same_question, learned);

#[tokio::test]
async fn a_right_probe_leads_back_at_once_and_the_help_there_changes_its_form() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    // Something is known of adding already; a right choice among two options alone would not say enough.
    ana.answer_right(&ana.practise("add").await["next"]).await;
    let (work, waiting, verdict) = missed_thrice(&school, ana).await;
    let probe = start(ana, &verdict).await;
    school.move_clock(10_000);
    assert_eq!(ana.answer_right(&probe).await["detour_ended"], "known");
    let back = ana.go_on(&work).await["next"].clone();
    assert_eq!((&back["id"], &back["back_from"]), (&waiting["id"], &json!("known")));
    let part = &back["answered"][text(&waiting["item"]["parts"][0]["id"])];
    assert_eq!(part["last"]["help"]["form"], "example", "{back}");
    // Once an item: further misses offer no second one.
    let again = ana.answer_wrong(&back).await;
    assert_eq!(again["help"]["form"], "example", "{again}");
    assert_eq!(path_kinds(&school, ana).await, ["detour_started", "detour_known"]);
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn a_detour_that_fails_tells_the_teacher_and_leads_to_no_other() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.home().await;
    let (work, waiting, verdict) = missed_thrice(&school, ana).await;
    let mut on_the_way = start(ana, &verdict).await;
    for number in 1..=3 {
        assert_eq!(on_the_way["detour"]["number"], number);
        school.move_clock(5_000);
        let missed = ana.answer_wrong(&on_the_way).await;
        assert_eq!(missed["detour_ended"], if number == 3 { json!("not_yet") } else { Value::Null });
        if number < 3 {
            on_the_way = ana.skip(&work).await["next"].clone();
        }
    }
    let back = ana.go_on(&work).await["next"].clone();
    assert_eq!((&back["id"], &back["back_from"]), (&waiting["id"], &json!("failed")));
    let part = &back["answered"][text(&waiting["item"]["parts"][0]["id"])];
    assert_eq!(part["last"]["help"]["form"], "teacher", "{back}");
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert_eq!(
        (&now["see_first"][0]["rule"], &now["see_first"][0]["args"]["skill"]["en"]),
        (&json!("detour_failed"), &json!("Adding"))
    );
    assert_eq!(path_kinds(&school, ana).await, ["detour_started", "detour_failed"]);
    // Another question of the same skill, missed thrice today: help changes its form without a detour.
    let other = ana.skip(&work).await["next"].clone();
    let mut verdict = Value::Null;
    for _ in 0..3 {
        verdict = ana.answer_wrong(&other).await;
    }
    assert_ne!(verdict["help"]["form"], "detour", "{verdict}");
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn declined_the_help_changes_its_form_and_an_answer_sent_again_is_told_the_same() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (work, waiting) = question(ana, "double", "double-drums").await;
    let mut events = Vec::new();
    for _ in 0..3 {
        events.push(ana.answer(&waiting, ana.wrong(&waiting).await));
    }
    let first = ana.send(events.clone()).await;
    let detour = first[2]["help"]["detour"]["id"].clone();
    assert_eq!(first[2]["help"]["form"], "detour");
    let verdict = ana.store(declined(ana, &waiting, &detour)).await;
    assert_eq!(verdict["help"]["form"], "example", "{verdict}");
    // The same question with other numbers, not just any of the skill.
    let (example, stem) = (&verdict["help"]["example"], &waiting["item"]["stem"]);
    assert_eq!(example["alike"], true, "{verdict}");
    assert!(text(&example["stem"]).contains("twice as many") && example["stem"] != *stem, "{stem}: {verdict}");
    let over = ana.client.post(&format!("/student/detours/{}", text(&detour)), json!({})).await;
    assert_eq!(over.problem(409), "detour_over");
    let mut again = ana.send(events).await;
    again.iter_mut().for_each(|verdict| verdict["status"] = json!("stored"));
    assert_eq!(again, first, "as it was told first");
    let open = ana.go_on(&work).await["next"].clone();
    assert_eq!((&open["id"], &open["back_from"]), (&waiting["id"], &Value::Null));
    assert_eq!(path_kinds(&school, ana).await, ["detour_declined"]);
    // The teacher reads what help followed the third miss.
    let answers =
        school.teacher.client.get(&school.class.path(&format!("students/{}/answers", ana.id))).await.json(200);
    let then: Vec<&Value> = answers["answers"].as_array().expect("answers").iter().map(|one| &one["then"]).collect();
    assert_eq!(then, [&json!("detour"), &Value::Null, &Value::Null]);
    // And that the next answer came after an example.
    ana.answer_right(&open).await;
    let path = school.class.path(&format!("students/{}/answers", ana.id));
    let answers = school.teacher.client.get(&path).await.json(200);
    let help = |nth: usize| {
        let one = &answers["answers"][nth];
        (one["hints_used"].clone(), one["example_seen"].clone(), one["unaided"].clone())
    };
    assert_eq!(help(0), (json!(0), json!(true), json!(false)), "{answers}");
    assert_eq!(help(1), (json!(0), json!(false), json!(true)), "{answers}");
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn left_on_the_way_the_question_is_there_again_and_nobody_is_alarmed() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    ana.home().await;
    let (work, waiting, verdict) = missed_thrice(&school, ana).await;
    let probe = start(ana, &verdict).await;
    ana.answer_wrong(&probe).await;
    let left = ana.store(declined(ana, &waiting, &verdict["help"]["detour"]["id"])).await;
    assert_eq!(left["help"]["form"], "example", "{left}");
    let back = ana.go_on(&work).await["next"].clone();
    assert_eq!((&back["id"], &back["back_from"]), (&waiting["id"], &json!("left")));
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert!(!now["see_first"].to_string().contains("detour_failed"), "{now}");
    assert_eq!(now["rows"][0]["working_on"]["detour"], false, "{now}");
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn a_wrong_idea_on_two_different_numbers_leads_to_its_way_back_before_a_third_miss() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let mut verdicts = Vec::new();
    for _ in 0..2 {
        let (_, next) = question(ana, "double", "double-drums").await;
        let right = text(&ana.right(&next).await["text"]).parse::<i64>().expect("a number");
        let adds_two = (right / 2 + 2).to_string();
        school.move_clock(20_000);
        verdicts.push(ana.store(ana.answer(&next, json!({ "kind": "text", "text": adds_two }))).await);
    }
    assert_eq!((&verdicts[0]["judgement"]["misconception"], &verdicts[0]["help"]), (&json!("adds-two"), &Value::Null));
    let detour = &verdicts[1]["help"]["detour"];
    assert_eq!(detour["because"], json!({ "why": "way_back", "misconception": "adds-two" }), "{}", verdicts[1]);
    assert_eq!(detour["skill"]["id"], "add");
}

#[tokio::test]
async fn what_was_never_offered_cannot_be_begun_or_declined() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let (_, waiting, verdict) = missed_thrice(&school, ana).await;
    let detour = text(&verdict["help"]["detour"]["id"]);
    ben.client.post(&format!("/student/detours/{detour}"), json!({})).await.problem_at(404);
    ana.client.post(&format!("/student/detours/{}", Uuid::now_v7()), json!({})).await.problem_at(404);
    let forged = [json!(Uuid::now_v7()), json!("no"), json!(7), Value::Null];
    for id in forged {
        let refused = ana.send(vec![declined(ana, &waiting, &id)]).await.remove(0);
        assert_eq!(
            (&refused["status"], &refused["problem"]["field"]),
            (&json!("refused"), &json!("body.detour")),
            "{refused}"
        );
    }
    let (_, other) = question(ana, "half", "half-choose").await;
    let refused = ana.send(vec![declined(ana, &other, &json!(detour))]).await.remove(0);
    assert_eq!(refused["problem"]["field"], "body.detour", "offered in another question: {refused}");
}
