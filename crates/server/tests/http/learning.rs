//! A student learns: where to begin, questions, help, going on.

use crate::support::{Pupil, TestApp, text};
use curriculum::{HintBody, Interaction, Item, KeyedItem, Lang, Part};
use serde_json::{Value, json};
use uuid::Uuid;

/// Nothing in this JSON gives the key away: no member is named like one, and no text says what only a key says.
fn assert_no_key(seen: &Value, keyed: Option<&KeyedItem>) {
    let mut names = Vec::new();
    let mut texts = Vec::new();
    gather(seen, &mut names, &mut texts);
    for name in
        ["correct", "accepted", "key", "answer", "solution", "buggy", "seed", "html_key", "truth", "misconception"]
    {
        assert!(!names.iter().any(|known| known == name), "a member {name}: {seen}");
    }
    let Some(keyed) = keyed else { return };
    for part in &keyed.item.parts {
        for secret in secrets(keyed, part) {
            assert!(!texts.iter().any(|text| text.contains(&secret)), "{secret} is told: {seen}");
        }
    }
}

/// Texts of a part that must not be seen before they are asked for, and are long enough to be told from chance.
fn secrets(keyed: &KeyedItem, part: &Part) -> Vec<String> {
    let mut secrets = vec![part.solution.get(&keyed.lang).to_owned()];
    for hint in &part.hints {
        match &hint.body {
            HintBody::Tell { text } => secrets.push(text.get(&keyed.lang).to_owned()),
            HintBody::Ask { question, .. } => secrets.push(question.prompt.get(&keyed.lang).to_owned()),
        }
    }
    if let Interaction::Equation(key) = &part.question.interaction {
        secrets.extend(key.accepted.iter().cloned());
    }
    secrets.retain(|secret| secret.chars().count() >= 6);
    secrets
}

fn gather(value: &Value, names: &mut Vec<String>, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                names.push(name.clone());
                gather(member, names, texts);
            }
        }
        Value::Array(members) => members.iter().for_each(|member| gather(member, names, texts)),
        Value::String(text) => texts.push(text.clone()),
        _ => {}
    }
}

/// A run whose first question is this item.
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

