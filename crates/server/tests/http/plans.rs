//! One plan, two authors: what a teacher and a student ask of it, and what it does with it.

use crate::{
    on_both,
    support::{Database, Pupil, TestApp},
};
use serde_json::{Value, json};

async fn asked(school: &TestApp, pupil: &Pupil, change: Value, reason: &str) -> Value {
    let path = school.class.path(&format!("students/{}/plan/asks", pupil.id));
    school.teacher.client.post(&path, json!({ "change": change, "reason": reason })).await.json(201)
}

async fn theirs(school: &TestApp, pupil: &Pupil) -> Value {
    school.teacher.client.get(&school.class.path(&format!("students/{}/plan", pupil.id))).await.json(200)
}

fn skills(plan: &Value) -> Vec<&str> {
    let entries = plan["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["skill"]["id"].as_str().expect("an id")).collect()
}

fn entry<'p>(plan: &'p Value, skill: &str) -> &'p Value {
    let entries = plan["entries"].as_array().expect("entries");
    entries.iter().find(|entry| entry["skill"]["id"] == skill).expect("it is planned")
}

on_both!(both_authors_stand_in_one_plan_and_each_takes_back_their_own, both_authors);
async fn both_authors(database: Database) {
    let school = TestApp::on(database, 2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let plan = ana.client.get("/student/plan").await.json(200);
    assert!(skills(&plan).contains(&"add"), "{plan}");
    assert_eq!(entry(&plan, "add")["by"], json!({ "kind": "course", "name": null }));

    let lesson = json!({ "target": "lesson", "id": "counting" });
    let must = asked(&school, ana, json!({ "kind": "must", "what": lesson }), "needed_soon").await;
    let plan = &must["plan"];
    let add = entry(plan, "add");
    assert_eq!(add["by"], json!({ "kind": "teacher", "name": "Tomas Rivera" }));
    assert_eq!(add["reason"]["code"], "required");
    let ask = &plan["asks"][0];
    assert_eq!((&ask["id"], &ask["reason"]), (&must["id"], &json!("needed_soon")));
    assert_eq!(ask["change"]["args"]["what"], json!({ "target": "lesson", "id": "counting", "name": "Counting up" }));

    let what = json!({ "target": "skill", "id": "half" });
    let first = json!({ "change": { "kind": "first", "what": what }, "reason": "interest" });
    let wish = ana.client.post("/student/plan/asks", first).await.json(201);
    assert_eq!(theirs(&school, ana).await["asks"].as_array().map(Vec::len), Some(2));

    let undo = |id: &Value| format!("/student/plan/asks/{}", id.as_str().expect("an id"));
    assert_eq!(ana.client.delete(&undo(&must["id"])).await.problem_at(403), "forbidden ask");
    assert_eq!(ben.client.delete(&undo(&wish["id"])).await.problem_at(404), "missing ask");
    let plan = ana.client.delete(&undo(&wish["id"])).await.json(200);
    assert_eq!(plan["asks"].as_array().map(Vec::len), Some(1));
    let path = school.class.path(&format!("students/{}/plan/asks/{}", ana.id, must["id"].as_str().expect("an id")));
    let plan = school.teacher.client.delete(&path).await.json(200);
    assert_eq!((&plan["asks"], &entry(&plan, "add")["by"]["kind"]), (&json!([]), &json!("course")));
    school.assert_replay_agrees().await;
}

on_both!(what_a_teacher_excuses_is_not_planned_and_is_in_the_audit_log, excused);
async fn excused(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let what = json!({ "target": "skill", "id": "add" });
    let excused = asked(&school, ana, json!({ "kind": "excused", "what": what }), "known_already").await;
    assert!(!skills(&excused["plan"]).contains(&"add"), "{excused}");
    let audit = school.admin.client.get("/admin/audit").await.json(200);
    assert!(audit.to_string().contains("plan_changed"), "{audit}");
    school.assert_replay_agrees().await;
}

on_both!(what_cannot_be_is_named_and_what_is_wrong_refused, impossible);
async fn impossible(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let time = json!({ "kind": "time", "minutes_per_week": 10, "until": "2000-01-01" });
    let path = school.class.path(&format!("students/{}/plan/asks", ana.id));
    let refused = |change: Value| {
        let (client, path) = (school.teacher.client.clone(), path.clone());
        async move { client.post(&path, json!({ "change": change })).await }
    };
    assert_eq!(refused(time).await.problem_at(422), "no_day change.until");
    let nothing = json!({ "kind": "must", "what": { "target": "lesson", "id": "no-such-lesson" } });
    assert_eq!(refused(nothing).await.problem_at(422), "not_taught change.what");
    let swap = json!({ "kind": "swap", "entry": "add", "with": "half" });
    assert_eq!(refused(swap).await.problem_at(403), "forbidden change");
    let excused = json!({ "change": { "kind": "excused", "what": { "target": "skill", "id": "add" } } });
    assert_eq!(ana.client.post("/student/plan/asks", excused).await.problem_at(403), "forbidden change");

    let today = theirs(&school, ana).await["today"].as_str().expect("a day").to_owned();
    let yesterday = today.parse::<jiff::civil::Date>().expect("a day").yesterday().expect("a day").to_string();
    let over = json!({ "kind": "must", "what": { "target": "lesson", "id": "counting" }, "due": yesterday });
    assert_eq!(refused(over).await.problem_at(422), "in_the_past change.due");
    let backwards = json!({ "kind": "time", "minutes_per_week": 60, "until": "2099-01-01" });
    assert_eq!(refused(backwards).await.problem_at(422), "no_day change.until");
    let few = json!({ "kind": "time", "minutes_per_week": 0, "until": today });
    assert_eq!(refused(few).await.problem_at(422), "out_of_range change.minutes_per_week");
    assert_eq!(refused(json!({ "kind": "lose" })).await.problem_at(422), "wrong_value change.kind");

    let time = json!({ "kind": "time", "minutes_per_week": 10, "until": today });
    let plan = asked(&school, ana, time, "not_said").await["plan"].clone();
    let codes: Vec<&str> =
        plan["impossible"].as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(codes.contains(&"no_time"), "{plan}");
}

on_both!(a_plan_says_when_the_time_that_was_named_runs_short, short_of_time);
async fn short_of_time(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let today = theirs(&school, ana).await["today"].as_str().expect("a day").to_owned();
    let in_two_weeks = today.parse::<jiff::civil::Date>().expect("a day").saturating_add(jiff::Span::new().days(14));
    let time = json!({ "kind": "time", "minutes_per_week": 100, "until": in_two_weeks.to_string() });
    let named = asked(&school, ana, time, "not_said").await;
    assert_eq!(named["plan"]["short_of_time"], false, "nothing is seen of the pace yet");
    // Eight days on which nothing was done.
    for _ in 0..8 {
        school.night().await;
    }
    assert_eq!(ana.client.get("/student/plan").await.json(200)["short_of_time"], true);
    school.assert_replay_agrees().await;
}

on_both!(a_swap_that_would_break_what_is_needed_is_refused, swapped);
async fn swapped(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let plan = ana.client.get("/student/plan").await.json(200);
    assert_eq!((skills(&plan), &entry(&plan, "add")["swaps"]), (vec!["add", "double", "half"], &json!([])));
    let swap = |with: &str| json!({ "change": { "kind": "swap", "entry": "add", "with": with } });
    let reply = ana.client.post("/student/plan/asks", swap("half")).await;
    assert_eq!(reply.problem_at(422), "breaks_the_plan change");
    let reply = ana.client.post("/student/plan/asks", swap("nothing")).await;
    assert_eq!(reply.problem_at(422), "not_taught change.with");
}

on_both!(what_a_teacher_puts_into_this_week_is_offered_first_in_their_name_at_once, offered_first);
async fn offered_first(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let mut seen = ana.client.post("/student/placement", json!({})).await.json(200);
    while seen["next"] != Value::Null {
        ana.answer_wrong(&seen["next"]).await;
        seen = ana.client.post("/student/placement/next", json!({})).await.json(200);
    }
    let before = ana.home().await;
    let what = json!({ "target": "skill", "id": "add" });
    let must = asked(&school, ana, json!({ "kind": "must", "what": what }), "needed_soon").await;
    let entry = entry(&must["plan"], "add");
    let after = ana.home().await;
    let first = &after["offers"][0];
    assert_eq!(first["by"]["kind"], "teacher", "{after} after {before}, planned {entry}");
    assert_eq!(first["reasons"][0], json!({ "code": "required", "args": { "skill": entry["skill"]["name"] } }));
    assert_eq!(ana.home().await["offers"], after["offers"]);

    let path = school.class.path(&format!("students/{}/plan/asks/{}", ana.id, must["id"].as_str().expect("an id")));
    school.teacher.client.delete(&path).await.json(200);
    assert_ne!(ana.home().await["offers"][0]["by"]["kind"], "teacher");
    school.assert_replay_agrees().await;
}

on_both!(the_same_wish_twice_stands_once_and_a_look_at_a_plan_changes_nothing, twice);
async fn twice(database: Database) {
    let school = TestApp::on(database, 1).await;
    let ana = &school.students[0];
    let wish = |reason: &str| {
        let what = json!({ "target": "skill", "id": "half" });
        json!({ "change": { "kind": "first", "what": what }, "reason": reason })
    };
    let once = ana.client.post("/student/plan/asks", wish("not_said")).await.json(201);
    let again = ana.client.post("/student/plan/asks", wish("interest")).await.json(201);
    assert_eq!(once["id"], again["id"]);
    assert_eq!(again["plan"]["asks"].as_array().map(Vec::len), Some(1));
    assert_eq!(again["plan"]["asks"][0]["reason"], "interest");
    let first = ana.client.get("/student/plan").await.json(200);
    assert_eq!(ana.client.get("/student/plan").await.json(200), first);
    school.assert_replay_agrees().await;
}
