//! OATutor courses (github.com/CAHLR/OATutor): a folder a problem, JSON within, hints as a graph.
//!
//! A problem becomes an item, a step a part, a pathway its hints and scaffolds; lessons stand in units by the
//! chapter number of their names; knowledge components become skills. [`import`] reads one tree and returns every
//! course in it (or the one asked for) with its pictures and a [`Report`]. What is broken is repaired where the text
//! itself shows what was meant, listed where it does not, and never guessed. A step whose key provably disagrees with its
//! question is held out.

mod agreement;
mod codes;
mod course;
mod curves;
mod forms;
mod formula;
mod hints;
mod keys;
mod options;
mod prerequisites;
mod problem;
mod raw;
mod report;
mod reviewed;
mod skills;
mod text;
mod tree;

pub use report::{FileProblem, LeftBehind, Merge, Note, Repair, Report, ThinSkill};

use crate::Source;
use curriculum::Course;
use std::collections::BTreeMap;
use std::fmt;

/// What to import, and what else is at hand.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The course with this name (or id here); none: every course of the tree.
    pub course: Option<String>,
    /// The text of `section-graph.json`: readiness edges and objectives of the books behind the course.
    pub prerequisites: Option<String>,
}

/// One course of a tree.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The course.
    pub course: Course,
    /// Its pictures by SHA-256 of their bytes.
    pub media: BTreeMap<String, Media>,
    /// What was done to it.
    pub report: Report,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Media type, from the bytes themselves.
    pub media_type: String,
}

/// Why nothing could be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The file and the reason.
    pub problem: FileProblem,
}

impl ImportError {
    fn new(file: &str, reason: &str) -> Self {
        Self { problem: FileProblem { file: file.to_owned(), reason: reason.to_owned() } }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem.file.as_str() {
            "" => f.write_str(&self.problem.reason),
            file => write!(f, "{file}: {}", self.problem.reason),
        }
    }
}

impl std::error::Error for ImportError {}

/// Imports the courses of one upstream tree.
///
/// The tree is the folder that holds `coursePlans.json`, `skillModel.json` and `content-pool/` (wherever below the
/// source that is); an archive's entries and the JSON beside it make one source together.
pub fn import(source: &dyn Source, options: &Options) -> Result<Vec<Imported>, ImportError> {
    let tree = tree::Tree::find(source)?;
    let plans = tree.plans()?;
    let wanted = |plan: &&raw::CoursePlan| {
        options.course.as_ref().is_none_or(|name| plan.name.trim() == name.trim() || text::slug(&plan.name) == *name)
    };
    let chosen: Vec<&raw::CoursePlan> = plans.iter().filter(wanted).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
        return Err(ImportError::new(
            "coursePlans.json",
            &format!("holds no such course; it has: {}", names.join("; ")),
        ));
    }
    let heads = course::heads(&tree);
    chosen.into_iter().map(|plan| course::course(&tree, plan, &heads, options)).collect()
}
