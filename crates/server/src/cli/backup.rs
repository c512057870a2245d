//! `tandem backup` and `tandem restore`.

use super::data::{Data, only_school, say};
use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::{StudentId, TenantId};

/// Copies a school, also while it runs, to a folder: database, secret, pictures, settings.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// The folder to make; it must not exist yet.
    to: PathBuf,
}

impl Backup {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        if self.to.exists() {
            bail!("{} is there already; a backup never writes over another", self.to.display());
        }
        let app = self.data.open().await?;
        let half = self.to.with_extension("part");
        if half.exists() {
            fs::remove_dir_all(&half)?;
        }
        fs::create_dir_all(&half)?;
        app.store.backup(&half.join("tandem.db")).await.context("the database could not be copied")?;
        for name in ["secret.key", "tandem.toml"] {
            let from = self.data.data.join(name);
            if from.exists() {
                fs::copy(from, half.join(name))?;
            }
        }
        copy_folder(&app.settings.media_folder(), &half.join("media"))?;
        fs::rename(&half, &self.to)?;
        say(format!("backed up to {}", self.to.display()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Puts a backup into an empty data folder, and erases again whoever was erased since.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    data: Data,
    /// A folder that `tandem backup` made.
    from: PathBuf,
    /// The register of erasures, where the data folder itself was lost (`erasures.jsonl`).
    #[arg(long)]
    erasures: Option<PathBuf>,
}

impl Restore {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        if !self.from.join("tandem.db").exists() {
            bail!("{} holds no backup", self.from.display());
        }
        fs::create_dir_all(&self.data.data)?;
        if self.data.data.join("tandem.db").exists() {
            bail!("{} holds a school already; restore into an empty folder", self.data.data.display());
        }
        for name in ["tandem.db", "secret.key", "tandem.toml"] {
            if self.from.join(name).exists() {
                fs::copy(self.from.join(name), self.data.data.join(name))?;
            }
        }
        copy_folder(&self.from.join("media"), &self.data.data.join("media"))?;
        let register = self.erasures.clone().unwrap_or_else(|| self.data.data.join("erasures.jsonl"));
        let erased = self.erase_again(&register).await?;
        say(format!("restored from {}; {erased} students erased again", self.from.display()));
        Ok(ExitCode::SUCCESS)
    }

    async fn erase_again(&self, register: &Path) -> anyhow::Result<usize> {
        #[derive(Deserialize)]
        struct Erased {
            tenant: TenantId,
            student: StudentId,
            at: i64,
        }
        let app = self.data.open().await?;
        only_school(&app).await?;
        let text = if register.exists() { fs::read_to_string(register)? } else { String::new() };
        let mut count = 0;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let Erased { tenant, student, at } = serde_json::from_str(line).context("the register of erasures")?;
            app.store.write(move |tx| Box::pin(async move { tx.erase_student(tenant, student, at).await })).await?;
            count += 1;
        }
        Ok(count)
    }
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    if from.exists() {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
    }
    Ok(())
}
