//! The server's secret: 32 random bytes in the data folder, from which PINs and the seeds of checks derive.
//!
//! A backup carries it along; whoever has the database without it has no PIN and no seed.

use super::random;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{io, path::Path};

/// The secret. Never logged, never sent.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Reads `secret.key` in the data folder, or makes it.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join("secret.key");
        match std::fs::read(&path) {
            Ok(bytes) => bytes
                .try_into()
                .map(Self)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "secret.key must hold 32 bytes")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let bytes = random::bytes::<32>();
                write_private(&path, &bytes)?;
                Ok(Self(bytes))
            }
            Err(error) => Err(error),
        }
    }

    /// 32 bytes that only this secret derives from `purpose` and `parts`.
    pub fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
