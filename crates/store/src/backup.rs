//! A copy of the whole store while it is in use.

use crate::StoreError;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Copies the database into a file that appears only when it is whole and on disk. Writers go on meanwhile.
pub(crate) async fn backup(options: &SqliteConnectOptions, to: &Path) -> Result<(), StoreError> {
    let part = part_of(to);
    remove(&part).map_err(unavailable)?;
    let copied = copy(options, &part).await;
    let moved = match copied {
        Ok(()) => tokio::task::spawn_blocking({
            let (part, to) = (part.clone(), to.to_owned());
            move || appear(&part, &to).map_err(unavailable)
        })
        .await
        .map_err(|error| StoreError::Bug(error.to_string()))?,
        Err(error) => Err(error),
    };
    if moved.is_err() {
        remove(&part).ok();
    }
    moved
}

async fn copy(options: &SqliteConnectOptions, part: &Path) -> Result<(), StoreError> {
    let path = part.to_str().ok_or_else(|| StoreError::Bug("the path of a backup is not UTF-8".into()))?;
    let mut connection = options.connect().await.map_err(|error| StoreError::unavailable(&error))?;
    let copied = sqlx::query("vacuum into $1").bind(path).execute(&mut connection).await;
    connection.close().await.ok();
    copied.map(drop).map_err(|error| StoreError::unavailable(&error))
}

fn appear(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn part_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn remove(part: &Path) -> io::Result<()> {
    match fs::remove_file(part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn unavailable(error: io::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
