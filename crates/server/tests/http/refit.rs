//! An administrator lets Tandem learn from the school's answers, publishes what was found, goes back; students are moved
//! over one by one, and at every moment a replay of everybody finds no difference.

use crate::{
    on_both,
    predictions::{SKILLS, class_on_sums},
    support::{Class, Database, Pupil, TestApp, node, text},
};
use axum::http::Method;
use engine::{ENGINE_VERSION, evaluation::is_held_out};
use serde_json::{Value, json};
use server::{app::Shared, jobs::work_off, refit::KINDS};
use std::{collections::BTreeMap, time::Duration};
use store::{SkillState, StudentHead, StudentId};

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    /// The chance of the next student among those held out, or among the others: whoever is held out, both groups answer
    /// as they do in every run.
    fn of(held_out: bool, seen: &mut [u64; 2]) -> Self {
        let nth = &mut seen[usize::from(held_out)];
        *nth += 1;
        Self((2 * *nth + u64::from(held_out)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, share: f64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 / (1_u64 << 53) as f64) < share
    }
}

/// Students who know less at first, guess less and learn slower than the constants that ship say, by so much that whoever
/// happens to be held out shows it.
struct Mind {
    known: [bool; SKILLS],
}

impl Mind {
    fn new(chance: &mut Chance) -> Self {
        Self { known: std::array::from_fn(|_| chance.below(0.08)) }
    }

    fn answers(&mut self, skill: usize, chance: &mut Chance) -> bool {
        let right = chance.below(if self.known[skill] { 0.96 } else { 0.12 });
        self.known[skill] |= chance.below(0.05);
        right
    }
}

/// A class that has answered enough, by `right(held out, mind, skill, chance)`.
async fn answered(school: &mut TestApp, answers: usize, right: fn(bool, &mut Mind, usize, &mut Chance) -> bool) {
    class_on_sums(school).await;
    // Who is held out is drawn with the id.
    while school.students.len() < 32 || held_out(&school.students) < 6 {
        let made = school.teacher.client.post("/classes", json!({ "name": "sums", "course": "sums" })).await.json(201);
        let class = Class { id: text(&made["id"]), code: text(&made["code"]) };
        let more = school.add_students(&school.teacher, &class, 16).await;
        school.students.extend(more);
    }
    let mut seen = [0, 0];
    for pupil in &school.students {
        let mut chance = Chance::of(is_held_out(pupil.student().0), &mut seen);
        let mut mind = Mind::new(&mut chance);
        let mut left = answers;
        for skill in (0..SKILLS).cycle() {
            let run = pupil.practise(&format!("k{skill}")).await;
            let mut question = run["next"].clone();
            let mut nth = 0;
            while question != Value::Null && nth < 5 && left > 0 {
                let knows = right(is_held_out(pupil.student().0), &mut mind, skill, &mut chance);
                let response = if knows { pupil.right(&question).await } else { pupil.wrong(&question).await };
                school.move_clock(2_000);
                pupil.store(pupil.answer(&question, response)).await;
                question = pupil.skip(&run["work"]).await["next"].clone();
                (nth, left) = (nth + 1, left - 1);
            }
            if left == 0 {
                break;
            }
        }
    }
}

fn held_out(pupils: &[Pupil]) -> usize {
    pupils.iter().filter(|pupil| is_held_out(pupil.student().0)).count()
}

fn as_they_are(_: bool, mind: &mut Mind, skill: usize, chance: &mut Chance) -> bool {
    mind.answers(skill, chance)
}

/// Runs all jobs that wait.
async fn work(school: &TestApp) {
    work_off(&school.app, school.tenant, KINDS).await.unwrap_or_else(|problem| panic!("{}", problem.kind()));
}

async fn refit(school: &TestApp) -> Value {
    let job = school.admin.client.post("/admin/refits", json!({ "course": "sums" })).await.json(202);
    assert_eq!((&job["state"], &job["courses"]), (&json!("waiting"), &json!(["sums"])));
    work(school).await;
    let job = school.admin.client.get(&format!("/admin/jobs/{}", text(&job["id"]))).await.json(200);
    assert_eq!((&job["state"], &job["asked_by"]), (&json!("done"), &json!("Ada Mbeki")), "{job}");
    assert_eq!(job["done"], job["total"]);
    job["result"]["courses"]["sums"].clone()
}

