//! `tandem.toml`.

use serde::Deserialize;
use std::{net::SocketAddr, path::Path};

/// The settings file; every line may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// Where to listen, such as `0.0.0.0:8080`.
    pub listen: Option<SocketAddr>,
    /// PostgreSQL's address.
    pub database_url: Option<String>,
    /// The largest request body, in bytes.
    pub body_bytes_max: Option<usize>,
}

impl SettingsFile {
    /// Reads `tandem.toml` in the data folder; an absent file is an empty one.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("tandem.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }
}
