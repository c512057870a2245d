//! Refreshes `store/postgres/.sqlx`: what PostgreSQL says about every query, so that the store compiles without one.
//! With `--check` it changes nothing and fails when something is stale.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::SystemTime,
};

type Files = BTreeMap<String, Vec<u8>>;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let check = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => {
            eprintln!("usage: store-prepare [--check]");
            return Ok(ExitCode::from(2));
        }
    };
    let Some(cluster) = store_testing::throwaway_postgres() else { return Ok(ExitCode::SUCCESS) };
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the store is the folder above")?;
    let url = cluster.new_database();
    for migration in sorted(&store.join("migrations/postgres"))? {
        cluster.run_file(&url, &migration)?;
    }

    let kept = store.join("postgres/.sqlx");
    let fresh = describe(store, &url)?;
    if fresh == read(&kept)? {
        return Ok(ExitCode::SUCCESS);
    }
    if check {
        eprintln!("stale: crates/store/postgres/.sqlx; run `cargo run -p store-testing --bin store-prepare`");
        return Ok(ExitCode::FAILURE);
    }
    replace(&kept, &fresh)?;
    Ok(ExitCode::SUCCESS)
}

/// Compiles the queries against the database; the query macros leave a file each.
fn describe(store: &Path, url: &str) -> Result<Files, Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("store-prepare-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    // The macros' environment is unknown to cargo, so only a newer file makes it compile again.
    File::options().append(true).open(store.join("postgres/src/lib.rs"))?.set_modified(SystemTime::now())?;
    let status = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(["check", "--quiet", "--manifest-path"])
        .arg(store.join("postgres/Cargo.toml"))
        .env("TANDEM_SCHEMA_POSTGRES", url)
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &folder)
        .status()?;
    let files = read(&folder);
    fs::remove_dir_all(&folder)?;
    if !status.success() {
        return Err("the queries do not compile against PostgreSQL".into());
    }
    files
}

fn replace(folder: &Path, files: &Files) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for name in read(folder)?.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

fn read(folder: &Path) -> Result<Files, Box<dyn Error>> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    sorted(folder)?.into_iter().map(|path| Ok((name(&path), fs::read(path)?))).collect()
}

/// The files of a folder by name; none when there is no folder.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    paths.sort();
    Ok(paths)
}
