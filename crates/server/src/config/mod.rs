//! Settings: flag, then `TANDEM_...`, then `tandem.toml`, then the default.

mod file;

pub use file::SettingsFile;
use std::{net::SocketAddr, path::PathBuf};

/// What a running server needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder of the database, the secret and the pictures.
    pub data: PathBuf,
    /// PostgreSQL instead of the file in the data folder.
    pub database_url: Option<String>,
    /// A demo school: anybody may be anybody with one click.
    pub demo: bool,
    /// The largest request body, in bytes.
    pub body_bytes_max: usize,
}

impl Settings {
    /// Settings over a data folder, everything else at its default.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: data.into(),
            database_url: None,
            demo: false,
            body_bytes_max: 2 * 1024 * 1024,
        }
    }

    /// Where the store is.
    pub fn store_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("tandem.db").display()))
    }

    /// Where pictures are kept, each under the hash of its bytes.
    pub fn media_folder(&self) -> PathBuf {
        self.data.join("media")
    }
}