#[tokio::test]
async fn the_pre_test_tells_neither_right_nor_wrong_and_helps_with_nothing() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    assert_eq!(ana.home().await["placement"], "not_started");
    let mut seen = ana.client.post("/student/placement", json!({})).await.json(200);
    assert_eq!(ana.home().await["placement"], "under_way");
    let (mut asked, mut asked_back) = (0, 0);
    while seen["next"] != Value::Null {
        asked += 1;
        assert!(asked <= 25, "at most {}", seen["at_most"]);
        let next = seen["next"].clone();
        assert_eq!(next["purpose"], "placement");
        let keyed = ana.key(&next).await;
        assert_no_key(&seen, Some(&keyed));
        let part = &next["item"]["parts"][0]["id"];
        // No help of any kind.
        let about = json!({ "presentation": next["id"], "part": part });
        let mut hint = about.clone();
        hint["hint"] = next["item"]["parts"][0]["hints"][0]["id"].clone();
        let refused = ana.send(vec![ana.event("solution_opened", about)]).await.remove(0);
        assert_eq!((&refused["status"], &refused["problem"]["status"]), (&json!("refused"), &json!(422)));
        if hint["hint"] != Value::Null {
            let refused = ana.send(vec![ana.event("hint_opened", hint)]).await.remove(0);
            assert_eq!(refused["status"], "refused", "{refused}");
            assert_eq!((&refused["hint"], &refused["solution"]), (&Value::Null, &Value::Null));
        }
        // Stop and go on shows the same question.
        let again = ana.client.post("/student/placement", json!({})).await.json(200);
        assert_eq!(again["next"]["id"], next["id"]);
        for part in &keyed.item.parts {
            // What is not worked out is asked back, and the question stays.
            if let Interaction::Numeric(key) = &part.question.interaction {
                let unfinished = json!({ "kind": "text", "text": format!("{}+0", key.accepted[0]) });
                let verdict = ana.store(ana.answer_part(&next, &json!(part.id), unfinished)).await;
                assert_eq!(verdict["judgement"]["verdict"], "right_value_wrong_form", "{verdict}");
                assert_eq!(verdict["judgement"]["message"]["code"], "form.work_out", "{verdict}");
                assert_eq!(verdict["part_done"], false, "{verdict}");
                let again = ana.client.post("/student/placement/next", json!({})).await.json(200);
                assert_eq!(again["next"]["id"], next["id"]);
                asked_back += 1;
            }
            let response = match asked % 3 {
                0 => json!({ "kind": "dont_know" }),
                1 => crate::support::right_response(&keyed, part),
                _ => crate::support::wrong_response(&keyed, part),
            };
            let verdict = ana.store(ana.answer_part(&next, &json!(part.id), response)).await;
            let judged = &verdict["judgement"];
            assert_eq!((&judged["verdict"], &verdict["part_done"]), (&json!("recorded"), &json!(true)), "{verdict}");
            for silent in ["message", "misconception", "truth", "conflict", "feedback"] {
                assert_eq!(judged[silent], Value::Null, "{silent}: {verdict}");
            }
            assert_eq!((&verdict["help"], &verdict["skill"]), (&Value::Null, &Value::Null));
            assert_eq!(verdict["became_ready"], json!([]));
        }
        seen = ana.client.post("/student/placement/next", json!({})).await.json(200);
    }
    assert!(asked_back > 0, "no number was asked");
    assert!(seen["finished"]["known"].is_u64() && seen["finished"]["frontier"].is_array(), "{seen}");
    assert_eq!(ana.home().await["placement"], "done");
    let after = ana.client.post("/student/placement", json!({})).await.json(200);
    assert_eq!((&after["next"], &after["finished"]), (&Value::Null, &seen["finished"]));
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn a_right_and_a_wrong_answer_of_the_pre_test_look_the_same() {
    let school = TestApp::with_class(2).await;
    let mut verdicts = Vec::new();
    for (nth, pupil) in school.students.iter().enumerate() {
        let seen = pupil.client.post("/student/placement", json!({})).await.json(200);
        let next = &seen["next"];
        let response = if nth == 0 { pupil.right(next).await } else { pupil.wrong(next).await };
        let mut verdict = pupil.store(pupil.answer(next, response)).await;
        verdict["id"] = Value::Null;
        verdicts.push(verdict.to_string());
    }
    assert_eq!(verdicts[0], verdicts[1]);
}

