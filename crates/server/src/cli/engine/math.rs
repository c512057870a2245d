//! `tandem engine math`: reads lines `given TAB expected [TAB form]` and prints a JSON line for each.

use crate::cli::data::say;
use anyhow::Context;
use clap::Args;
use math::{DecimalMark, Form, Kind, Same, form_ok, read, same};
use serde::Serialize;
use std::{
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::ExitCode,
};

/// Compares mathematics as a student writes it with a key.
#[derive(Args)]
pub struct Compare {
    /// The file; `-` or nothing for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The answer is one JSON object a line in any case; accepted for likeness with other commands.
    #[arg(long)]
    json: bool,
}

/// What is said of one line.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Compared {
    /// The given answer can be read as what the key is.
    readable: bool,
    /// It means the same as the key. False where nothing can be shown.
    equal: bool,
    /// It has the form asked for; true where none is asked for, false where it cannot be read.
    form_ok: bool,
    /// Why it cannot be read, or why nothing can be shown; empty otherwise.
    message: String,
}

impl Compare {
    /// Exit 1 when a line is not a pair, or its key or form cannot be read.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let from: Box<dyn Read> = if self.file.as_os_str() == "-" {
            Box::new(std::io::stdin())
        } else {
            Box::new(std::fs::File::open(&self.file).with_context(|| self.file.display().to_string())?)
        };
        let mut problems = 0;
        for (nth, line) in BufReader::new(from).split(b'\n').enumerate() {
            let line = line.with_context(|| format!("line {}", nth + 1))?;
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            if line.is_empty() {
                continue;
            }
            let text = std::str::from_utf8(line).map_err(|_| "is not UTF-8 text".to_owned());
            let compared = text.and_then(compare).unwrap_or_else(|message| {
                problems += 1;
                eprintln!("line {}: {message}", nth + 1);
                Compared { message, ..Compared::default() }
            });
            say(serde_json::to_string(&compared)?);
        }
        Ok(ExitCode::from(u8::from(problems > 0)))
    }
}

fn compare(line: &str) -> Result<Compared, String> {
    let mut fields = line.split('\t');
    let given = fields.next().unwrap_or_default();
    let expected = fields.next().ok_or("no expected answer: a line is given TAB expected [TAB form]")?;
    let form = fields.next().map(str::trim).filter(|form| !form.is_empty());
    if fields.next().is_some() {
        return Err("more than three fields: a line is given TAB expected [TAB form]".into());
    }
    let form: Option<Form> = form.map(|name| name.parse().map_err(|_| format!("`{name}` is no form"))).transpose()?;
    let kind = Kind::guess(expected);
    let key = read(expected, kind, DecimalMark::Point).map_err(|why| format!("the expected answer: {why}"))?;
    Ok(match read(given, kind, DecimalMark::Point) {
        Err(why) => Compared { message: why.to_string(), ..Compared::default() },
        Ok(math) => {
            let verdict = same(&math, &key);
            Compared {
                readable: true,
                equal: verdict == Same::Equal,
                form_ok: form.is_none_or(|form| form_ok(&math, &key, form)),
                message: match verdict {
                    Same::Undecided => "nothing can be shown either way".into(),
                    _ => String::new(),
                },
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn a_pair_is_compared_by_value_and_by_form() {
        let one = compare("6/8\t3/4\tlowest_terms").expect("a pair");
        assert!(one.readable && one.equal && !one.form_ok);
        let other = compare("x+1\tx+2").expect("a pair");
        assert!(other.readable && !other.equal && other.form_ok);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let one = compare("3..5\t3.5").expect("a pair");
        assert!(!one.readable && !one.equal && !one.message.is_empty());
    }

    #[test]
    fn a_line_that_is_no_pair_is_refused() {
        assert!(compare("3").is_err());
        assert!(compare("3\t3\tneatly").is_err());
        assert!(compare("3\t3..").is_err());
    }
}
