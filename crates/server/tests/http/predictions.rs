//! What the product believes of students and what `tandem engine evaluate --model bkt` predicts are one: a thousand
//! answers through HTTP, the same answers as a log, every chance compared bit for bit.
//!
//! Typed questions only: a log does not say how many options a question showed.

use crate::{
    record::stream,
    support::{Class, Pupil, TestApp, publish_course, text},
};
use curriculum::{Course, SkillId};
use engine::{
    Parameters,
    evaluation::{COURSE, Reader, TracedSkills, predict_tracing},
    record::{Answered, Body, SkillState, chance_of_right},
};
use serde_json::{Value, json};
use server::learning::{event_of, load_skills};
use simulation::{Landscape, Model, Occasion, Student};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
    sync::Arc,
};
use uuid::Uuid;

/// Skills of the course of sums, `k0` and so on.
pub const SKILLS: usize = 5;
const STUDENTS: usize = 10;
const ANSWERS: usize = 1_000;

/// The first answer to a question, and what was believed of its skill just before.
struct Taken {
    student: usize,
    event: Uuid,
    skill: SkillId,
    before: Option<SkillState>,
}

#[tokio::test]
async fn a_thousand_answers_are_believed_as_evaluate_predicts_them() {
    let mut school = TestApp::with_class(0).await;
    let (class, course) = class_on_sums(&school).await;
    school.students = school.add_students(&school.teacher, &class, STUDENTS).await;
    let (model, landscape) = (Arc::new(Model::default()), Arc::new(Landscape::of(&course)));
    let mut students: Vec<Student> = (0..).take(STUDENTS).map(|seed| Student::new(&model, &landscape, seed)).collect();
    let mut taken = Vec::new();
    for turn in 0.. {
        let (who, skill) = (turn % STUDENTS, SkillId(format!("k{}", turn / STUDENTS % SKILLS)));
        if turn % (STUDENTS * SKILLS) == 0 {
            school.night().await;
        }
        let pupil = &school.students[who];
        let run = pupil.practise(skill.as_str()).await;
        let mut question = run["next"].clone();
        while question != Value::Null && taken.len() < ANSWERS {
            school.move_clock(20_000);
            let before = belief(pupil, &skill).await;
            let event = answer(pupil, &mut students[who], &question, taken.len()).await;
            taken.push(Taken { student: who, event, skill: skill.clone(), before });
            question = pupil.skip(&run["work"]).await["next"].clone();
        }
        assert!(turn < 2 * ANSWERS, "the course has no more questions after {}", taken.len());
        if taken.len() == ANSWERS {
            break;
        }
    }
    assert_same(&school.students, &taken).await;
}