#[tokio::test]
async fn the_first_page_offers_two_things_or_says_that_today_is_done() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    for nth in 0..25 {
        let home = ana.home().await;
        assert_no_key(&home, None);
        let offers = home["offers"].as_array().expect("a list");
        let done = home["done_for_today"] != Value::Null;
        assert!(offers.len() >= 2 || done, "after {nth} questions: {home}");
        assert!(offers.len() <= 3);
        for offer in offers {
            assert!(offer["reasons"][0]["code"].is_string(), "{offer}");
            assert!(offer["minutes"].as_u64().is_some_and(|minutes| minutes > 0), "{offer}");
            assert!(offer["title"].is_string() && offer["by"]["kind"].is_string(), "{offer}");
        }
        let Some(offer) = offers.iter().find(|offer| offer["kind"] != "placement") else { continue };
        let run = ana.client.post("/student/work", json!({ "offer": offer["id"] })).await.json(200);
        if run["next"] != Value::Null {
            ana.answer_right(&run["next"]).await;
        }
        school.move_clock(45_000);
    }
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn three_misses_change_the_form_of_help_and_bring_the_name_to_the_teacher() {
    let school = TestApp::with_class(3).await;
    let ana = &school.students[0];
    for pupil in &school.students {
        pupil.home().await;
    }
    let (_, next) = question(ana, "double", "double-drums").await;
    for miss in 1..=3 {
        school.move_clock(15_000);
        let verdict = ana.answer_wrong(&next).await;
        assert_eq!((&verdict["judgement"]["verdict"], &verdict["part_done"]), (&json!("wrong"), &json!(false)));
        assert_eq!(verdict["help"] != Value::Null, miss == 3, "after {miss}: {verdict}");
        if miss == 3 {
            let form = text(&verdict["help"]["form"]);
            assert!(["detour", "example", "other_item", "teacher"].contains(&form.as_str()), "{form}");
            if form == "example" {
                let example = &verdict["help"]["example"];
                assert!(!text(&example["solution"]).is_empty() && !text(&example["prompt"]).is_empty());
            }
        }
    }
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert_eq!(now["see_first"][0]["student"], ana.id.as_str(), "{now}");
    assert_eq!(now["see_first"][0]["rule"], "three_misses");
    let row = now["rows"].as_array().expect("rows").iter().find(|row| row["student"]["id"] == ana.id.as_str()).cloned();
    let row = row.expect("Ana's row");
    assert_eq!((&row["marks"], &row["here"]), (&json!(["see_first"]), &json!(true)));
    assert_eq!((&now["of"], &now["here"]), (&json!(3), &json!(3)));

    // A teacher who says that it is not so is heard.
    school.move_clock(1_000);
    let alert = school.class.path(&format!("alerts/{}/three_misses", ana.id));
    let said = json!({ "verdict": "wrong", "basis": "we talked" });
    school.teacher.client.post(&alert, said).await.done();
    let now = school.teacher.client.get(&school.class.path("now")).await.json(200);
    assert!(!now["see_first"].to_string().contains("three_misses"), "{now}");
}

#[tokio::test]
async fn what_the_author_says_to_this_very_answer_takes_the_place_of_general_words() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (_, next) = question(ana, "double", "double-drums").await;
    ana.store(ana.hint(&next, &next["item"]["parts"][0]["hints"][0]["id"])).await;
    let foreseen = ana.key(&next).await.item.parts[0].buggy[0].answer.clone();
    let verdict = ana.store(ana.answer(&next, json!({ "kind": "text", "text": foreseen }))).await;
    let judged = &verdict["judgement"];
    assert_eq!((&judged["misconception"], &judged["truth"]), (&json!("adds-two"), &Value::Null), "{verdict}");
    assert!(text(&judged["feedback"]).contains(&foreseen) && judged["conflict"] == Value::Null, "{verdict}");

    // A teacher finds the answers of that idea, and no other.
    let (_, next) = question(ana, "half", "half-choose").await;
    for _ in 0..520 {
        ana.answer_wrong(&next).await;
    }
    let (_, next) = question(ana, "double", "double-drums").await;
    let foreseen = ana.key(&next).await.item.parts[0].buggy[0].answer.clone();
    ana.store(ana.answer(&next, json!({ "kind": "text", "text": foreseen }))).await;
    let answers = async |idea: &str| {
        let path = school.class.path(&format!("students/{}/answers?idea={idea}", ana.id));
        school.teacher.client.get(&path).await.json(200)["answers"].clone()
    };
    let found = answers("adds-two").await;
    let ideas = found.as_array().expect("answers").iter();
    let told: Vec<_> = ideas.map(|one| (&one["judgement"]["misconception"], &one["hints_used"])).collect();
    // However long ago it was, help stands with its answer.
    assert_eq!(told, [(&json!("adds-two"), &json!(0)), (&json!("adds-two"), &json!(1))], "{found}");
    assert_eq!(answers("nothing").await, json!([]));
}

