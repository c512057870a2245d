//! What the pure crates must not do: I/O, clock, chance, threads, maps without an order, the platform's functions.

use super::crates::PURE;
use super::rust_source::{NamedPath, own_code};
use super::{House, Place, Rule};
use std::collections::BTreeSet;

pub const RULES: &[Rule] = &[
    Rule {
        name: "no-io",
        reason: "a pure crate gets bytes and gives bytes; it must run in a browser, where there is nothing to open",
        check: |house| {
            named(house, |path| {
                ["fs", "net", "process", "env", "os"].iter().any(|module| path.starts_with(&["std", module]))
                    || ["stdin", "stdout", "stderr"].iter().any(|stream| path.starts_with(&["std", "io", stream]))
            })
        },
    },
    Rule {
        name: "no-clock",
        reason: "time arrives as an argument: the same record must give the same state tomorrow",
        check: |house| {
            named(house, |path| {
                path.names("SystemTime") || path.starts_with(&["std", "time", "Instant"]) || is_now(path)
            })
        },
    },
    Rule {
        name: "no-chance",
        reason: "seeds arrive as arguments: a replay must draw what was drawn",
        check: |house| {
            named(house, |path| {
                let first = path.steps[0].as_str();
                path.names("RandomState")
                    || (path.steps.len() > 1 && ["rand", "getrandom", "fastrand"].contains(&first))
            })
        },
    },
    Rule {
        name: "no-threads",
        reason: "sums keep a fixed order and the browser has one thread; the shell spreads the work",
        check: |house| named(house, |path| path.starts_with(&["std", "thread"]) || path.starts_with(&["rayon"])),
    },
    Rule {
        name: "ordered-maps",
        reason: "a hash map has another order in every run; BTreeMap and BTreeSet give the same answer twice",
        check: |house| named(house, |path| path.names("HashMap") || path.names("HashSet")),
    },
    Rule {
        name: "libm-only",
        reason: "the platform's exp, ln, pow and sin differ in the last bit between machines; `libm` and + - * / sqrt do not",
        check: platform_functions,
    },
];

fn is_now(path: &NamedPath) -> bool {
    path.starts_with(&["Instant", "now"])
        || ["Timestamp", "Zoned"].iter().any(|clock| path.names(clock) && path.names("now"))
}

/// Where the own code of a pure crate names such a path.
fn named(house: &House, is_bad: impl Fn(&NamedPath) -> bool) -> Vec<Place> {
    let mut places = Vec::new();
    for folder in PURE.iter().map(|name| format!("crates/{name}/src/")) {
        for (file, source) in own_code(&house.tree, &folder) {
            let bad = source.paths().into_iter().filter(|path| is_bad(path));
            places.extend(bad.map(|path| Place::new(&file.path, path.line, format!("names {path}"))));
        }
    }
    places
}

/// Functions of f64 whose last bit is the platform's own affair.
const PLATFORM: &[&str] = &[
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "exp2", "exp_m1",
    "hypot", "ln", "ln_1p", "log", "log10", "log2", "mul_add", "powf", "powi", "sin", "sin_cos", "sinh", "tan", "tanh",
];

fn platform_functions(house: &House) -> Vec<Place> {
    let mut places = Vec::new();
    for folder in PURE.iter().map(|name| format!("crates/{name}/src/")) {
        let sources = own_code(&house.tree, &folder);
        // A crate with its own numbers may give them an `exp`; there clippy, which knows the types, holds the rule.
        let own: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| source.functions()).collect();
        for (file, source) in &sources {
            let called = source.methods().filter(|(_, name)| PLATFORM.contains(name) && !own.contains(name));
            places.extend(called.map(|(line, name)| Place::new(&file.path, line, format!("calls .{name}()"))));
            let paths = source.paths().into_iter().filter(|path| {
                matches!(path.steps.as_slice(), [kind, name] if ["f64", "f32"].contains(&kind.as_str()) && PLATFORM.contains(&name.as_str()))
            });
            places.extend(paths.map(|path| Place::new(&file.path, path.line, format!("names {path}"))));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::planted::{self, Planted};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        planted::check(&Planted::clean().file("crates/engine/src/mastery.rs", text), expected);
    }

    #[test]
    fn io_is_found() {
        check("use std::{fs, io};", &["crates/engine/src/mastery.rs:1: names std::fs | no-io"]);
        check(
            "fn a() { std::net::TcpStream::connect(b) }",
            &["crates/engine/src/mastery.rs:1: names std::net::TcpStream::connect | no-io"],
        );
    }

    #[test]
    fn a_clock_is_found() {
        check(
            "\nuse std::time::{Duration, Instant};",
            &["crates/engine/src/mastery.rs:2: names std::time::Instant | no-clock"],
        );
        check(
            "use std::time::SystemTime;",
            &["crates/engine/src/mastery.rs:1: names std::time::SystemTime | no-clock"],
        );
        check(
            "fn a() { jiff::Timestamp::now() }",
            &["crates/engine/src/mastery.rs:1: names jiff::Timestamp::now | no-clock"],
        );
    }

    #[test]
    fn chance_is_found() {
        check("fn a() { rand::random() }", &["crates/engine/src/mastery.rs:1: names rand::random | no-chance"]);
    }

    #[test]
    fn a_thread_is_found() {
        check(
            "fn a() { std::thread::spawn(b) }",
            &["crates/engine/src/mastery.rs:1: names std::thread::spawn | no-threads"],
        );
    }

    #[test]
    fn a_hash_map_is_found() {
        check(
            "use std::collections::HashMap;",
            &["crates/engine/src/mastery.rs:1: names std::collections::HashMap | ordered-maps"],
        );
    }

    #[test]
    fn the_platforms_functions_are_found() {
        check("fn a(x: f64) { x.exp() }", &["crates/engine/src/mastery.rs:1: calls .exp() | libm-only"]);
        check("fn a(x: f64) { x.map(f64::ln) }", &["crates/engine/src/mastery.rs:1: names f64::ln | libm-only"]);
        check(
            "fn a(x: f64) { x.mul_add(2.0, x.sqrt()) }",
            &["crates/engine/src/mastery.rs:1: calls .mul_add() | libm-only"],
        );
    }

    #[test]
    fn what_is_fine_is_not_found() {
        check("use std::collections::BTreeMap; fn a(x: f64) { libm::exp(x.sqrt()) }", &[]);
        check("#[cfg(test)]\nmod tests { use std::fs; use std::collections::HashMap; }", &[]);
        check("impl Complex { fn exp(self) {} } fn a(z: Complex) { z.exp() }", &[]);
        let golden = Planted::clean().file("crates/engine/src/mastery.rs", "#[cfg(test)]\nmod golden;");
        planted::check(&golden.file("crates/engine/src/mastery/golden.rs", "use std::fs;"), &[]);
    }
}
