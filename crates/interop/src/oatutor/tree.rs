//! Finds the upstream tree within a source and reads it. A file that cannot be read is named with its reason and
//! left out; only a missing or broken course plan ends the import.

use super::ImportError;
use super::raw::{CoursePlan, Help, Problem, SkillModel, Step};
use super::report::FileProblem;
use crate::Source;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// More than any real file of this kind holds.
const JSON_BYTES_MAX: usize = 4 << 20;
const PLAN_BYTES_MAX: usize = 64 << 20;
const FIGURE_BYTES_MAX: usize = 8 << 20;
const FILES_MAX: usize = 1_000_000;

/// The files of one upstream tree, found but not read.
pub struct Tree<'a> {
    source: &'a dyn Source,
    /// Folder of the tree's JSON files; empty or ending in `/`.
    root: String,
    /// Folder `content-pool/` itself.
    pool: String,
    paths: BTreeSet<String>,
    /// What the source calls a file, where that begins with `./`.
    called: BTreeMap<String, String>,
    problems: BTreeSet<String>,
}

/// One problem with everything below it.
pub struct ProblemFiles {
    pub problem: Problem,
    pub steps: Vec<StepFiles>,
    /// Paths of pictures by file name.
    pub figures: BTreeMap<String, String>,
}

/// One step with its help.
pub struct StepFiles {
    pub step: Step,
    /// `None`: there is no pathway file.
    pub help: Option<Vec<Help>>,
    /// Pathways other than the one that was read.
    pub other_pathways: usize,
}

impl<'a> Tree<'a> {
    /// Looks for `coursePlans.json` and the folder `content-pool` beside it (or below it, or above it).
    pub fn find(source: &'a dyn Source) -> Result<Self, ImportError> {
        let mut paths = BTreeSet::new();
        let mut called = BTreeMap::new();
        for path in source.paths() {
            if !is_safe(&path) {
                return Err(ImportError::new(&path, "a path must be relative and must not climb with `..`"));
            }
            let plain = path.trim_start_matches("./").to_owned();
            if plain != path {
                called.insert(plain.clone(), path);
            }
            paths.insert(plain);
        }
        if paths.len() > FILES_MAX {
            return Err(ImportError::new("", &format!("more than {FILES_MAX} files")));
        }
        let plan = shallowest(&paths, "coursePlans.json").ok_or_else(|| {
            ImportError::new(
                "coursePlans.json",
                "not found; give the folder that holds it and `content-pool` (or `content-pool.tar.gz`)",
            )
        })?;
        let root = plan[..plan.len() - "coursePlans.json".len()].to_owned();
        let pool = pool_folder(&paths, &root)
            .ok_or_else(|| ImportError::new("content-pool/", "not found beside coursePlans.json"))?;
        let problems = problem_folders(&paths, &pool);
        Ok(Self { source, root, pool, paths, called, problems })
    }

    /// The courses that the tree describes.
    pub fn plans(&self) -> Result<Vec<CoursePlan>, ImportError> {
        let path = format!("{}coursePlans.json", self.root);
        let plans: Vec<CoursePlan> = self.json(&path, PLAN_BYTES_MAX).map_err(|problem| ImportError { problem })?;
        if plans.is_empty() {
            return Err(ImportError::new(&path, "describes no course"));
        }
        Ok(plans)
    }

    /// The skills of each step; empty with its reason when the file is missing or broken.
    pub fn skill_model(&self) -> (SkillModel, Option<FileProblem>) {
        let path = format!("{}skillModel.json", self.root);
        match self.json(&path, PLAN_BYTES_MAX) {
            Ok(model) => (model, None),
            Err(problem) => (SkillModel::new(), Some(problem)),
        }
    }

    /// How many skills have mastery parameters, and whether all of them are the same placeholder.
    pub fn mastery_parameters(&self) -> Option<(usize, bool)> {
        let names = ["bktParams.json", "defaultBKTParams.json"];
        let path = names.iter().find_map(|name| shallowest(&self.paths, name))?;
        let parameters: BTreeMap<String, BTreeMap<String, f64>> = self.json(&path, PLAN_BYTES_MAX).ok()?;
        let distinct: BTreeSet<String> = parameters.values().flat_map(|one| one.values()).map(f64::to_string).collect();
        Some((parameters.len(), distinct.len() <= 1))
    }

    /// Ids of all problems, in order.
    pub fn problem_ids(&self) -> impl Iterator<Item = &String> {
        self.problems.iter()
    }

    /// The head of one problem.
    pub fn problem(&self, id: &str) -> Result<Problem, FileProblem> {
        let problem: Problem = self.json(&format!("{}{id}/{id}.json", self.pool), JSON_BYTES_MAX)?;
        Ok(problem)
    }

