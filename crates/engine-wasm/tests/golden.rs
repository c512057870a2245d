//! The same requests, the same answers, byte for byte: here natively, and in `web/src/engine/host.test.ts` in
//! WebAssembly, against one file. `UPDATE_EXPECT=1` writes it anew after a change that was meant.

use engine_wasm::{Session, ask};
use expect_test::expect_file;
use serde_json::{Value, json};

const PAIRS: &str = include_str!("../../math/corpus/pairs.tsv");
/// One pair in so many is asked.
const EVERY: usize = 12;

#[test]
fn answers_are_the_golden_ones() {
    let mut session = Session::default();
    let mut lines = String::new();
    for request in grades().chain(pre_test("chain", 12, 7)).chain(pre_test("tree", 60, 20261123)) {
        let request = request.to_string();
        let answer = ask(&mut session, request.as_bytes());
        lines += &format!("{request}\t{}\n", String::from_utf8(answer).expect("an answer is text"));
    }
    expect_file!["golden.tsv"].assert_eq(&lines);
}

#[test]
fn what_cannot_be_read_or_done_is_an_error_and_the_session_goes_on() {
    let mut session = Session::default();
    let mut error = |request: &str| {
        let answer: Value = serde_json::from_slice(&ask(&mut session, request.as_bytes())).expect("an answer is JSON");
        assert!(answer["error"].is_string(), "{request}: {answer}");
    };
    error("");
    error("{");
    error("{\"grade\":{}}");
    error("{\"sing\":{}}");
    error("{\"placed\":{\"skill\":\"a\",\"outcome\":\"right\"}}");
    let grade =
        json!({"grade": {"question": numeric("3/4"), "response": {"kind": "text", "text": "0.75"}, "lang": "en"}});
    let answer: Value = serde_json::from_slice(&ask(&mut session, grade.to_string().as_bytes())).expect("JSON");
    assert_eq!(answer["verdict"], "right");
}

#[test]
fn what_the_question_shows_is_no_answer_in_the_browser_either() {
    let mut session = Session::default();
    let mut verdict = |shown: Value| {
        let response = json!({"kind": "text", "text": "75%"});
        let grade = json!({"grade": {"question": numeric("3/4"), "shown": shown, "response": response, "lang": "en"}});
        let answer: Value = serde_json::from_slice(&ask(&mut session, grade.to_string().as_bytes())).expect("JSON");
        answer["verdict"].clone()
    };
    assert_eq!((verdict(json!([])), verdict(json!(["75%"]))), (json!("right"), json!("right_value_wrong_form")));
}

fn numeric(key: &str) -> Value {
    json!({"interaction": {"kind": "numeric", "accepted": [key], "key": "number"}})
}

/// Mathematics of every kind, in English and with a decimal comma.
fn grades() -> impl Iterator<Item = Value> {
    PAIRS.lines().enumerate().step_by(EVERY).map(|(nth, line)| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [given, expected, kind, ..] = fields[..] else { panic!("a pair: {line}") };
        let lang = if nth % (5 * EVERY) == 0 { "es" } else { "en" };
        let question = json!({"interaction": {"kind": "expression", "accepted": [expected], "key": kind}});
        json!({"grade": {"question": question, "response": {"kind": "text", "text": given}, "lang": lang}})
    })
}

/// A pre-test to its end, over a made-up graph, by a student who knows the first half.
fn pre_test(shape: &str, count: usize, seed: i64) -> std::vec::IntoIter<Value> {
    let below = |nth: usize| match (shape, nth) {
        (_, 0) => vec![],
        ("chain", _) => vec![format!("s{}", nth - 1)],
        _ => vec![format!("s{}", (nth - 1) / 3)],
    };
    let skills: Vec<Value> = (0..count)
        .map(|nth| json!({"id": format!("s{nth}"), "topic": format!("t{}", nth * 5 / count), "area": "a", "prerequisites": below(nth)}))
        .collect();
    let mut requests = vec![json!({"place": {"skills": skills, "seed": seed}})];
    // Which skill comes next is for the engine to say, so its answers are needed to write the requests.
    let mut session = Session::default();
    loop {
        let request = requests.last().expect("at least the first").to_string();
        let answer: Value = serde_json::from_slice(&ask(&mut session, request.as_bytes())).expect("JSON");
        let Some(next) = answer["next"].as_str() else { break };
        let nth: usize = next[1..].parse().expect("a number");
        let outcome = if nth < count / 2 { "right" } else { "wrong" };
        requests.push(json!({"placed": {"skill": next, "outcome": outcome}}));
    }
    requests.into_iter()
}
