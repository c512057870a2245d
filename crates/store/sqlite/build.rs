//! Applies the migrations to a fresh file, against which the queries of this crate are checked while they compile.

use sqlx::{Connection, SqliteConnection, migrate::Migrator};
use std::{env, error::Error, fs, path::PathBuf};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../migrations/sqlite");
    println!("cargo::rerun-if-changed=sqlx.toml");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let schema = PathBuf::from(env::var("OUT_DIR")?).join("schema.db");
    if schema.exists() {
        fs::remove_file(&schema)?;
    }
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", schema.display())).await?;
    let migrations = Migrator::new(root.join("../migrations/sqlite")).await?;
    migrations.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    println!("cargo::rustc-env=TANDEM_SCHEMA_SQLITE=sqlite:{}", schema.display());
    Ok(())
}
