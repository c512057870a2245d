//! Running other programs: a thin, readable layer over `std::process::Command`.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Cargo, run in the repository, with the build folder made absolute so that it means the same for every child.
pub fn cargo(project: &Project) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    command
}

/// npm, run in web/.
pub fn npm(project: &Project) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(project.web()).env("NO_UPDATE_NOTIFIER", "1").env("npm_config_fund", "false");
    command
}

/// Where a program is on PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Runs it and fails, with its own words already on the screen, unless it ends well.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs it, hands back what it said on standard output; its errors go to the screen.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something that is not text", shown(command)))
}

/// Runs it, shows every line as it comes, and gives each line to `see`. True if it ended well.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    // One pipe for both, so that lines stay in the order in which they were written.
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let name = shown(command);
    let mut child = command.spawn().with_context(|| format!("cannot start `{name}`"))?;
    // The command still holds the writing ends; without this the pipe never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        see(&line);
    }
    Ok(child.wait()?.success())
}

/// Becomes that program, so that ctrl-C, the exit code and the terminal are its own. Returns only if it cannot start.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let problem = command.exec();
    Err(problem).with_context(|| format!("cannot start `{}`", shown(command)))
}

/// Elsewhere the program runs as a child.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<()> {
    run(command)
}

/// The command as one would type it, without folders in front of the program's name.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watched_program_gives_its_lines_in_order_and_its_verdict() {
        let mut lines = Vec::new();
        let well = watch(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"]), |line| {
            lines.push(line.to_owned());
        });
        assert!(!well.unwrap());
        assert_eq!(lines, ["one", "two"]);
    }

    #[test]
    fn a_failure_names_the_command_as_typed() {
        let problem = run(Command::new("sh").args(["-c", "exit 4"])).unwrap_err().to_string();
        assert!(problem.starts_with("`sh -c exit 4` ended with"), "{problem}");
    }
}