    /// One problem with its steps and help; files that cannot be read are added to `refused`.
    pub fn whole(&self, problem: Problem, refused: &mut Vec<FileProblem>) -> ProblemFiles {
        let folder = format!("{}{}/", self.pool, problem.id);
        let mut steps: Vec<StepFiles> = self
            .folders_below(&format!("{folder}steps/"))
            .into_iter()
            .filter_map(|id| self.step(&format!("{folder}steps/{id}/"), &id, refused))
            .collect();
        steps.sort_by_cached_key(|step| natural(&step.step.id));
        ProblemFiles { figures: self.files_below(&format!("{folder}figures/")), steps, problem }
    }

    fn step(&self, folder: &str, id: &str, refused: &mut Vec<FileProblem>) -> Option<StepFiles> {
        let step: Step = match self.json(&format!("{folder}{id}.json"), JSON_BYTES_MAX) {
            Ok(step) => step,
            Err(problem) => {
                refused.push(problem);
                return None;
            }
        };
        let pathways = self.files_below(&format!("{folder}tutoring/"));
        let default = format!("{id}DefaultPathway.json");
        let chosen = pathways.get(&default).or_else(|| pathways.values().next());
        let help = chosen.and_then(|path| match self.json::<Vec<Help>>(path, JSON_BYTES_MAX) {
            Ok(help) => Some(help),
            Err(problem) => {
                refused.push(problem);
                None
            }
        });
        Some(StepFiles { step, help, other_pathways: pathways.len().saturating_sub(1) })
    }

    /// The bytes of one picture.
    pub fn figure(&self, path: &str) -> Result<Vec<u8>, FileProblem> {
        self.bytes(path, FIGURE_BYTES_MAX)
    }

    fn bytes(&self, path: &str, bytes_max: usize) -> Result<Vec<u8>, FileProblem> {
        let problem = |reason: String| FileProblem { file: path.to_owned(), reason };
        let bytes = self.source.read(self.called.get(path).map_or(path, String::as_str)).map_err(problem)?;
        if bytes.len() > bytes_max {
            return Err(problem(format!("{} bytes are more than the {bytes_max} allowed", bytes.len())));
        }
        Ok(bytes)
    }

    fn json<T: DeserializeOwned>(&self, path: &str, bytes_max: usize) -> Result<T, FileProblem> {
        let bytes = self.bytes(path, bytes_max)?;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        serde_json::from_slice(text).map_err(|error| FileProblem { file: path.to_owned(), reason: error.to_string() })
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let folder = folder.to_owned();
        self.paths.range(folder.clone()..).take_while(move |path| path.starts_with(&folder)).map(String::as_str)
    }

    fn folders_below(&self, folder: &str) -> BTreeSet<String> {
        self.below(folder)
            .filter_map(|path| path[folder.len()..].split_once('/'))
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    fn files_below(&self, folder: &str) -> BTreeMap<String, String> {
        self.below(folder)
            .filter(|path| !path[folder.len()..].contains('/'))
            .map(|path| (path[folder.len()..].to_owned(), path.to_owned()))
            .collect()
    }
}

fn is_safe(path: &str) -> bool {
    let climbs = path.split(['/', '\\']).any(|piece| piece == "..");
    !climbs && !path.starts_with(['/', '\\']) && !path.contains('\0') && path.get(1..2) != Some(":")
}

fn shallowest(paths: &BTreeSet<String>, name: &str) -> Option<String> {
    let ends = |path: &&String| path.as_str() == name || path.ends_with(&format!("/{name}"));
    paths.iter().filter(ends).min_by_key(|path| path.matches('/').count()).cloned()
}

/// `content-pool/` beside the plan, else the nearest folder of that name anywhere.
fn pool_folder(paths: &BTreeSet<String>, root: &str) -> Option<String> {
    let beside = format!("{root}content-pool/");
    if paths.range(beside.clone()..).next().is_some_and(|path| path.starts_with(&beside)) {
        return Some(beside);
    }
    let folders = paths.iter().filter_map(|path| {
        let at = if path.starts_with("content-pool/") { Some(0) } else { path.find("/content-pool/").map(|at| at + 1) };
        at.map(|at| path[..at + "content-pool/".len()].to_owned())
    });
    folders.min_by_key(|folder| folder.matches('/').count())
}

fn problem_folders(paths: &BTreeSet<String>, pool: &str) -> BTreeSet<String> {
    let below = paths.range(pool.to_owned()..).take_while(|path| path.starts_with(pool));
    below.filter_map(|path| path[pool.len()..].split_once('/')).map(|(name, _)| name.to_owned()).collect()
}

/// A key that puts `step2` before `step10`.
pub fn natural(id: &str) -> Vec<(String, u64)> {
    let mut key = Vec::new();
    let mut rest = id;
    while !rest.is_empty() {
        let letters = rest.find(|sign: char| sign.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(letters);
        let digits = tail.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(tail.len());
        key.push((word.to_owned(), tail[..digits].parse().unwrap_or(u64::MAX)));
        rest = &tail[digits..];
    }
    key
}