#[tokio::test]
async fn what_cannot_be_read_is_explained_and_not_counted() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (_, next) = question(ana, "double", "double-drums").await;
    for text in ["", "(", "3 +", "((((", "fourteen drums!", "1/0", "\u{202e}7", "<b>7</b>"] {
        let verdict = ana.store(ana.answer(&next, json!({ "kind": "text", "text": text }))).await;
        let judged = &verdict["judgement"];
        if judged["verdict"] == "wrong" {
            continue;
        }
        assert_eq!(
            (&judged["verdict"], &judged["counts"]),
            (&json!("unreadable"), &json!(false)),
            "{text:?}: {verdict}"
        );
        assert!(judged["message"]["code"].as_str().is_some_and(|code| code.starts_with("unreadable.")), "{verdict}");
        assert_eq!((&verdict["help"], &verdict["part_done"]), (&Value::Null, &json!(false)));
    }
    let unread = ana.store(ana.answer(&next, json!({ "kind": "text", "text": "3 +" }))).await;
    assert_eq!(unread["judgement"]["verdict"], "unreadable");
    school.assert_replay_agrees().await;
}

#[tokio::test]
async fn answers_that_cannot_be_read_do_not_touch_the_first_try() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (work, next) = question(ana, "double", "double-drums").await;
    for _ in 0..4 {
        ana.store(ana.answer(&next, json!({ "kind": "text", "text": "3 + (" }))).await;
    }
    let verdict = ana.answer_right(&next).await;
    assert_eq!(verdict["skill"]["answers"], 1, "{verdict}");
    let resumed = ana.go_on(&work).await;
    assert_ne!(resumed["next"]["id"], next["id"]);
    let progress = ana.client.get("/student/skills/double").await.json(200);
    assert_eq!(progress["answers"], 1);
    assert!(progress["ledger"].as_array().is_some_and(|ledger| !ledger.is_empty()));
}

#[tokio::test]
async fn the_list_of_answers_names_a_question_with_the_numbers_that_were_asked() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (_, next) = question(ana, "add", "add-apples").await;
    ana.answer_right(&next).await;
    let progress = ana.client.get("/student/skills/add").await.json(200);
    let asked = ana.key(&next).await.item.stem.words(&Lang::en());
    assert_eq!(progress["ledger"][0]["item_title"], asked, "{progress}");
    assert!(!asked.contains("{{"), "{asked}");
}

#[tokio::test]
async fn hints_open_in_their_order_each_with_its_own_words() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (work, next) = question(ana, "double", "double-drums").await;
    let keyed = ana.key(&next).await;
    assert_no_key(&next, Some(&keyed));
    let labels = next["item"]["parts"][0]["hints"].as_array().expect("hints").clone();
    assert_eq!(labels.iter().map(|hint| hint["asks"] == true).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(labels.iter().map(|hint| hint["bottom_out"] == true).collect::<Vec<_>>(), [false, false, true]);
    for (nth, label) in labels.iter().enumerate() {
        let verdict = ana.store(ana.hint(&next, &label["id"])).await;
        assert_eq!(verdict["hint"]["id"], label["id"]);
        match &keyed.item.parts[0].hints[nth].body {
            HintBody::Tell { text: told } => {
                let number =
                    told.get(&keyed.lang).split_whitespace().last().expect("words").trim_end_matches('.').to_owned();
                assert!(text(&verdict["hint"]["html"]).contains(number.trim_matches('$')), "{verdict}");
            }
            HintBody::Ask { .. } => {
                assert_eq!(verdict["hint"]["question"]["kind"], "numeric");
                // The scaffold's own question is answered, and says nothing of the question's.
                let body = json!({ "presentation": next["id"], "part": next["item"]["parts"][0]["id"], "hint": label["id"],
                                   "response": { "kind": "text", "text": "90001" } });
                let verdict = ana.store(ana.event("scaffold_answered", body)).await;
                assert_eq!(verdict["judgement"]["verdict"], "wrong");
                assert_eq!(verdict["part_done"], false);
            }
        }
    }
    let unknown = ana.send(vec![ana.hint(&next, &json!("no-such-hint"))]).await.remove(0);
    assert_eq!((&unknown["status"], &unknown["problem"]["field"]), (&json!("refused"), &json!("body.hint")));
    // Right after help teaches and proves nothing.
    let verdict = ana.answer_right(&next).await;
    assert_eq!(verdict["part_done"], true);
    let finished = skip_to_the_end(ana, &work).await;
    assert_eq!((&finished["right_unaided"], &finished["right_alone"]), (&json!(0), &json!([])), "{finished}");
}