/// A course of typed questions of one skill each, which never end, and a class on it.
pub async fn class_on_sums(school: &TestApp) -> (Class, Course) {
    let folder = school.folder.path().join("sums");
    let skills: Vec<String> = (0..SKILLS).map(|nth| format!("k{nth}")).collect();
    write(&folder.join("course.toml"), &course_toml(&skills));
    let skill =
        |id: &String| format!("[[skills]]\nid = \"{id}\"\nname.en = \"Skill {id}\"\ncan.en = \"I can {id}.\"\n");
    write(&folder.join("skills.toml"), &skills.iter().map(skill).collect::<String>());
    let head = format!(
        "+++\nid = \"p\"\nkind = \"practise\"\ntitle.en = \"Practice\"\nskills = {skills:?}\nminutes = 9\n+++\n"
    );
    let items = skills.iter().flat_map(|skill| (1..7).map(move |nth| item(skill, nth)));
    write(&folder.join("activities/all/p.md"), &(head + &items.collect::<String>()));
    publish_course(&school.app, school.tenant, folder.to_str().expect("a plain path")).await;
    let made = school.teacher.client.post("/classes", json!({ "name": "sums", "course": "sums" })).await.json(201);
    let published = school.app.library.published(&school.app, school.tenant, "sums").await;
    let published = published.unwrap_or_else(|problem| panic!("{}", problem.kind())).expect("it is published");
    (Class { id: text(&made["id"]), code: text(&made["code"]) }, published.course.clone())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn course_toml(skills: &[String]) -> String {
    format!(
        "id = \"sums\"\nlanguages = [\"en\"]\ntitle.en = \"Sums\"\n\
         [[attribution]]\nauthor = \"The Tandem authors\"\nsource = \"Written for Tandem's tests\"\nlicence = \"Apache-2.0\"\n\
         [[units]]\nid = \"u\"\ntitle.en = \"All\"\n\
         [[units.lessons]]\nid = \"all\"\ntitle.en = \"All\"\nskills = {skills:?}\nactivities = [\"p\"]\n"
    )
}

fn item(skill: &str, nth: usize) -> String {
    format!(
        "\n```item\nid = \"{skill}-{nth}\"\nskills = [\"{skill}\"]\nkind = \"numeric\"\n\
         prompt = {{ en = \"What is ${{{{a}}}} + {nth}$?\" }}\n\
         parameters = [{{ name = \"a\", between = [2, 90] }}]\nanswer = \"{{{{a+{nth}}}}}\"\n\
         solution.en = \"It is {{{{a+{nth}}}}}.\"\n```\n"
    )
}

/// What is believed of a skill now; nothing before its first answer.
async fn belief(pupil: &Pupil, skill: &SkillId) -> Option<SkillState> {
    let (tenant, student, key) = (pupil.tenant, pupil.student(), ("sums".into(), skill.clone()));
    let read =
        pupil.app.store.read(move |tx| Box::pin(async move { load_skills(tx, tenant, student, &"sums".into()).await }));
    read.await.unwrap_or_else(|problem| panic!("{}", problem.kind())).remove(&key)
}

/// Answers a question as the student does and returns the first event that counts. Now and then something that cannot
/// be read comes before it, and another try after it: neither is evidence.
async fn answer(pupil: &Pupil, student: &mut Student, question: &Value, nth: usize) -> Uuid {
    let keyed = pupil.key(question).await;
    let part = &keyed.item.parts[0];
    if nth % 7 == 3 {
        let verdict = pupil.store(pupil.answer(question, json!({ "kind": "text", "text": "3..5" }))).await;
        assert_eq!(verdict["judgement"]["counts"], false, "{verdict}");
    }
    let now = pupil.app.now();
    let attempt = student.attempt(&keyed, &part.id, Occasion::practice(now)).expect("a part of the item");
    let event = pupil.answer(question, json!(attempt.response));
    let verdict = pupil.store(event.clone()).await;
    assert_eq!(verdict["judgement"]["counts"], true, "{verdict}");
    let right = verdict["judgement"]["verdict"] == "right";
    student.practised(&part.skills, now, right, false);
    if !right && attempt.tries_again {
        pupil.store(pupil.answer(question, pupil.right(question).await)).await;
    }
    text(&event["id"]).parse().expect("an id")
}

/// Writes the answers as a log, reads it as the command does, and compares.
async fn assert_same(pupils: &[Pupil], taken: &[Taken]) {
    let parameters = Parameters::default();
    let mut events: BTreeMap<Uuid, (i64, Answered)> = BTreeMap::new();
    for pupil in pupils {
        for row in stream(pupil).await {
            let event = event_of(&row).unwrap_or_else(|problem| panic!("{}", problem.kind()));
            if let Body::Answered(answered) = event.body {
                events.insert(event.id, (event.effective_at, answered));
            }
        }
    }
    assert!(events.len() > ANSWERS + 200, "answers that are no evidence stand in the record too: {}", events.len());
    let (mut log, mut believed) = (String::new(), Vec::new());
    for Taken { student, event, skill, before } in taken {
        let (at, answered) = &events[event];
        assert_eq!(answered.skills, std::slice::from_ref(skill));
        let right = u8::from(answered.judgement.verdict.is_right());
        let seconds = *at as f64 / 1000.0;
        writeln!(log, "{student}\t{}\t{seconds}\t{right}\t{skill}", answered.item).expect("text grows");
        believed.push(chance_of_right(&parameters, answered, skill, before.as_ref()));
    }
    let mut reader = Reader::default();
    reader.add(log.as_bytes()).unwrap_or_else(|refused| panic!("{refused:?}"));
    let log = reader.finish();
    let constants = TracedSkills::new(&log, &parameters, &COURSE.into());
    let mut predicted = predict_tracing(&log, &vec![false; log.students.len()], &constants);
    predicted.sort_by_key(|one| one.row);
    assert_eq!(predicted.len(), ANSWERS);
    for (nth, (one, believed)) in predicted.iter().zip(&believed).enumerate() {
        assert_eq!(one.p.to_bits(), believed.to_bits(), "answer {nth}: {} and {believed}", one.p);
    }
    let different: BTreeSet<u64> = believed.iter().map(|p| p.to_bits()).collect();
    let right = predicted.iter().filter(|one| one.right).count();
    assert!(different.len() > 100 && (200..900).contains(&right), "{} chances, {right} right", different.len());
}
