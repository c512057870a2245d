//! Which crate may use which: read from `cargo metadata`.
//!
//! The rules speak of what a crate is built with. Its tests may bring another crate in: interop's tests ask the engine
//! whether an imported key accepts its own answer, and that couples nothing that ships.

use super::{House, Place, Rule};
use crate::command;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// The crates of the workspace, and what they stand on.
pub struct Crates(Vec<Crate>);

struct Crate {
    name: String,
    manifest: String,
    /// Names in its own manifest.
    uses: BTreeSet<String>,
    /// Everything it stands on, however deep.
    reaches: BTreeSet<String>,
}

pub const RULES: &[Rule] = &[
    Rule {
        name: "math-stands-alone",
        reason: "math is the ground floor: it can be read, tested and reused without anything else of ours",
        check: |house| never(house, |name| name == "math", |used| is_ours(used) && used != "math"),
    },
    Rule {
        name: "curriculum-knows-no-engine",
        reason: "what is taught must not depend on who concludes, imports or stores",
        check: |house| {
            never(house, |name| name == "curriculum", |used| is_ours(used) && !["math", "curriculum"].contains(&used))
        },
    },
    Rule {
        name: "engine-and-simulation-apart",
        reason: "simulated students judge the engine, so they share no code with it; both are pure, so neither stores or serves",
        check: |house| {
            never(
                house,
                |name| ["engine", "simulation"].contains(&name),
                |used| is_ours(used) && !["math", "curriculum"].contains(&used),
            )
        },
    },
    Rule {
        name: "interop-only-translates",
        reason: "interop turns bytes into our model and back; it concludes nothing, stores nothing and fetches nothing",
        check: |house| {
            never(
                house,
                |name| name == "interop",
                |used| (is_ours(used) && !["math", "curriculum"].contains(&used)) || is_impure(used),
            )
        },
    },
    Rule {
        name: "store-decides-nothing",
        reason: "the store keeps what the server decided; a decision in the store would be made twice",
        check: |house| never(house, is_store, |used| ["engine", "interop", "simulation", "server"].contains(&used)),
    },
    Rule {
        name: "pure-crates-reach-nothing-impure",
        reason: "same input, same output, on every machine and in the browser: no network, database or chance, however deep",
        check: |house| {
            let pure = house.crates.0.iter().filter(|one| PURE.contains(&one.name.as_str()));
            pure.flat_map(|one| {
                let impure = one.reaches.iter().filter(|used| is_impure(used) || is_store(used));
                impure.map(|used| Place::new(&one.manifest, 0, format!("{} stands on {used}", one.name)))
            })
            .collect()
        },
    },
];

/// The crates that promise: same input, same output.
pub const PURE: &[&str] = &["math", "curriculum", "engine", "interop", "simulation"];

fn is_store(name: &str) -> bool {
    name == "store" || name.starts_with("store-")
}

fn is_ours(name: &str) -> bool {
    PURE.contains(&name) || is_store(name) || ["server", "engine-wasm", "xtask"].contains(&name)
}

fn is_impure(name: &str) -> bool {
    const IMPURE: &[&str] = &[
        "async-nats",
        "axum",
        "fastrand",
        "getrandom",
        "hyper",
        "lettre",
        "mio",
        "openidconnect",
        "rand",
        "rayon",
        "reqwest",
        "socket2",
        "sqlx",
        "sqlx-core",
        "tokio",
        "ureq",
    ];
    IMPURE.contains(&name)
}

/// Where a crate of the first kind names one of the second kind in its manifest.
fn never(house: &House, from: impl Fn(&str) -> bool, to: impl Fn(&str) -> bool) -> Vec<Place> {
    let from = house.crates.0.iter().filter(|one| from(&one.name));
    from.flat_map(|one| {
        let used = one.uses.iter().filter(|used| to(used));
        used.map(|used| Place::new(&one.manifest, 0, format!("{} imports {used}", one.name)))
    })
    .collect()
}

impl Crates {
    pub fn read(root: &Path, locked: bool) -> Result<Self> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(root).args(["metadata", "--quiet", "--format-version", "1"]);
        // Only this platform's crates, so that no others are fetched.
        cargo.args(["--filter-platform", &host_platform()?]);
        if locked {
            cargo.arg("--locked");
        }
        let metadata = serde_json::from_str(&command::output(&mut cargo)?).context("`cargo metadata`")?;
        let mut crates = of_workspace(&metadata, root);
        for suspect in crates.iter_mut().filter(|one| PURE.contains(&one.name.as_str()) && one.reaches_impure()) {
            suspect.reaches = reaches_alone(root, &suspect.name)?;
        }
        Ok(Self(crates))
    }
}

impl Crate {
    fn reaches_impure(&self) -> bool {
        self.reaches.iter().any(|used| is_impure(used) || is_store(used))
    }
}

