//! `tandem doctor`: looks at what a school's server stands on, and changes nothing.

use super::data::{Data, say};
use crate::{
    app::{assets, clock},
    config::SettingsFile,
};
use clap::Args;
use serde::Serialize;
use std::{path::Path, process::ExitCode};
use store::Store;

/// Looks at the data folder, the secret, the store, the disk, the clock and the web pages; exit 1 when something is wrong.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    data: Data,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// What was found of one thing.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    /// `data_folder`, `settings`, `secret`, `store`, `disk`, `clock` or `web`.
    name: &'static str,
    well: bool,
    detail: String,
}

impl Finding {
    fn of(name: &'static str, found: Result<String, String>) -> Self {
        let well = found.is_ok();
        Self { name, well, detail: found.unwrap_or_else(|wrong| wrong) }
    }
}

/// Below this the database, its log and a backup may soon not fit.
const FREE_BYTES_MIN: u64 = 500 * 1024 * 1024;
/// 1 January 2026 and 2100, in ms UTC: a clock outside stands wrong.
const CLOCK_MS: std::ops::Range<i64> = 1_767_225_600_000..4_102_444_800_000;
/// How far ahead of the clock a file that was just written may be, in ms.
const AHEAD_MS_MAX: i64 = 5 * 60 * 1000;

impl Doctor {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let found = examine(&self.data, clock::now()).await;
        let well = found.iter().all(|finding| finding.well);
        if self.json {
            say(serde_json::json!({ "well": well, "findings": found }));
        } else {
            for finding in &found {
                let word = if finding.well { "well " } else { "WRONG" };
                say(format!("{word}  {:<12} {}", finding.name, finding.detail));
            }
        }
        Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

async fn examine(data: &Data, now: i64) -> Vec<Finding> {
    let folder = data.data.as_path();
    let settings = SettingsFile::read(folder);
    let file = settings.clone().unwrap_or_default();
    let url = data.database_url.clone().or(file.database_url);
    let url = url.unwrap_or_else(|| format!("sqlite:{}", folder.join("tandem.db").display()));
    vec![
        Finding::of("data_folder", data_folder(folder)),
        Finding::of("settings", settings.map(|_| "tandem.toml can be read, or is not there".to_owned())),
        Finding::of("secret", secret(folder)),
        Finding::of("store", schema(&url).await),
        Finding::of("disk", disk(folder)),
        Finding::of("clock", time(folder, now)),
        Finding::of("web", web()),
    ]
}

fn data_folder(folder: &Path) -> Result<String, String> {
    if !folder.is_dir() {
        return Err(format!("{} is not there: name the folder with --data", folder.display()));
    }
    let written = tempfile::tempfile_in(folder);
    written.map_err(|error| format!("{} cannot be written to: {error}", folder.display()))?;
    Ok(format!("{} can be written to", folder.display()))
}

fn secret(folder: &Path) -> Result<String, String> {
    let path = folder.join("secret.key");
    let about = std::fs::metadata(&path)
        .map_err(|error| format!("secret.key: {error}; without it no PIN fits: take it from the backup"))?;
    if about.len() != 32 {
        return Err(format!("secret.key holds {} bytes in place of 32: take it from the backup", about.len()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = about.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(format!("secret.key may be read by others ({mode:o}): chmod 600 {}", path.display()));
        }
    }
    Ok("secret.key is there, for its owner alone".into())
}

/// Addresses of databases hold passwords, so none is told.
async fn schema(url: &str) -> Result<String, String> {
    let engine = if url.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let schema = Store::schema(url).await.map_err(|error| format!("{engine}: {error}"))?;
    let (applied, known) = (schema.applied, schema.known);
    match applied.cmp(&known) {
        std::cmp::Ordering::Equal => Ok(format!("{engine} answers; schema {applied}")),
        std::cmp::Ordering::Less => {
            Ok(format!("{engine} answers; schema {applied}, which the next start brings to {known}"))
        }
        std::cmp::Ordering::Greater => {
            Err(format!("{engine} has schema {applied} of a newer Tandem; this one knows {known}: start the newer one"))
        }
    }
}

#[cfg(unix)]
fn disk(folder: &Path) -> Result<String, String> {
    let about = rustix::fs::statvfs(folder).map_err(|error| format!("the disk cannot be asked: {error}"))?;
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let words = format!("{} MiB free", free / (1024 * 1024));
    if free < FREE_BYTES_MIN { Err(format!("{words}: answers are refused when the disk is full")) } else { Ok(words) }
}

#[cfg(not(unix))]
fn disk(_folder: &Path) -> Result<String, String> {
    Ok("not looked at on this system".into())
}

fn time(folder: &Path, now: i64) -> Result<String, String> {
    if !CLOCK_MS.contains(&now) {
        return Err("the clock stands in another age".into());
    }
    let newest = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok())
        .filter_map(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .map(|since| since.as_millis() as i64)
        .max();
    if newest.is_some_and(|newest| newest > now + AHEAD_MS_MAX) {
        return Err("the clock is behind the data folder's own files: it was set back".into());
    }
    Ok("not behind the data folder's files".into())
}

fn web() -> Result<String, String> {
    if assets::has_pages() {
        Ok("the web pages are in this program".into())
    } else {
        Err("this program has no web pages: build it with --features embed-web".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::secret::Secret;
    use store::Options;

    fn data(folder: &Path) -> Data {
        Data { data: folder.to_owned(), database_url: None }
    }

    async fn wrong(folder: &Path, now: i64) -> Vec<&'static str> {
        let found = examine(&data(folder), now).await;
        // Whether the pages are built in is up to whoever builds the test.
        found.into_iter().filter(|finding| !finding.well && finding.name != "web").map(|finding| finding.name).collect()
    }

    #[tokio::test]
    async fn a_school_in_order_is_well_and_each_thing_that_is_not_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        let now = clock::now();
        assert_eq!(wrong(&here.join("nowhere"), now).await[0], "data_folder");
        // A fresh folder has neither secret nor store, and looking makes none.
        assert_eq!(wrong(here, now).await, ["secret", "store"]);
        assert_eq!(std::fs::read_dir(here).expect("a listing").count(), 0);

        Secret::open(here).expect("a secret");
        let url = format!("sqlite:{}", here.join("tandem.db").display());
        Store::open(&url, Options::default()).await.expect("a store").close().await;
        assert_eq!(wrong(here, now).await, <[&str; 0]>::default());

        assert_eq!(wrong(here, now - 60 * 60 * 1000).await, ["clock"]);
        assert_eq!(wrong(here, 0).await, ["clock"]);
        std::fs::write(here.join("tandem.toml"), "listen = 7").expect("it is written");
        assert_eq!(wrong(here, now).await, ["settings"]);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_secret_that_others_may_read_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        Secret::open(folder.path()).expect("a secret");
        let path = folder.path().join("secret.key");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("it is changed");
        let told = secret(folder.path()).expect_err("others may read it");
        assert!(told.contains("644"), "{told}");
    }
}
