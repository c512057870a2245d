//! `cargo xtask tidy`: the rules of the house, checked by reading `cargo metadata` and the text of every file.
//!
//! A rule is one [`Rule`]: a name, the reason that is printed when it is broken, and a function from the [`House`] to
//! the places that break it. Exceptions stand in `allowed.rs`, each with its reason. Each rule has a test that plants
//! one violation in a small tree of its own and sees it found.

mod allowed;
mod crates;
mod documents;
mod files;
mod messages;
mod migrations;
#[cfg(test)]
mod planted;
mod purity;
mod rust_source;
mod slices;
mod tree;
mod web;

use crate::project::Project;
use allowed::{ALLOWED, Allowed};
use anyhow::{Result, bail};
use crates::Crates;
use std::fmt;
use std::path::Path;
use tree::Tree;

/// All that a rule may look at.
struct House {
    tree: Tree,
    crates: Crates,
}

struct Rule {
    name: &'static str,
    /// Why the rule is there: what breaks, or who is lost, without it.
    reason: &'static str,
    check: fn(&House) -> Vec<Place>,
}

/// A place that breaks a rule, and how.
struct Place {
    path: String,
    /// From 1; 0 where it is the file as a whole.
    line: usize,
    what: String,
}

impl Place {
    fn new(path: impl Into<String>, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.into(), line, what: what.into() }
    }
}

/// A broken rule, as it is printed.
pub struct Finding(String);

/// What tidy saw.
pub struct Report {
    rules: usize,
    rules_broken: usize,
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn rules_held(&self) -> usize {
        self.rules - self.rules_broken
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{}\n", finding.0)?;
        }
        write!(f, "tidy: {} of {} rules hold", self.rules_held(), self.rules)
    }
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        crates::RULES,
        purity::RULES,
        slices::RULES,
        web::RULES,
        messages::RULES,
        migrations::RULES,
        files::RULES,
        documents::RULES,
    ]
    .into_iter()
    .flatten()
}

/// Prints the report; fails if a rule is broken.
pub fn run(project: &Project) -> Result<()> {
    let report = inspect(project)?;
    println!("{report}");
    if !report.findings.is_empty() {
        bail!("{} places to mend", report.findings.len());
    }
    Ok(())
}

/// Checks every rule on the repository.
pub fn inspect(project: &Project) -> Result<Report> {
    inspect_folder(&project.root, project.ci, ALLOWED)
}

fn inspect_folder(root: &Path, locked: bool, allowed: &[Allowed]) -> Result<Report> {
    let house = House { tree: Tree::read(root)?, crates: Crates::read(root, locked)? };
    let mut report = Report { rules: 0, rules_broken: 0, findings: Vec::new() };
    let mut used = vec![false; allowed.len()];
    for rule in rules() {
        let before = report.findings.len();
        for place in (rule.check)(&house) {
            let exception = allowed.iter().position(|one| one.rule == rule.name && place.path.starts_with(one.path));
            match exception {
                Some(index) => used[index] = true,
                None => report.findings.push(finding(rule, &place)),
            }
        }
        report.rules += 1;
        report.rules_broken += usize::from(report.findings.len() > before);
    }
    report.rules += 1;
    let stale = allowed.iter().zip(used).filter(|(_, used)| !used).map(|(one, _)| {
        Finding(format!("xtask/src/tidy/allowed.rs: the exception for {} in {} is not needed", one.rule, one.path))
    });
    let before = report.findings.len();
    report.findings.extend(stale);
    report.rules_broken += usize::from(report.findings.len() > before);
    Ok(report)
}

fn finding(rule: &Rule, place: &Place) -> Finding {
    let Place { path, line, what } = place;
    let line = if *line > 0 { format!(":{line}") } else { String::new() };
    Finding(format!("{path}{line}: {what}\n  rule {}: {}", rule.name, rule.reason))
}

#[cfg(test)]
mod tests {
    use super::planted::{Planted, check, found};
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_clean_tree_breaks_no_rule() {
        check(&Planted::clean(), &[]);
    }

    #[test]
    fn rules_have_names_of_their_own_and_a_reason() {
        let names: BTreeSet<_> = rules().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules().count());
        assert!(rules().all(|rule| rule.reason.len() > 20));
    }

    #[test]
    fn an_exception_silences_its_rule_in_its_file_and_must_be_needed() {
        let planted = Planted::clean().file("crates/engine/src/utils.rs", "");
        let allowed = [Allowed { rule: "file-names", path: "crates/engine/src/utils.rs", why: "" }];
        assert_eq!(found(&planted, &allowed), Vec::<String>::new());

        let found = found(&Planted::clean(), &allowed);
        assert!(found[0].contains("is not needed"), "{found:?}");
    }
}
