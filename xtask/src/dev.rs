//! `cargo xtask dev`: the server and vite's development server side by side, stopped together.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::setup::{self, Purpose};
use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Arguments {
    /// Port of the server; the pages are served by vite on its own port, which asks this one for data
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Run `tandem demo` in place of `tandem serve`
    #[arg(long)]
    demo: bool,
    /// Given to the server as it is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "SERVER ARGUMENTS")]
    server: Vec<String>,
}

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let missing = setup::prepare(project, Purpose::Run)?;
    if !missing.is_empty() {
        bail!("cannot start yet:\n  {}", missing.join("\n  "));
    }
    let tandem = build::server(project, Profile::Dev, false)?;
    let address = format!("127.0.0.1:{}", arguments.port);
    let (verb, folder) = if arguments.demo { ("demo", "dev-demo-school") } else { ("serve", "dev-school") };

    let mut signals = Signals::new([SIGINT, SIGTERM]).context("ctrl-C cannot be watched")?;
    let mut server = Command::new(tandem);
    server.current_dir(&project.root).args([verb, "--listen", &address]);
    server.arg("--data").arg(project.target.join(folder)).args(&arguments.server);
    let mut children = Children::default();
    children.add("tandem", &mut server)?;
    let vite = project.web().join("node_modules/.bin/vite");
    if vite.is_file() {
        // vite itself, not `npm run dev`: npm does not pass a signal on. Its configuration sends the server's paths there.
        let mut vite = Command::new(vite);
        vite.current_dir(project.web()).env("TANDEM_URL", format!("http://{address}"));
        children.add("vite", &mut vite)?;
    } else {
        println!("dev: web/ is not here yet, so only the server runs");
    }
    println!("dev: server at http://{address}; ctrl-C stops both");

    loop {
        if signals.pending().next().is_some() {
            println!("\ndev: stopping");
            return Ok(());
        }
        if let Some(name) = children.first_ended()? {
            bail!("{name} ended, so the other is stopped too");
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Two children that live and end together: dropping this ends what still runs.
#[derive(Default)]
struct Children(Vec<(&'static str, Child)>);

impl Children {
    fn add(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        let child = command.stdin(Stdio::null()).spawn().with_context(|| format!("{name} does not start"))?;
        self.0.push((name, child));
        Ok(())
    }

    fn first_ended(&mut self) -> Result<Option<&'static str>> {
        for (name, child) in &mut self.0 {
            if child.try_wait()?.is_some() {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        for (_, child) in &self.0 {
            // Asked, not killed: the server finishes what it has acknowledged, and npm passes it on to vite.
            let _ = Command::new("kill").arg(child.id().to_string()).stderr(Stdio::null()).status();
        }
        for (_, child) in &mut self.0 {
            for _ in 0..50 {
                if !matches!(child.try_wait(), Ok(None)) {
                    break;
                }
                thread::sleep(Duration::from_millis(100));
            }
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
