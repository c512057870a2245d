//! The keys of a real course (not shipped; read from ../shared, or TANDEM_SHARED): every key that is mathematics reads,
//! equals itself and rewritings of itself, and differs from its neighbours.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use math::{DecimalMark, Kind, Math, Reason, Same, latex, read, same};
use serde_json::Value;

/// A key, and whether the course itself calls it mathematics.
fn keys() -> Option<BTreeSet<(String, bool)>> {
    let shared = std::env::var_os("TANDEM_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = shared.join("content/oatutor-elementary-algebra/problems.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is needed", path.display());
        eprintln!("SKIPPED: {} is absent, real keys are not tried", path.display());
        return None;
    };
    let mut keys = BTreeSet::new();
    for line in text.lines() {
        collect(&serde_json::from_str(line).expect("a problem"), &mut keys);
    }
    Some(keys)
}

/// Steps and scaffolds at any depth.
fn collect(value: &Value, keys: &mut BTreeSet<(String, bool)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        Value::Object(fields) => {
            if fields.get("problemType").and_then(Value::as_str) == Some("TextBox") {
                let mathematics = fields.get("answerType").and_then(Value::as_str) != Some("string");
                for name in ["stepAnswer", "hintAnswer"] {
                    let answers = fields.get(name).and_then(Value::as_array).into_iter().flatten();
                    keys.extend(answers.filter_map(Value::as_str).map(|key| (key.to_owned(), mathematics)));
                }
            }
            fields.values().for_each(|value| collect(value, keys));
        }
        _ => {}
    }
}

fn reading(text: &str, kind: Kind) -> Option<Math> {
    read(text, kind, DecimalMark::Point).ok()
}

/// Other ways to write the same, and neighbours that are not the same.
fn variations(key: &str, kind: Kind) -> (Vec<String>, Vec<String>) {
    let bare = &key.replace("$$", " ");
    let bare = bare.trim();
    match kind {
        Kind::Number | Kind::Expression => (
            vec![
                format!("\\frac{{2\\left({bare}\\right)}}{{2}}"),
                format!("1+({bare})-1"),
                bare.replace('-', "−"),
                bare.replace("\\left", "").replace("\\right", ""),
            ],
            vec![format!("-({bare})"), format!("({bare})+1"), format!("2({bare})"), format!("({bare})+q")],
        ),
        Kind::Equation => match bare.split_once('=') {
            Some((left, right)) => (
                vec![format!("{right}={left}"), format!("3({left})=3({right})")],
                vec![format!("{left}={right}+1"), format!("{left}=-({right})-\\frac{{7}}{{13}}")],
            ),
            _ => (vec![], vec![]),
        },
        _ => (vec![bare.replace('-', "−")], vec![]),
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn real_keys_read_and_keep_their_meaning() {
    let Some(keys) = keys() else { return };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut undecided = Vec::new();
    let mut unread = Vec::new();
    for (key, mathematics) in &keys {
        let kind = Kind::guess(key);
        *counts.entry(format!("kind {kind}")).or_default() += 1;
        let math = match read(key, kind, DecimalMark::Point) {
            Ok(math) => math,
            Err(why) => {
                *counts.entry(format!("unreadable {}", why.reason.code())).or_default() += 1;
                if *mathematics || why.reason != Reason::Ambiguous {
                    unread.push(format!("{key}  [{kind}] {why}"));
                }
                continue;
            }
        };
        let closed_equation = kind == Kind::Equation && math.letters().is_empty();
        if kind == Kind::Words || closed_equation {
            continue;
        }
        let mut expect = |text: &str, wanted: bool| {
            let verdict = reading(text, kind).map(|other| same(&other, &math));
            let fine = if wanted { verdict == Some(Same::Equal) } else { verdict != Some(Same::Equal) };
            *counts.entry(format!("{} {}", if wanted { "equal" } else { "different" }, fine)).or_default() += 1;
            if wanted && kind == Kind::Equation && verdict == Some(Same::Undecided) {
                undecided.push(format!("{key} against {text}"));
            } else if !fine {
                wrong.push(format!("{key} against {text} [{kind}]: {verdict:?}"));
            }
        };
        expect(key, true);
        expect(&latex(&math), true);
        let zero = reading("0", kind).is_some_and(|zero| same(&zero, &math) == Same::Equal);
        let (rewritings, neighbours) = variations(key, kind);
        rewritings.iter().for_each(|text| expect(text, true));
        neighbours.iter().filter(|_| !zero).for_each(|text| expect(text, false));
    }
    println!("{} different keys", keys.len());
    counts.iter().for_each(|(name, count)| println!("{name}: {count}"));
    println!("not read:\n{}", unread.join("\n"));
    println!("wrong:\n{}", wrong.join("\n"));
    println!("undecided:\n{}", undecided.join("\n"));
    assert!(wrong.is_empty());
    assert!(undecided.len() <= 3, "{} equations undecided", undecided.len());
    assert!(unread.len() <= 40, "{} keys are not read", unread.len());
}
