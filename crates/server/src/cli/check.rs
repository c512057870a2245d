//! `tandem check COURSE`.

use super::data::say;
use crate::library::course_files;
use clap::Args;
use curriculum::{check, format};
use std::{path::PathBuf, process::ExitCode};

/// Reads a course and lists everything that is wrong or doubtful.
#[derive(Args)]
pub struct Check {
    /// The course's folder.
    course: PathBuf,
    /// Templates are drawn from this seed on.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let (course, problems) = format::read(&course_files(&self.course)?);
        let findings = course.as_ref().map(|course| check::check(course, self.seed)).unwrap_or_default();
        let errors = findings.iter().filter(|finding| finding.severity == check::Severity::Error).count();
        if self.json {
            say(serde_json::json!({
                "problems": problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "findings": findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "errors": errors + problems.len(),
                "warnings": findings.len() - errors,
                "skills": course.as_ref().map(|course| course.skills.len()),
                "items": course.as_ref().map(|course| course.items.len()),
            }));
        } else {
            problems.iter().for_each(say);
            findings.iter().for_each(say);
            say(format!("{} errors, {} warnings", errors + problems.len(), findings.len() - errors));
        }
        Ok(if errors + problems.len() == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