async fn skip_to_the_end(student: &Pupil, work: &Value) -> Value {
    loop {
        let seen = student.skip(work).await;
        if seen["finished"] != Value::Null {
            return seen["finished"].clone();
        }
    }
}

#[tokio::test]
async fn what_was_right_without_help_is_named_at_the_end_and_counted_at_home() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (work, next) = question(ana, "double", "double-drums").await;
    ana.answer_right(&next).await;
    let finished = skip_to_the_end(ana, &work).await;
    let named: Vec<&Value> =
        finished["right_alone"].as_array().expect("a list").iter().map(|skill| &skill["id"]).collect();
    assert_eq!(named, [&json!("double")], "{finished}");
    assert_eq!(finished["still_known"], json!([]));
    let story = school.class.path(&format!("students/{}/story", ana.id));
    let path = school.teacher.client.get(&story).await.json(200)["path"].clone();
    let run = path.as_array().expect("a path").iter().find(|event| event["kind"] == "run").expect("the run");
    assert_eq!(run["args"]["right"], json!(1), "{run}");
    let home = ana.client.get("/student/home").await.json(200);
    assert_eq!((&home["progress"]["on_the_way"], &home["progress"]["ready"]), (&json!(1), &json!(0)), "{home}");
}

#[tokio::test]
async fn a_hint_says_what_it_builds_on_and_its_order_is_the_clients_to_keep() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (_, next) = question(ana, "double", "double-drums").await;
    let last = &next["item"]["parts"][0]["hints"][2];
    let verdict = ana.send(vec![ana.hint(&next, &last["id"])]).await.remove(0);
    assert_eq!(last["after"].as_array().map(Vec::len), Some(1));
    // Refusing it would lose what a tablet kept offline; whoever jumps ahead only sees more help.
    assert_eq!(verdict["status"], "stored", "{verdict}");
}

#[tokio::test]
async fn a_reload_shows_the_same_question_with_what_was_answered() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (work, next) = question(ana, "double", "double-drums").await;
    let hint = next["item"]["parts"][0]["hints"][0]["id"].clone();
    let wrong = ana.answer_wrong(&next).await;
    ana.store(ana.hint(&next, &hint)).await;
    let again = ana.go_on(&work).await;
    assert_eq!(again["next"]["id"], next["id"]);
    assert_eq!(again["next"]["item"], next["item"], "the same numbers, the same order of options");
    let part = &again["next"]["answered"][text(&next["item"]["parts"][0]["id"])];
    assert_eq!((&part["tries"], &part["right"]), (&json!(1), &json!(false)), "{again}");
    assert_eq!(part["last"]["judgement"], wrong["judgement"]);
    assert_eq!(part["hints"][0]["id"], hint);
    assert_eq!(part["hints"].as_array().map(Vec::len), Some(1));

    let other = ana.skip(&work).await;
    assert_ne!(other["next"]["id"], next["id"], "another problem");
    assert_eq!(other["next"]["item"]["parts"][0]["skills"], next["item"]["parts"][0]["skills"], "of the same skill");
    assert_eq!(ana.go_on(&work).await["next"]["id"], other["next"]["id"]);
}

#[tokio::test]
async fn no_question_tells_its_key() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let mut items = std::collections::BTreeSet::new();
    for skill in ["add", "double", "half", "add", "double", "half"] {
        let run = ana.practise(skill).await;
        let mut seen = run.clone();
        while seen["next"] != Value::Null {
            let keyed = ana.key(&seen["next"]).await;
            assert_no_key(&seen, Some(&keyed));
            items.insert(text(&seen["next"]["item"]["item"]));
            let ids: Vec<&Value> = seen["next"]["item"]["parts"].as_array().expect("parts").iter().collect();
            for part in ids {
                for option in part["question"]["options"].as_array().expect("options") {
                    let names: Vec<&String> = option.as_object().expect("an option").keys().collect();
                    assert_eq!(names, ["html", "id"], "an option is an id and its words");
                }
            }
            seen = ana.skip(&run["work"]).await;
        }
        assert_no_key(&seen, None);
    }
    let all: Vec<String> = tiny_items(&school).await.into_iter().map(|item| item.id.0).collect();
    assert!(items.len() >= all.len() - 1, "{items:?} of {all:?}");
    for path in ["/student/progress", "/student/skills/add", "/student/home"] {
        assert_no_key(&ana.client.get(path).await.json(200), None);
    }
}

