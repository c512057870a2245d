//! A history and the exact state it comes to: the same on every machine, bit for bit, until the rules change.

mod support;

use expect_test::expect_file;
use support::{History, facts, fold_all};

const HISTORY: &str = "right a1, wrong a2, hint, right, right a3, bottom b1, wrong, right, day, right a4, right a5, mixed right a7,
    quick wrong b2, bad-idea wrong b2, bad-idea wrong b3, wrong, wrong, solution, right, dontknow c1, unreadable c1, form, right,
    day, mixed right a1, mixed right b1, mixed right c1, wrong c1";

#[test]
fn a_golden_history_comes_to_its_golden_state() {
    let history = History::read(HISTORY);
    let folded = fold_all(&facts("a:8 b:3(a) c:1[a]"), &history.events);
    let skills: Vec<_> = folded
        .loaded
        .skills
        .iter()
        .map(|((_, skill), state)| serde_json::json!({"skill": skill, "state": state}))
        .collect();
    let conclusions: Vec<String> =
        folded.derived.iter().map(|derived| format!("{:?} {}", derived.kind, derived.subject)).collect();
    let state = serde_json::json!({"head": folded.loaded.head, "skills": skills, "conclusions": conclusions});
    expect_file!["golden/history.json"].assert_eq(&(serde_json::to_string_pretty(&state).expect("plain data") + "\n"));
}
