//! `tandem replay`: folds records again and compares with what is stored.

use super::data::{Data, only_school, say};
use crate::learning::{replay, replay_all};
use anyhow::bail;
use clap::Args;
use std::process::ExitCode;
use store::StudentId;

/// Folds records again and compares with what is stored, under equal versions.
#[derive(Args)]
pub struct Replay {
    #[command(flatten)]
    data: Data,
    /// One student.
    #[arg(long, conflicts_with = "all")]
    student: Option<StudentId>,
    /// Every student.
    #[arg(long)]
    all: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let app = self.data.open().await?;
        let tenant = only_school(&app).await?;
        let failed = |problem: crate::app::Problem| {
            anyhow::anyhow!("{}", serde_json::to_string(&problem.body()).unwrap_or_default())
        };
        let (students, differences) = match self.student {
            Some(student) => (1, replay(&app, tenant, student).await.map_err(failed)?),
            None if self.all => replay_all(&app, tenant).await.map_err(failed)?,
            None => bail!("name a --student, or --all"),
        };
        if self.json {
            say(serde_json::json!({ "students": students, "differences": differences }));
        } else {
            for difference in &differences {
                say(format!("{}: {}", difference.student, difference.what));
            }
            say(format!("{students} students, {} differences", differences.len()));
        }
        Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
