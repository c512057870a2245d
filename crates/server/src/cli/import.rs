//! `tandem import FORMAT PATH`.

use super::data::{Data, only_school, say};
use crate::library::{Publication, course_files, oatutor_source, publish};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use curriculum::{check, format};
use interop::{Memory, oatutor};
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

/// Brings a course in.
#[derive(Args)]
pub struct Import {
    /// The format.
    format: Format,
    /// A folder.
    path: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Only the course of this name, where a tree holds several.
    #[arg(long)]
    course: Option<String>,
    /// A file of readiness edges between sections (`section-graph.json`).
    #[arg(long)]
    prerequisites: Option<PathBuf>,
    /// Read and report; store nothing.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a course, a line each.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// An OATutor tree, packed or not.
    Oatutor,
    /// Our own plain-text format.
    Course,
}

impl Import {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let publications = match self.format {
            Format::Oatutor => self.read_oatutor()?,
            Format::Course => match self.read_course()? {
                Some(publication) => vec![publication],
                None => return Ok(ExitCode::from(1)),
            },
        };
        for publication in publications {
            self.take(publication).await?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn read_oatutor(&self) -> anyhow::Result<Vec<Publication>> {
        let source = Memory { files: oatutor_source(&self.path)? };
        let prerequisites =
            self.prerequisites.as_ref().map(std::fs::read_to_string).transpose().context("--prerequisites")?;
        let options = oatutor::Options { course: self.course.clone(), prerequisites };
        Ok(oatutor::import(&source, &options)?.into_iter().map(publication).collect())
    }

    fn read_course(&self) -> anyhow::Result<Option<Publication>> {
        let (course, problems) = format::read(&course_files(&self.path)?);
        for problem in &problems {
            say(problem);
        }
        let Some(course) = course else { bail!("{} holds no course", self.path.display()) };
        let findings = check::check(&course, 1);
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == check::Severity::Error).collect();
        for error in &errors {
            say(error);
        }
        if !problems.is_empty() || !errors.is_empty() {
            return Ok(None);
        }
        let report = serde_json::json!({
            "course": course.id, "skills": course.skills.len(), "lessons": course.lessons().count(),
            "items": course.items.len(), "warnings": findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        Ok(Some(Publication { course, report, media: BTreeMap::new() }))
    }

    async fn take(&self, publication: Publication) -> anyhow::Result<()> {
        let mut report = publication.report.clone();
        let id = publication.course.id.clone();
        if !self.dry_run {
            let app = self.data.open().await?;
            let tenant = only_school(&app).await?;
            let version = publish(&app.store, &app.settings.media_folder(), tenant, publication, app.now()).await?;
            report["version"] = version.into();
        }
        if self.json {
            say(report);
            return Ok(());
        }
        let number = |name: &str| report.get(name).and_then(serde_json::Value::as_u64);
        let counts: Vec<String> = ["problems", "steps", "hints", "scaffolds", "skills", "lessons", "items"]
            .iter()
            .filter_map(|name| number(name).map(|count| format!("{count} {name}")))
            .collect();
        say(format!("{id}: {}", counts.join(", ")));
        for warning in report.get("warnings").and_then(serde_json::Value::as_array).into_iter().flatten() {
            say(format!("  {}", warning.as_str().unwrap_or_default()));
        }
        if self.dry_run {
            say("nothing was stored: --dry-run");
        } else {
            say(format!("{id} is in the school now: under Classes, Change name or course, a class takes it"));
        }
        Ok(())
    }
}

/// What an import gave, ready to be published.
pub fn publication(imported: oatutor::Imported) -> Publication {
    let media = imported.media.into_iter().map(|(hash, media)| (hash, media.bytes)).collect();
    let report = serde_json::to_value(&imported.report).unwrap_or_default();
    Publication { course: imported.course, report, media }
}
