//! `cargo xtask gen`: writes the generated files anew; with `--check` it fails where one is stale.

use crate::command;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// Change nothing; fail if a generated file is not what its source says
    #[arg(long)]
    pub check: bool,
}

/// One thing that is generated.
struct Generator {
    name: &'static str,
    /// Where its files lie: all of them are compared, and nothing else.
    writes: &'static str,
    /// Why it cannot run in this tree yet, if so.
    lacking: fn(&Project) -> Option<&'static str>,
    write: fn(&Project) -> Result<()>,
}

/// In the order in which one feeds the next.
const GENERATORS: &[Generator] = &[
    Generator {
        name: "checked queries of PostgreSQL",
        writes: "crates/store/postgres/.sqlx",
        lacking: |project| {
            (!project.root.join("crates/store/testing/Cargo.toml").is_file()).then_some("crates/store/testing")
        },
        write: |project| {
            let mut cargo = command::cargo(project);
            command::run(cargo.args(["run", "--quiet", "--package", "store-testing", "--bin", "store-prepare"]))
        },
    },
    Generator {
        name: "API description",
        writes: "docs/reference/openapi.json",
        lacking: |project| (!offers_openapi(project)).then_some("`tandem openapi`"),
        write: |project| {
            let mut cargo = command::cargo(project);
            cargo.args(["run", "--quiet", "--package", "server", "--bin", "tandem", "--", "openapi"]);
            let description = command::output(&mut cargo)?;
            let file = project.root.join("docs/reference/openapi.json");
            fs::create_dir_all(file.parent().expect("it lies in a folder"))?;
            fs::write(file, description.trim_end().to_owned() + "\n").context("docs/reference/openapi.json")
        },
    },
    Generator {
        name: "web client",
        writes: "web/src/api",
        lacking: |project| (!project.has_web_script("gen")).then_some("the script `gen` of web/"),
        write: |project| command::run(command::npm(project).args(["run", "--silent", "gen"])),
    },
];

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut stale = Vec::new();
    for generator in GENERATORS {
        if let Some(lacking) = (generator.lacking)(project) {
            println!("gen: {} is left out: {lacking} is not here yet", generator.name);
            continue;
        }
        let place = project.root.join(generator.writes);
        let before = contents(&place)?;
        let outcome = (generator.write)(project).with_context(|| format!("gen: {}", generator.name));
        let changed = difference(&before, &contents(&place)?);
        if arguments.check {
            restore(&place, &before)?;
        }
        outcome?;
        let files = if changed.is_empty() { "unchanged".to_owned() } else { changed.join(", ") };
        println!("gen: {}: {files}", generator.name);
        stale.extend(changed.into_iter().map(|file| format!("{} ({file})", generator.name)));
    }
    if arguments.check && !stale.is_empty() {
        bail!("stale, run `cargo xtask gen` and commit: {}", stale.join("; "));
    }
    Ok(())
}

/// True once the command line of `tandem` knows the word.
fn offers_openapi(project: &Project) -> bool {
    let source = project.root.join("crates/server/src");
    [source.join("main.rs"), source.join("cli")]
        .iter()
        .filter_map(|place| contents(place).ok())
        .any(|files| files.values().any(|text| String::from_utf8_lossy(text).to_lowercase().contains("openapi")))
}

type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// Every file at or under that place; an absent place has none.
fn contents(place: &Path) -> Result<Contents> {
    let mut files = Contents::new();
    if place.is_file() {
        files.insert(place.to_path_buf(), fs::read(place)?);
    } else if place.is_dir() {
        for entry in fs::read_dir(place)? {
            files.extend(contents(&entry?.path())?);
        }
    }
    Ok(files)
}

fn difference(before: &Contents, after: &Contents) -> Vec<String> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let gone = before.keys().filter(|path| !after.contains_key(*path)).map(|path| format!("{} gone", name(path)));
    let other = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).map(|(path, _)| name(path));
    gone.chain(other).collect()
}

/// Puts a place back as it was, so that a check changes nothing.
fn restore(place: &Path, before: &Contents) -> Result<()> {
    for file in contents(place)?.keys().filter(|file| !before.contains_key(*file)) {
        fs::remove_file(file)?;
    }
    for (file, bytes) in before {
        if fs::read(file).ok().as_ref() != Some(bytes) {
            fs::create_dir_all(file.parent().expect("a file lies in a folder"))?;
            fs::write(file, bytes)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_names_what_changed_and_puts_it_back() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::write(at("same"), "1").unwrap();
        fs::write(at("changed"), "1").unwrap();
        fs::write(at("gone"), "1").unwrap();
        let before = contents(place.path()).unwrap();

        fs::write(at("changed"), "2").unwrap();
        fs::write(at("new"), "1").unwrap();
        fs::remove_file(at("gone")).unwrap();
        assert_eq!(difference(&before, &contents(place.path()).unwrap()), ["gone gone", "changed", "new"]);

        restore(place.path(), &before).unwrap();
        assert_eq!(contents(place.path()).unwrap(), before);
    }
}