async fn versions(school: &TestApp) -> Value {
    school.admin.client.get("/admin/parameters/sums").await.json(200)
}

async fn publish(school: &TestApp, number: i64, in_force: i64) -> Value {
    let wanted = json!({ "number": number, "in_force": in_force });
    school.admin.client.post("/admin/parameters/sums/publish", wanted).await.json(200)
}

/// What is stored of a student, but for when it was written.
type Rows = (StudentHead, Vec<SkillState>);

async fn rows(app: &Shared, school: &TestApp) -> BTreeMap<StudentId, Rows> {
    let mut all = BTreeMap::new();
    for pupil in &school.students {
        let (tenant, student) = (school.tenant, pupil.student());
        let read = app.store.read(move |tx| {
            Box::pin(async move {
                let head = tx.student_head(tenant, student).await?.expect("a head");
                Ok::<_, store::StoreError>((head, tx.skill_states(tenant, student, "sums").await?))
            })
        });
        let (head, skills) = read.await.expect("rows");
        all.insert(student, (StudentHead { updated_at: 0, ..head }, skills));
    }
    all
}

fn stand_on(rows: &BTreeMap<StudentId, Rows>, version: &str) -> usize {
    rows.values().filter(|(head, _)| head.parameter_version == version).count()
}

const SHIPPED: &str = "defaults-1";
const FITTED: &str = "defaults-1 sums:1";

on_both!(what_a_school_learns_is_published_and_taken_back, learns_publishes_goes_back);
async fn learns_publishes_goes_back(database: Database) {
    let mut school = TestApp::on(database, 0).await;
    answered(&mut school, 35, as_they_are).await;
    let everybody = school.students.len();

    let found = refit(&school).await;
    assert_eq!(found, json!({ "came_to": "version", "number": 1, "may_be_published": true }));
    let seen = versions(&school).await;
    let version = &seen["versions"][0];
    let figure = |when: &str, which: &str| version["figures"][when][which].as_f64().expect("a figure");
    assert!(figure("after", "log_loss") < figure("before", "log_loss") - 0.01, "{version}");
    assert!(figure("after", "ece") < figure("before", "ece"), "{version}");
    let bins = version["figures"]["after"]["reliability"].as_array().expect("bins");
    let counted: u64 = bins.iter().map(|bin| bin["answers"].as_u64().expect("answers")).sum();
    assert_eq!((bins.len(), counted), (15, version["origin"]["held_out_answers"].as_u64().expect("answers")));
    assert_eq!(version["origin"]["answers"], json!(35 * everybody));
    assert_eq!(version["origin"]["held_out_students"], json!(held_out(&school.students)));
    assert_eq!((&version["step"], &version["in_force"]), (&json!("publish"), &json!(false)));

    // What was found is the same again, and changes nothing before it is published.
    let before = rows(&school.app, &school).await;
    assert_eq!(stand_on(&before, SHIPPED), everybody);
    school.assert_replay_agrees().await;

    assert_eq!(publish(&school, 1, 0).await, json!({ "step": "publish", "in_force": 1 }));
    assert_eq!(school.admin.client.get("/admin/parameters").await.json(200)["students_behind"], json!(everybody));
    // Between publishing and moving over, answers are folded under the student's own version.
    answer_some(&school, 3).await;
    let between = rows(&school.app, &school).await;
    assert_eq!(stand_on(&between, SHIPPED), everybody);
    school.assert_replay_agrees().await;

    let other = killed_halfway(&school, everybody).await;
    let half = rows(&school.app, &school).await;
    let moved = stand_on(&half, FITTED);
    assert!(moved > 0 && moved < everybody, "{moved} of {everybody}");
    answer_some(&school, 6).await;
    school.assert_replay_agrees().await;

    // Another server goes on from there when the first one has been silent for a while.
    assert_eq!(work_off(&other, school.tenant, KINDS).await.expect("work"), 0, "the job is still taken");
    other.move_clock(31_000);
    assert_eq!(work_off(&other, school.tenant, KINDS).await.expect("work"), 1);
    let after = rows(&school.app, &school).await;
    assert_eq!(stand_on(&after, FITTED), everybody);
    school.assert_replay_agrees().await;
    let levels = |rows: &BTreeMap<StudentId, Rows>| -> Vec<Vec<u8>> {
        rows.values().flat_map(|(_, skills)| skills.iter().map(|skill| skill.state.clone())).collect()
    };
    assert_ne!(levels(&half), levels(&after));
    // Whoever begins now begins on what is in force.
    let class = school.new_class(&school.teacher, "new").await;
    let fresh = school.add_students(&school.teacher, &class, 1).await.remove(0);
    fresh.home().await;
    let run = fresh.practise("add").await;
    fresh.answer_right(&run["next"]).await;
    school.students.push(fresh);
    assert_eq!(stand_on(&rows(&school.app, &school).await, FITTED), everybody + 1);
    school.students.pop();

    went_back(&school, &after).await;
    let audit = school.admin.client.get("/admin/audit").await.json(200).to_string();
    for action in ["refit_started", "parameters_published", "parameters_gone_back"] {
        assert!(audit.contains(action), "{action} is not in the audit");
    }
}

