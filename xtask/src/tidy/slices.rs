//! The server's slices: rules stay plain, insides stay inside, and no two slices hold each other up.

use super::rust_source::{NamedPath, own_code};
use super::{House, Place, Rule};
use std::collections::{BTreeMap, BTreeSet};

const SERVER: &str = "crates/server/src/";
/// Rooms that all slices share or that put the slices together; they are no slices.
const SHARED: &[&str] = &["app", "bin", "cli", "config"];

pub const RULES: &[Rule] = &[
    Rule {
        name: "rules-stay-plain",
        reason: "rules.rs holds decisions as plain functions; the web, the database and the clock stay in http.rs",
        check: |house| {
            let mut places = Vec::new();
            for (file, source) in own_code(&house.tree, SERVER) {
                if file.name() != "rules.rs" && !file.folders().any(|folder| folder == "rules") {
                    continue;
                }
                let bad = source.paths().into_iter().filter(is_shell);
                places.extend(bad.map(|path| Place::new(&file.path, path.line, format!("names {path}"))));
            }
            places
        },
    },
    Rule {
        name: "insides-stay-inside",
        reason: "a slice offers what stands in its mod.rs; who reaches behind it makes two slices into one",
        check: |house| {
            let named = named_slices(house).into_iter().filter(|named| {
                let folder = format!("{SERVER}{}/{}", named.to, named.inside);
                let is_module = house.tree.has(&format!("{folder}.rs")) || house.tree.has(&folder);
                !named.inside.is_empty() && is_module && named.from.as_deref() != Some(named.to.as_str())
            });
            named.map(|named| named.place(&format!("reaches into {}", named.to))).collect()
        },
    },
    Rule {
        name: "no-cycles-of-slices",
        reason: "slices that need each other can only be read, tested and changed together",
        check: cycles,
    },
];

fn is_shell(path: &NamedPath) -> bool {
    let first = path.steps[0].as_str();
    let foreign =
        ["axum", "sqlx", "tokio", "reqwest", "store", "getrandom"].contains(&first) || first.starts_with("store_");
    (foreign && path.steps.len() > 1) || path.names("SystemTime") || path.starts_with(&["std", "time", "Instant"])
}

/// Where a file names something of a slice.
struct Named {
    file: String,
    line: usize,
    written: String,
    /// The slice in which the file lies, if it lies in one.
    from: Option<String>,
    to: String,
    /// The step after the slice's name, empty if there is none.
    inside: String,
}

impl Named {
    fn place(&self, what: &str) -> Place {
        Place::new(&self.file, self.line, format!("names {}: {what}", self.written))
    }
}

fn named_slices(house: &House) -> Vec<Named> {
    let own = own_code(&house.tree, SERVER);
    let slices: BTreeSet<&str> = own.iter().filter_map(|(file, _)| slice_of(&file.path)).collect();
    let mut named = Vec::new();
    for (file, source) in &own {
        let from = slice_of(&file.path).map(str::to_owned);
        for path in source.paths() {
            let Some(steps) = from_the_root(&file.path, &path.steps) else { continue };
            if let Some(to) = steps.first().filter(|to| slices.contains(to.as_str())) {
                named.push(Named {
                    file: file.path.clone(),
                    line: path.line,
                    written: path.to_string(),
                    from: from.clone(),
                    to: to.clone(),
                    inside: steps.get(1).cloned().unwrap_or_default(),
                });
            }
        }
    }
    named
}

fn slice_of(path: &str) -> Option<&str> {
    let (slice, _) = path.strip_prefix(SERVER)?.split_once('/')?;
    (!SHARED.contains(&slice)).then_some(slice)
}