async fn tiny_items(school: &TestApp) -> Vec<Item> {
    let published = school.app.library.published(&school.app, school.tenant, "tiny").await;
    let published = published.unwrap_or_else(|problem| panic!("{}", problem.kind())).expect("it is published");
    published.course.items.values().cloned().collect()
}

#[tokio::test]
async fn the_right_option_does_not_always_stand_in_one_place() {
    let school = TestApp::with_class(6).await;
    let mut places = std::collections::BTreeSet::new();
    for pupil in &school.students {
        for _ in 0..2 {
            let (_, next) = question(pupil, "add", "add-more-or-less").await;
            let right = pupil.right(&next).await;
            let options = next["item"]["parts"][0]["question"]["options"].as_array().expect("options").clone();
            places.insert(options.iter().position(|option| option["id"] == right["option"]));
        }
    }
    assert!(places.len() > 1, "options are shuffled: {places:?}");
}

#[tokio::test]
async fn an_offer_that_nobody_made_is_refused() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let event = Uuid::now_v7();
    let forged = [
        "zz".to_owned(),
        "7b".to_owned(),
        "é".repeat(10),
        "ab".repeat(3_000),
        hex("{}"),
        hex(&format!("{{\"event\":\"{event}\",\"work\":{{\"placement\":{{}}}}}}")),
        hex(&format!("{{\"event\":\"{event}\",\"work\":{{\"practise\":{{\"skill\":\"no-such\"}}}}}}")),
        hex(&format!("{{\"event\":\"{event}\",\"work\":{{\"work\":\"practise\",\"skill\":\"no-such\"}}}}")),
    ];
    for offer in forged {
        let reply = ana.client.post("/student/work", json!({ "offer": offer })).await;
        assert_eq!(reply.problem_at(422), "unknown_offer offer", "{offer}");
    }
    for (wanted, problem) in [
        (json!({ "skill": "no-such" }), "unknown_offer"),
        (json!({ "activity": "no-such" }), "unknown_activity activity"),
        (json!({ "assignment": event }), "unknown_assignment assignment"),
        (json!({}), "missing_field offer"),
    ] {
        let told = ana.client.post("/student/work", wanted.clone()).await.problem_at(422);
        assert!(told.starts_with(problem), "{wanted}: {told}");
    }
    // A forged offer of reading cannot put words of its own into the record.
    let offered = ana.home().await["something_else"].as_array().cloned().unwrap_or_default();
    let reading = offered
        .iter()
        .chain(ana.home().await["offers"].as_array().expect("offers"))
        .find(|offer| offer["kind"] == "read")
        .cloned();
    if let Some(reading) = reading {
        let bytes: Vec<u8> = (0..text(&reading["id"]).len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text(&reading["id"])[at..at + 2], 16).expect("hexadecimal"))
            .collect();
        let changed = String::from_utf8(bytes).expect("text").replace("counting", "a rude word");
        let reply = ana.client.post("/student/work", json!({ "offer": hex(&changed) })).await;
        assert_eq!(reply.problem_at(422), "unknown_offer offer");
    }
    assert_eq!(ana.client.get("/student/skills/no-such").await.problem_at(404), "missing skill");
}