/// Answers under way by the first students.
async fn answer_some(school: &TestApp, students: usize) {
    for pupil in &school.students[..students] {
        school.move_clock(2_000);
        let run = pupil.practise("k0").await;
        pupil.answer_right(&run["next"]).await;
    }
}

/// Begins to move everybody and stops in the middle, as a power cut would; a second server over the same store.
async fn killed_halfway(school: &TestApp, everybody: usize) -> Shared {
    let (app, tenant) = (school.app.clone(), school.tenant);
    let job = tokio::spawn(async move { work_off(&app, tenant, KINDS).await });
    for _ in 0..10_000 {
        let left = school.app.store.read(move |tx| {
            Box::pin(async move { tx.count_students_folded_otherwise(tenant, (ENGINE_VERSION, FITTED)).await })
        });
        if left.await.expect("a count") < everybody as i64 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    job.abort();
    assert!(job.await.is_err(), "it was stopped before its end");
    let other = node(&school.folder, &school.url, |_| ()).await;
    other.move_clock(school.app.now() - other.now());
    other
}

/// Goes back to what ships: every student whose record said nothing new under the fitted constants has the former rows
/// again, bit for bit.
async fn went_back(school: &TestApp, fitted: &BTreeMap<StudentId, Rows>) {
    // The former state of this very record: what a fold under the constants that ship gives.
    assert_eq!(publish(school, 0, 1).await, json!({ "step": "go_back", "in_force": 0 }));
    work(school).await;
    let former = rows(&school.app, school).await;
    assert_eq!(stand_on(&former, SHIPPED), school.students.len());
    school.assert_replay_agrees().await;
    // There and back once more.
    assert_eq!(publish(school, 1, 0).await, json!({ "step": "go_back", "in_force": 1 }));
    work(school).await;
    let again = rows(&school.app, school).await;
    assert_eq!(publish(school, 0, 1).await, json!({ "step": "go_back", "in_force": 0 }));
    work(school).await;
    let back = rows(&school.app, school).await;
    let mut untouched = 0;
    for (student, before) in fitted {
        if again[student].0.position == before.0.position {
            assert_eq!(&again[student], before, "{student}: the fitted state came back");
            assert_eq!(back[student], former[student], "{student}: the former state came back");
            untouched += 1;
        }
    }
    assert!(untouched * 2 > school.students.len(), "{untouched} of {}", school.students.len());
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn a_candidate_that_is_worse_is_refused() {
    let mut school = TestApp::with_class(0).await;
    // Those who judge are the opposite of those who were learnt from.
    answered(&mut school, 35, |held_out, mind, skill, chance| mind.answers(skill, chance) != held_out).await;
    let found = refit(&school).await;
    assert_eq!(found, json!({ "came_to": "version", "number": 1, "may_be_published": false }));
    let seen = versions(&school).await;
    assert_eq!((&seen["versions"][0]["step"], &seen["versions"][0]["why_not"]), (&Value::Null, &json!("not_better")));
    let reply = school.admin.client.post("/admin/parameters/sums/publish", json!({ "number": 1, "in_force": 0 })).await;
    assert_eq!(reply.problem_at(409), "not_better number");
    work(&school).await;
    assert_eq!(stand_on(&rows(&school.app, &school).await, SHIPPED), school.students.len());
}

#[tokio::test]
async fn what_cannot_be_put_in_force_is_said() {
    let school = TestApp::with_class(0).await;
    let ask = async |number: i64, in_force: i64| {
        let wanted = json!({ "number": number, "in_force": in_force });
        school.admin.client.post("/admin/parameters/tiny/publish", wanted).await
    };
    assert_eq!(ask(0, 0).await.problem_at(409), "already_in_force number");
    assert_eq!(ask(7, 0).await.problem_at(422), "unknown_version number");
    assert_eq!(ask(-1, 0).await.problem_at(422), "unknown_version number");
    assert_eq!(ask(1, 3).await.problem_at(409), "changed_meanwhile in_force");
    let nowhere = json!({ "number": 0, "in_force": 0 });
    let reply = school.admin.client.post("/admin/parameters/nothing/publish", nowhere).await;
    assert_eq!(reply.problem_at(404), "missing course");
    assert_eq!(school.admin.client.get("/admin/parameters/a%00b").await.problem_at(404), "missing course");
    let reply = school.admin.client.post("/admin/refits", json!({ "course": "nothing" })).await;
    assert_eq!(reply.problem_at(422), "unknown_course course");
}

#[tokio::test]
async fn a_school_with_too_few_answers_hears_how_many_are_lacking() {
    let school = TestApp::with_class(0).await;
    let seen = school.admin.client.get("/admin/parameters").await.json(200);
    assert_eq!(seen["courses"][0]["amount"]["answers"], 0);
    assert_eq!(seen["courses"][0]["lacking"], seen["least"]);
    let job = school.admin.client.post("/admin/refits", json!({})).await.json(202);
    let twice = school.admin.client.post("/admin/refits", json!({})).await;
    assert_eq!(twice.problem_at(409), "job_active course");
    work(&school).await;
    let path = format!("/admin/jobs/{}", text(&job["id"]));
    let done = school.admin.client.get(&path).await.json(200);
    assert_eq!(done["result"]["courses"]["tiny"]["came_to"], "too_few", "{done}");
    assert_eq!(
        school.admin.client.get("/admin/parameters/tiny").await.json(200)["versions"].as_array().map(Vec::len),
        Some(1)
    );
    let over = school.admin.client.call(Method::POST, &format!("{path}/cancel"), None).await;
    assert_eq!(over.problem_at(409), "job_over job");
}

#[tokio::test]
async fn one_student_is_too_few_and_no_trouble() {
    let school = TestApp::with_class(1).await;
    let pupil = &school.students[0];
    let run = pupil.practise("add").await;
    pupil.answer_right(&run["next"]).await;
    school.admin.client.post("/admin/refits", json!({ "course": "tiny" })).await.json(202);
    work(&school).await;
    let seen = school.admin.client.get("/admin/parameters").await.json(200);
    let result = &seen["refit"]["result"]["courses"]["tiny"];
    assert_eq!((&result["came_to"], &result["amount"]["students"]), (&json!("too_few"), &json!(1)), "{result}");
    assert_eq!(result["lacking"]["students"], seen["courses"][0]["lacking"]["students"]);
}

#[tokio::test]
async fn a_refit_is_cancelled_and_leaves_nothing() {
    let school = TestApp::with_class(0).await;
    let job = school.admin.client.post("/admin/refits", json!({})).await.json(202);
    let path = format!("/admin/jobs/{}", text(&job["id"]));
    school.admin.client.call(Method::POST, &format!("{path}/cancel"), None).await.done();
    work(&school).await;
    let seen = school.admin.client.get(&path).await.json(200);
    assert_eq!((&seen["state"], &seen["result"]), (&json!("cancelled"), &Value::Null));
    school.admin.client.post("/admin/refits", json!({})).await.json(202);
}
