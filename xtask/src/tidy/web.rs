//! The web's own borders, and what npm leaves in the tree.

use super::tree::File;
use super::{Place, Rule};

const FEATURES: &str = "web/src/features/";

pub const RULES: &[Rule] = &[
    Rule {
        name: "features-apart",
        reason: "a feature folder owns its screens; what two features need lies in ui, items, api, text or offline",
        check: |house| {
            let mut places = Vec::new();
            for file in house.tree.under(FEATURES, &["ts", "svelte", "js", "css"]) {
                let own = feature(&file.path);
                for (line, target) in imports(file) {
                    if let Some(other) = feature(&target).filter(|other| Some(*other) != own) {
                        places.push(Place::new(&file.path, line, format!("imports the feature {other}")));
                    }
                }
            }
            places
        },
    },
    Rule {
        name: "lock-names-no-host",
        reason: "each network has its own way to the packages; `omit-lockfile-registry-resolved=true` in .npmrc keeps it out",
        check: |house| {
            let locks = house.tree.files.iter().filter(|file| file.name() == "package-lock.json");
            locks
                .filter_map(|file| {
                    let (line, _) = file.lines().find(|(_, line)| line.contains("\"resolved\": \"http"))?;
                    Some(Place::new(&file.path, line, "names a download address"))
                })
                .collect()
        },
    },
    Rule {
        name: "web-licences",
        reason: "what we hand to schools must be free to pass on under Apache-2.0; no GPL or AGPL",
        check: |house| {
            let locks = house.tree.files.iter().filter(|file| file.name() == "package-lock.json");
            locks.flat_map(unwelcome_licences).collect()
        },
    },
];

fn feature(path: &str) -> Option<&str> {
    path.strip_prefix(FEATURES)?.split('/').next()
}

/// What a file imports, as paths from the root of the repository, with their lines.
fn imports(file: &File) -> Vec<(usize, String)> {
    let mut imports = Vec::new();
    for (line, text) in file.lines() {
        let is_import = text.contains("import") || text.contains("from ") || text.contains("from\"");
        for quoted in text.split(['"', '\'', '`']).skip(1).step_by(2).filter(|_| is_import) {
            imports.extend(resolved(&file.path, quoted).map(|target| (line, target)));
        }
    }
    imports
}

fn resolved(from: &str, written: &str) -> Option<String> {
    if written.starts_with('.') {
        let mut steps: Vec<&str> = from.split('/').collect();
        steps.pop();
        for step in written.split('/') {
            match step {
                "." => {}
                ".." => drop(steps.pop()),
                other => steps.push(other),
            }
        }
        return Some(steps.join("/"));
    }
    // However an alias is spelled, it ends in `features/`.
    let (_, inside) = written.split_once("features/")?;
    Some(format!("{FEATURES}{inside}"))
}

/// Licences beyond the list of deny.toml that are welcome in what the browser gets.
const WELCOME: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "MPL-2.0",
    "CC0-1.0",
    "Unlicense",
    "0BSD",
    "OFL-1.1",
    "BlueOak-1.0.0",
    "Unicode-3.0",
];

fn unwelcome_licences(lock: &File) -> Vec<Place> {
    let Ok(json) = serde_json::from_str::<serde_json::Value>(&lock.text) else {
        return vec![Place::new(&lock.path, 0, "is not JSON")];
    };
    let mut places = Vec::new();
    for (name, package) in json["packages"].as_object().into_iter().flatten().filter(|(name, _)| !name.is_empty()) {
        let licence = package["license"].as_str().unwrap_or("none");
        // Build tools stay with us; they only must not be of the kind that reaches into what they build.
        let is_tool = package["dev"] == true || package["optional"] == true;
        let welcome = match is_tool {
            true => !licence.contains("GPL") || licence.contains(" OR "),
            false => licence.trim_matches(['(', ')']).split(" OR ").any(|one| WELCOME.contains(&one)),
        };
        if !welcome {
            places.push(Place::new(&lock.path, 0, format!("{name} is under {licence}")));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};

    #[test]
    fn a_feature_that_imports_a_feature_is_found_however_it_is_written() {
        let file = "web/src/features/teacher/Live.svelte";
        for text in [
            "import Player from '../player/Player.svelte';",
            "import { a } from \"$lib/features/player/a\";",
            "const a = await import('@/features/player/a.ts');",
            "export * from '../../features/player/a';",
        ] {
            check(
                &Planted::clean().file(file, text),
                &[&format!("{file}:1: imports the feature player | features-apart")],
            );
        }
        check(&Planted::clean().file(file, "import a from './a'; import b from '../../items/b';"), &[]);
        check(&Planted::clean().file(file, "import a from '../../features/teacher/a';"), &[]);
    }

    #[test]
    fn a_download_address_in_a_lock_file_is_found() {
        let lock =
            "{ \"packages\": { \"a\": { \"license\": \"MIT\",\n\"resolved\": \"https://example.org/a.tgz\" } } }";
        check(
            &Planted::clean().file("web/package-lock.json", lock),
            &["web/package-lock.json:2: names a download address | lock-names-no-host"],
        );
    }

    #[test]
    fn a_package_that_may_not_be_passed_on_is_found() {
        let lock = |packages: &str| {
            Planted::clean().file("web/package-lock.json", &format!("{{ \"packages\": {{ {packages} }} }}"))
        };
        check(
            &lock(r#""a": { "license": "AGPL-3.0" }"#),
            &["web/package-lock.json: a is under AGPL-3.0 | web-licences"],
        );
        check(&lock(r#""a": {}"#), &["web/package-lock.json: a is under none | web-licences"]);
        check(
            &lock(r#""a": { "license": "GPL-3.0", "dev": true }"#),
            &["web/package-lock.json: a is under GPL-3.0 | web-licences"],
        );
        check(
            &lock(r#""": {}, "a": { "license": "(MIT OR GPL-3.0)" }, "b": { "license": "CC-BY-4.0", "dev": true }"#),
            &[],
        );
    }
}