#[tokio::test]
async fn a_class_without_a_course_says_so() {
    let school = TestApp::with_class(0).await;
    let made = school.teacher.client.post("/classes", json!({ "name": "new" })).await.json(201);
    let class = crate::support::Class { id: text(&made["id"]), code: text(&made["code"]) };
    let pupils = school.add_students(&school.teacher, &class, 1).await;
    let home = pupils[0].home().await;
    assert_eq!((&home["course"], &home["placement"], &home["offers"]), (&Value::Null, &json!("none"), &json!([])));
    assert_eq!(pupils[0].client.post("/student/placement", json!({})).await.problem(409), "no_course");
    assert_eq!(pupils[0].client.post("/student/work", json!({ "skill": "add" })).await.problem(409), "no_course");
    assert_eq!(pupils[0].client.get("/student/progress").await.json(200)["units"], json!([]));
    assert_eq!(pupils[0].client.get("/student/skills/add").await.problem(409), "no_course");
    school.teacher.client.get(&class.path("now")).await.json(200);
    school.teacher.client.get(&class.path("skills")).await.json(200);
    school.teacher.client.get(&class.path(&format!("students/{}/story", pupils[0].id))).await.json(200);
}

#[tokio::test]
async fn a_teacher_sees_answers_as_the_student_saw_the_question() {
    let school = TestApp::with_class(1).await;
    let ana = &school.students[0];
    let (_, next) = question(ana, "double", "double-drums").await;
    ana.answer_wrong(&next).await;
    ana.store(ana.hint(&next, &next["item"]["parts"][0]["hints"][0]["id"])).await;
    ana.answer_right(&next).await;
    let path = school.class.path(&format!("students/{}/answers", ana.id));
    let seen = school.teacher.client.get(&path).await.json(200);
    let answers = seen["answers"].as_array().expect("answers");
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["item"], next["item"]);
    assert_eq!((&answers[0]["judgement"]["verdict"], &answers[0]["unaided"]), (&json!("right"), &json!(false)));
    assert_eq!((&answers[1]["judgement"]["verdict"], &answers[1]["unaided"]), (&json!("wrong"), &json!(true)));
    assert!(answers[0]["key_html"].is_string());
    let wrong = school.teacher.client.get(&format!("{path}?wrong=1")).await.json(200);
    assert_eq!(wrong["answers"].as_array().map(Vec::len), Some(1));
    let before = answers[0]["position"].as_i64().expect("a number");
    let older = school.teacher.client.get(&format!("{path}?before={before}")).await.json(200);
    assert_eq!(older["answers"].as_array().map(Vec::len), Some(1));
    let other = school.teacher.client.get(&format!("{path}?skill=half")).await.json(200);
    assert_eq!(other["answers"], json!([]));
    let story = school.teacher.client.get(&school.class.path(&format!("students/{}/story", ana.id))).await.json(200);
    let missing = story["missing"]["double"].as_array().expect("what is missing");
    assert!(missing.contains(&json!("rights")) && missing.contains(&json!("level")), "{story}");
    assert_eq!(story["missing"]["half"], Value::Null, "nothing was answered there");
    let audit = school.admin.client.get("/admin/audit").await.json(200).to_string();
    assert!(audit.contains("answers_viewed"), "looking at a record is noted");
}

#[tokio::test]
async fn only_practice_gives_its_key_and_only_to_whom_it_was_shown() {
    let school = TestApp::with_class(2).await;
    let (ana, ben) = (&school.students[0], &school.students[1]);
    let key_of = |next: &Value| format!("/student/presentations/{}/practice-key", text(&next["id"]));

    let test = ana.client.post("/student/placement", json!({})).await.json(200);
    assert_eq!(test["next"]["instant"], false);
    ana.client.get(&key_of(&test["next"])).await.problem(404);

    let run = ana.practise("add").await;
    let next = &run["next"];
    assert_eq!(next["instant"], true, "an item of no pool is for practice: {next}");
    assert_no_key(&run, Some(&ana.key(next).await));
    let key = ana.client.get(&key_of(next)).await.json(200);
    for part in next["item"]["parts"].as_array().expect("parts") {
        let part = &key["parts"][text(&part["id"])];
        assert!(part["question"].is_object() && part["shown"].is_array(), "{key}");
    }
    ben.client.get(&key_of(next)).await.problem(404);
}