/// The steps of a path from the root of the server, if it leads there: `crate::`, `server::` or enough `super::`.
fn from_the_root(file: &str, steps: &[String]) -> Option<Vec<String>> {
    if ["crate", "server"].contains(&steps[0].as_str()) {
        return Some(steps[1..].to_vec());
    }
    let mut module: Vec<String> =
        file.strip_prefix(SERVER)?.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| ["mod", "main", "lib"].contains(&last.as_str())) {
        module.pop();
    }
    let up = steps.iter().take_while(|step| *step == "super").count();
    if up == 0 || up > module.len() {
        return None;
    }
    module.truncate(module.len() - up);
    module.extend_from_slice(&steps[up..]);
    Some(module)
}

/// One place for each pair of slices that reach each other, directly or in a round.
fn cycles(house: &House) -> Vec<Place> {
    let mut edges: BTreeMap<String, BTreeMap<String, Named>> = BTreeMap::new();
    for named in named_slices(house) {
        if let Some(from) = named.from.clone().filter(|from| *from != named.to) {
            edges.entry(from).or_default().entry(named.to.clone()).or_insert(named);
        }
    }
    let mut places = Vec::new();
    for (from, uses) in &edges {
        for (to, named) in uses {
            // Each round is told once, where its first slice by name leaves home.
            if let Some(way) = way_back(to, from, &edges).filter(|way| way.iter().all(|step| step >= from)) {
                places.push(named.place(&format!("a round: {from} > {}", way.join(" > "))));
            }
        }
    }
    places
}

fn way_back(from: &str, to: &str, edges: &BTreeMap<String, BTreeMap<String, Named>>) -> Option<Vec<String>> {
    let mut ways = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::from([from.to_owned()]);
    while let Some(way) = ways.pop() {
        let last = way.last().expect("a way has a beginning");
        if last == to {
            return Some(way);
        }
        for next in edges.get(last).into_iter().flat_map(BTreeMap::keys).filter(|next| seen.insert((*next).clone())) {
            ways.push(way.iter().cloned().chain([next.clone()]).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};

    #[test]
    fn a_rule_that_knows_the_web_or_the_store_is_found() {
        let rules = "crates/server/src/learning/rules.rs";
        check(
            &Planted::clean().file(rules, "use axum::Json;"),
            &["crates/server/src/learning/rules.rs:1: names axum::Json | rules-stay-plain"],
        );
        check(
            &Planted::clean().file(rules, "fn a(tx: &mut store::Tx) {}"),
            &["crates/server/src/learning/rules.rs:1: names store::Tx | rules-stay-plain"],
        );
        check(&Planted::clean().file(rules, "fn a(store: u8) { engine::grade(store) }"), &[]);
    }

    #[test]
    fn reaching_into_a_slice_is_found_however_it_is_written() {
        let plans = "crates/server/src/plans/http.rs";
        for text in ["use crate::learning::http::answer;", "fn a() { crate::learning::http::answer() }"] {
            let path = "crate::learning::http::answer";
            check(
                &Planted::clean().file(plans, text),
                &[&format!("{plans}:1: names {path}: reaches into learning | insides-stay-inside")],
            );
        }
        check(
            &Planted::clean().file(plans, "use super::super::learning::http::answer;"),
            &[&format!(
                "{plans}:1: names super::super::learning::http::answer: reaches into learning | insides-stay-inside"
            )],
        );
        check(
            &Planted::clean().file("crates/server/src/main.rs", "use crate::learning::http::answer;"),
            &[
                "crates/server/src/main.rs:1: names crate::learning::http::answer: reaches into learning | insides-stay-inside",
            ],
        );
    }

    #[test]
    fn what_a_slice_offers_may_be_used() {
        check(&Planted::clean().file("crates/server/src/plans/http.rs", "use crate::learning::{Judged, routes};"), &[]);
        check(&Planted::clean().file("crates/server/src/learning/rules.rs", "use super::http::answer;"), &[]);
    }

    #[test]
    fn slices_that_need_each_other_are_found() {
        let planted = Planted::clean().file("crates/server/src/learning/http.rs", "use crate::plans::Plan;");
        check(
            &planted,
            &[
                "crates/server/src/learning/http.rs:1: names crate::plans::Plan: a round: learning > plans > learning | no-cycles-of-slices",
            ],
        );
    }
}