/// What a crate stands on when it is built by itself. `cargo metadata` joins the features that the whole workspace asks
/// for, so it also shows what only the server's wishes bring in.
fn reaches_alone(root: &Path, name: &str) -> Result<BTreeSet<String>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["tree", "--quiet", "--package", name, "--edges", "normal", "--prefix", "none"]);
    let tree = command::output(cargo.args(["--format", "{p}"]))?;
    Ok(tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

fn host_platform() -> Result<String> {
    let version = command::output(Command::new("rustc").arg("-vV"))?;
    let line = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("`rustc -vV` names no host")?.to_owned())
}

fn of_workspace(metadata: &Value, root: &Path) -> Vec<Crate> {
    let members: BTreeSet<&str> = array(&metadata["workspace_members"]).iter().filter_map(Value::as_str).collect();
    let packages = array(&metadata["packages"]);
    let names: BTreeMap<&str, &str> =
        packages.iter().map(|package| (text(package, "id"), text(package, "name"))).collect();
    let edges: BTreeMap<&str, Vec<&str>> = array(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| {
            (
                text(node, "id"),
                array(&node["deps"]).iter().filter(|used| is_built_in(used)).map(|used| text(used, "pkg")).collect(),
            )
        })
        .collect();
    let ours = packages.iter().filter(|package| members.contains(text(package, "id")));
    ours.map(|package| {
        let manifest = Path::new(text(package, "manifest_path"));
        Crate {
            name: text(package, "name").to_owned(),
            manifest: manifest.strip_prefix(root).unwrap_or(manifest).display().to_string(),
            uses: array(&package["dependencies"])
                .iter()
                .filter(|used| used["kind"] != "dev")
                .map(|used| text(used, "name").to_owned())
                .collect(),
            reaches: reached(text(package, "id"), &edges).into_iter().map(|id| names[id].to_owned()).collect(),
        }
    })
    .collect()
}

/// True for what ends up in the crate itself, not only in its tests or its build script.
fn is_built_in(used: &Value) -> bool {
    array(&used["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
}

fn reached<'a>(from: &'a str, edges: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(one) = open.pop() {
        let new = edges.get(one).into_iter().flatten().filter(|next| reached.insert(**next));
        open.extend(new);
    }
    reached
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};

    #[test]
    fn math_that_imports_ours_is_found() {
        check(
            &Planted::clean().uses("math", "xtask"),
            &["crates/math/Cargo.toml: math imports xtask | math-stands-alone"],
        );
    }

    #[test]
    fn curriculum_that_imports_the_server_is_found() {
        check(
            &Planted::clean().uses("curriculum", "server"),
            &["crates/curriculum/Cargo.toml: curriculum imports server | curriculum-knows-no-engine"],
        );
    }

    #[test]
    fn an_engine_that_imports_simulated_students_is_found() {
        check(
            &Planted::clean().uses("engine", "simulation"),
            &["crates/engine/Cargo.toml: engine imports simulation | engine-and-simulation-apart"],
        );
        check(
            &Planted::clean().uses("simulation", "engine"),
            &["crates/simulation/Cargo.toml: simulation imports engine | engine-and-simulation-apart"],
        );
    }

    #[test]
    fn interop_that_fetches_or_concludes_is_found() {
        check(
            &Planted::clean().uses("interop", "engine").uses("interop", "reqwest"),
            &[
                "crates/interop/Cargo.toml: interop imports engine | interop-only-translates",
                "crates/interop/Cargo.toml: interop imports reqwest | interop-only-translates",
                "crates/interop/Cargo.toml: interop stands on reqwest | pure-crates-reach-nothing-impure",
            ],
        );
    }

    #[test]
    fn what_only_tests_bring_in_is_not_found() {
        check(&Planted::clean().uses_in_tests("interop", "engine"), &[]);
    }

    #[test]
    fn a_store_that_concludes_is_found() {
        check(
            &Planted::clean().uses("store", "engine"),
            &["crates/store/Cargo.toml: store imports engine | store-decides-nothing"],
        );
    }

    #[test]
    fn chance_deep_below_a_pure_crate_is_found() {
        check(
            &Planted::clean().uses("math", "deep"),
            &[
                "crates/curriculum/Cargo.toml: curriculum stands on rand | pure-crates-reach-nothing-impure",
                "crates/engine/Cargo.toml: engine stands on rand | pure-crates-reach-nothing-impure",
                "crates/interop/Cargo.toml: interop stands on rand | pure-crates-reach-nothing-impure",
                "crates/math/Cargo.toml: math stands on rand | pure-crates-reach-nothing-impure",
                "crates/simulation/Cargo.toml: simulation stands on rand | pure-crates-reach-nothing-impure",
            ],
        );
    }
}
