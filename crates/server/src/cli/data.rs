//! Where a command's data are.

use crate::{
    app::{App, Shared, secret::Secret},
    config::{Settings, SettingsFile},
};
use anyhow::{Context, bail};
use clap::Args;
use std::{io::Write, path::PathBuf};
use store::{Options, Store, TenantId};
use tracing_subscriber::{EnvFilter, fmt};

/// The data folder or PostgreSQL.
#[derive(Args, Clone, Debug)]
pub struct Data {
    /// The data folder: database, secret, pictures.
    #[arg(long, env = "TANDEM_DATA", default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL instead of the file in the data folder.
    #[arg(long, env = "TANDEM_DATABASE_URL")]
    pub database_url: Option<String>,
}

impl Data {
    /// The settings that these name, over the settings file.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("the data folder {} cannot be made", self.data.display()))?;
        let file = SettingsFile::read(&self.data).map_err(anyhow::Error::msg)?;
        let mut settings = Settings::in_folder(&self.data);
        settings.database_url = self.database_url.clone().or(file.database_url);
        settings.listen = file.listen.unwrap_or(settings.listen);
        settings.body_bytes_max = file.body_bytes_max.unwrap_or(settings.body_bytes_max);
        Ok(settings)
    }

    /// Opens the store, and all that stands on it.
    pub async fn open(&self) -> anyhow::Result<Shared> {
        open(self.settings()?).await
    }
}

/// Opens the store that the settings name.
pub async fn open(settings: Settings) -> anyhow::Result<Shared> {
    let secret = Secret::open(&settings.data).context("the server's secret cannot be read or made")?;
    let store = Store::open(&settings.store_url(), Options::default()).await.context("the store cannot be opened")?;
    Ok(App::new(settings, store, secret).await?)
}

/// The only school of a store.
pub async fn only_school(app: &App) -> anyhow::Result<TenantId> {
    let all = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
    match all.as_slice() {
        [only] => Ok(only.tenant_id),
        [] => bail!("there is no school yet: start `tandem serve` and open the link it prints, or use `tandem user`"),
        _ => bail!("this store holds several schools; commands work on stores with one"),
    }
}

/// Logs go to standard error, so that `--json` has standard output to itself.
pub fn start_logging() {
    let filter = EnvFilter::try_from_env("TANDEM_LOG").unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    let _ = fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Prints one line of the command's answer. Nobody reading any more is no failure of the command.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
