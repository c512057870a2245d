//! A PostgreSQL that lives as long as a test: its own folder, its own socket, no port, gone afterwards.

use std::{
    env,
    io::{Error, Result},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

/// Stops the server and removes its folder when its own standard input closes: on drop, at exit, and on kill -9 alike.
const KEEPER: &str = r#"folder=$1; shift
"$@" > "$folder/log" 2>&1 &
cat > /dev/null
kill -QUIT $!
wait $!
rm -rf "$folder""#;

/// A running PostgreSQL of one's own, removed on drop.
pub struct Cluster {
    tools: PathBuf,
    /// Holds data, log and socket.
    folder: PathBuf,
    keeper: Child,
    databases: AtomicU32,
}

/// A cluster that trades safety for speed, or none where PostgreSQL is not installed. Then it says so, and fails under
/// `CI=true`, where nothing may be skipped.
pub fn throwaway_postgres() -> Option<Cluster> {
    let Some(tools) = tools() else {
        assert!(env::var("CI").as_deref() != Ok("true"), "skipped: PostgreSQL is not installed");
        eprintln!("skipped: PostgreSQL is not installed");
        return None;
    };
    Some(Cluster::start(tools, &["fsync=off", "full_page_writes=off"]).expect("a throw-away PostgreSQL starts"))
}

/// One throw-away cluster for all tests of a program; they take a database each.
pub fn shared_postgres() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED.get_or_init(throwaway_postgres).as_ref()
}

/// The folder of `initdb` and `postgres`, which Debian keeps out of PATH.
pub fn tools() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    ["initdb", "postgres", "createdb", "psql"].iter().all(|tool| folder.join(tool).is_file()).then_some(folder)
}

impl Cluster {
    /// Starts a cluster with these settings, such as `fsync=off`.
    pub fn start(tools: PathBuf, settings: &[&str]) -> Result<Self> {
        let made = run(user("mktemp").args(["--directory", "--tmpdir", "tandem-postgres-XXXXXXXX"]))?;
        let folder = PathBuf::from(String::from_utf8_lossy(&made.stdout).trim());
        let data = folder.join("data");
        let options = ["--username=tandem", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(user(tools.join("initdb")).args(options).arg(&data))?;

        let mut keeper = user("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&folder).arg(tools.join("postgres")).arg("-D").arg(&data);
        keeper.arg("-k").arg(&folder).args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0777"]);
        keeper.args(settings.iter().flat_map(|setting| ["-c", setting]));
        // An interrupt in the terminal reaches the program under test first, and the keeper through it.
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0).spawn()?;
        let cluster = Self { tools, folder, keeper, databases: AtomicU32::new(0) };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// The address of a new, empty database.
    pub fn new_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        run(self.tool("createdb").arg(&name)).expect("a running cluster makes a database");
        self.url(&name)
    }

    /// Runs a file of SQL in a database by its address.
    pub fn run_file(&self, url: &str, file: &std::path::Path) -> Result<()> {
        let mut psql = Command::new(self.tools.join("psql"));
        run(psql.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file"]).arg(file).arg(url)).map(drop)
    }

    /// The address of a database of this name.
    pub fn url(&self, name: &str) -> String {
        format!("postgresql://tandem@localhost/{name}?host={}", self.folder.display())
    }

    fn wait_until_ready(&self) -> Result<()> {
        for _ in 0..600 {
            if run(self.tool("psql").args(["--no-psqlrc", "--command=select 1", "postgres"])).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Error::other("PostgreSQL did not start within half a minute"))
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.tools.join(name));
        command.arg("--username=tandem").arg("--host").arg(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

/// PostgreSQL refuses to run as root, so then another user runs it.
fn user(program: impl Into<PathBuf>) -> Command {
    let program = program.into();
    let mut command = if is_root() {
        let mut other = Command::new("setpriv");
        other.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
        other
    } else {
        Command::new(program)
    };
    // Its own folder may be closed to the other user.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) -> Result<Output> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::other(format!("{}: {}", command.get_program().display(), said.trim())))
}
