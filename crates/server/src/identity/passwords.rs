//! Passwords of adults: Argon2id, a few at once.

use crate::app::{App, Problem};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc},
};

/// Hashes a password for keeping.
pub async fn hash_password(app: &App, password: String) -> Result<String, Problem> {
    let _turn = app.hashing.acquire().await.map_err(Problem::failure)?;
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Problem::failure)
    })
    .await
    .map_err(Problem::failure)?
}

/// True when the password is the one hashed. Without a hash it takes as long and is false, so that known and
/// unknown addresses cannot be told apart.
pub async fn verify_password(app: &App, hash: Option<String>, password: String) -> Result<bool, Problem> {
    let _turn = app.hashing.acquire().await.map_err(Problem::failure)?;
    tokio::task::spawn_blocking(move || match hash {
        Some(hash) => phc::PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()),
        None => {
            let _ = Argon2::default().hash_password(password.as_bytes());
            false
        }
    })
    .await
    .map_err(Problem::failure)
}
