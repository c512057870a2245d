//! `cargo xtask measure`: runs the long measurements and writes the tables of docs/performance.md.
//!
//! A measurement is one entry of [`MEASUREMENTS`]: what prints JSON, mostly a `tandem` command, and which of its numbers
//! go into the table. Its table stands in the page between two marks, so that the words around it are a person's.

mod browser;

use crate::build::{self, Profile};
use crate::command;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One measurement, one table, one row a run of the command.
struct Measurement {
    /// Names it on the command line and in the marks of the page.
    name: &'static str,
    title: &'static str,
    runs: Runs,
    /// What is read: the column's title and where the number stands in the JSON, dots between the steps.
    columns: &'static [(&'static str, &'static str)],
}

/// What runs.
enum Runs {
    /// A label for the row and the arguments to `tandem`, which prints one JSON object.
    Tandem(&'static [(&'static str, &'static [&'static str])]),
    /// The engine natively, in Node and in a browser, a row each.
    Engine,
}

const LOAD_COLUMNS: &[(&str, &str)] = &[
    ("answers a second", "answers_per_second"),
    ("p50 ms", "p50_ms"),
    ("p99 ms", "p99_ms"),
    ("errors", "errors"),
    ("to the teacher's screen p95 ms", "answer_to_screen_p95_ms"),
    ("acknowledged", "acknowledged"),
    ("lost", "lost"),
    ("doubled", "doubled"),
    ("peak MB", "peak_rss_mb"),
    ("generator's share of CPU", "generator_cpu_share"),
];

/// Stands in a run's arguments for the folder of real courses and answer logs.
const SHARED: &str = "{shared}";

const PREDICTION_COLUMNS: &[(&str, &str)] = &[
    ("AUC", "auc"),
    ("RMSE", "rmse"),
    ("log loss", "log_loss"),
    ("ECE", "ece"),
    ("answers predicted", "rows"),
    ("fit, s", "fit_seconds"),
];

/// One model on one log, its held-out students predicted.
macro_rules! evaluate {
    ($model:literal, $users:literal, $($log:literal),+) => {
        &[
            "engine", "evaluate", "--log", $(concat!("{shared}/data/", $log)),+, "--test-users",
            concat!("{shared}/kt-baselines/splits/", $users, ".test_users.txt"), "--model", $model, "--json",
        ]
    };
}

/// The pre-test of fifteen questions over 835 skills, a thousand students of one kind.
macro_rules! place {
    ($generator:literal) => {
        &[
            "engine",
            "place",
            "--graph",
            "{shared}/data/junyi-prereq/junyi_Exercise_table.csv",
            "--questions",
            "15",
            "--keep-asking",
            "--students",
            "1000",
            "--seed",
            "42",
            "--generator",
            $generator,
            "--json",
        ]
    };
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement {
        name: "load-full",
        title: "300 students answering without pause, for a minute",
        runs: Runs::Tandem(&[
            ("SQLite", &["load", "--students", "300", "--seconds", "60", "--database", "sqlite", "--json"]),
            ("PostgreSQL", &["load", "--students", "300", "--seconds", "60", "--database", "postgres", "--json"]),
        ]),
        columns: LOAD_COLUMNS,
    },
    Measurement {
        name: "load-class",
        title: "300 students, an answer every ten seconds each, 20 dashboards open",
        runs: Runs::Tandem(&[
            (
                "SQLite",
                &["load", "--students", "300", "--seconds", "60", "--pace", "10", "--dashboards", "20", "--json"],
            ),
            (
                "PostgreSQL",
                &[
                    "load",
                    "--students",
                    "300",
                    "--seconds",
                    "60",
                    "--pace",
                    "10",
                    "--dashboards",
                    "20",
                    "--database",
                    "postgres",
                    "--json",
                ],
            ),
        ]),
        columns: LOAD_COLUMNS,
    },
    Measurement {
        name: "load-kill",
        title: "300 students, the server killed in mid-write after 20 seconds",
        runs: Runs::Tandem(&[(
            "SQLite",
            &["load", "--students", "300", "--seconds", "40", "--kill-after", "20", "--json"],
        )]),
        columns: LOAD_COLUMNS,
    },
    Measurement {
        name: "predict",
        title: "Answers of students held out, predicted from their own earlier answers",
        runs: Runs::Tandem(&[
            (
                "assist2009, response",
                evaluate!(
                    "response",
                    "assist2009",
                    "assist2009-gervet/preprocessed_data_train.csv.gz",
                    "assist2009-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "assist2009, bkt",
                evaluate!(
                    "bkt",
                    "assist2009",
                    "assist2009-gervet/preprocessed_data_train.csv.gz",
                    "assist2009-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "assist2009, elo",
                evaluate!(
                    "elo",
                    "assist2009",
                    "assist2009-gervet/preprocessed_data_train.csv.gz",
                    "assist2009-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "assist2009, pfa",
                evaluate!(
                    "pfa",
                    "assist2009",
                    "assist2009-gervet/preprocessed_data_train.csv.gz",
                    "assist2009-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "statics2011, response",
                evaluate!(
                    "response",
                    "statics2011",
                    "statics2011-gervet/preprocessed_data_train.csv.gz",
                    "statics2011-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "statics2011, bkt",
                evaluate!(
                    "bkt",
                    "statics2011",
                    "statics2011-gervet/preprocessed_data_train.csv.gz",
                    "statics2011-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "statics2011, elo",
                evaluate!(
                    "elo",
                    "statics2011",
                    "statics2011-gervet/preprocessed_data_train.csv.gz",
                    "statics2011-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "statics2011, pfa",
                evaluate!(
                    "pfa",
                    "statics2011",
                    "statics2011-gervet/preprocessed_data_train.csv.gz",
                    "statics2011-gervet/preprocessed_data_test.csv.gz"
                ),
            ),
            (
                "algebra2005t, response",
                evaluate!("response", "algebra2005t", "algebra2005-gervet-test/preprocessed_data_test.csv.gz"),
            ),
            (
                "algebra2005t, bkt",
                evaluate!("bkt", "algebra2005t", "algebra2005-gervet-test/preprocessed_data_test.csv.gz"),
            ),
            (
                "algebra2005t, elo",
                evaluate!("elo", "algebra2005t", "algebra2005-gervet-test/preprocessed_data_test.csv.gz"),
            ),
            (
                "algebra2005t, pfa",
                evaluate!("pfa", "algebra2005t", "algebra2005-gervet-test/preprocessed_data_test.csv.gz"),
            ),
        ]),
        columns: PREDICTION_COLUMNS,
    },
    Measurement {
        name: "place",
        title: "The pre-test: fifteen questions over 835 skills, a thousand students of each kind",
        runs: Runs::Tandem(&[
            ("blim", place!("blim")),
            ("cutoff", place!("cutoff")),
            ("irt", place!("irt")),
            ("swiss", place!("swiss")),
        ]),
        columns: &[
            ("skills right", "skills_right"),
            ("students with 90 % right", "students_90"),
            ("of the placed, truly known", "placed_truly_known"),
            ("ms a question, median", "ms_per_question_median"),
            ("ms, 99 %", "ms_per_question_p99"),
        ],
    },
    Measurement {
        name: "bench",
        title: "The engine on one core",
        runs: Runs::Tandem(&[("bench", &["engine", "bench", "--json"])]),
        columns: &[
            ("predictions with update a second", "online_per_second"),
            ("after 10 answers, ns", "online_after_10_ns"),
            ("after 10,000, ns", "online_after_10000_ns"),
            ("one step after 10, us", "step_after_10_us"),
            ("after 10,000, us", "step_after_10000_us"),
            ("10,000 answers folded anew, ms", "refold_10000_ms"),
            ("with 500 late events, ms", "late_500_into_10000_ms"),
        ],
    },
    Measurement {
        name: "browser",
        title: "The engine on one core, natively and in a browser",
        runs: Runs::Engine,
        columns: &[
            ("predictions with update a second", "answers_per_second"),
            ("next of 835 skills, ms", "next_ms_median"),
            ("99 %, ms", "next_ms_p99"),
            ("in the first pre-test, ms", "next_ms_first_run"),
            ("possible students drawn and the first question, ms", "begin_ms"),
            ("questions", "questions"),
            ("runs", "runs"),
        ],
    },
    Measurement {
        name: "trial",
        title: "Thirty simulated students, a month of a whole imported course",
        runs: Runs::Tandem(&[("OATutor elementary algebra", &["trial", "--json"])]),
        columns: &[
            ("requests checked", "requests"),
            ("too few offers", "too_few_offers"),
            ("items too often", "repeated_items"),
            ("unmet needs", "unmet_needs"),
            ("ready, median", "median_ready"),
            ("placed as known", "placed_known"),
            ("of them truly known", "placed_truly_known"),
            ("seconds", "seconds"),
        ],
    },
];

#[derive(clap::Args)]
pub struct Arguments {
    /// Only these; all of them if none is named
    names: Vec<String>,
    /// Say what there is and stop
    #[arg(long)]
    list: bool,
}

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    if let Some(unknown) = arguments.names.iter().find(|name| MEASUREMENTS.iter().all(|known| known.name != **name)) {
        bail!("no measurement is called {unknown}; `cargo xtask measure --list` names them");
    }
    if arguments.list {
        MEASUREMENTS.iter().for_each(|one| println!("{:12} {}", one.name, one.title));
        return Ok(());
    }
    let is_asked = |one: &&Measurement| arguments.names.is_empty() || arguments.names.contains(&one.name.into());
    let asked: Vec<&Measurement> = MEASUREMENTS.iter().filter(is_asked).collect();
    let server = asked.iter().any(|one| matches!(one.runs, Runs::Tandem(_)));
    let tandem = if server { Some(build::server(project, Profile::Release, false)?) } else { None };
    let page = project.root.join("docs/performance.md");
    for one in asked {
        println!("── {}: {}", one.name, one.title);
        let rows = match (&one.runs, &tandem) {
            (Runs::Tandem(runs), Some(tandem)) => run_tandem(project, tandem, runs)?,
            _ => browser::run(project)?,
        };
        let text = format!("{}\n{}", table(one, &rows), circumstances(project, one)?);
        println!("{text}");
        let before = fs::read_to_string(&page).unwrap_or_else(|_| "# Performance\n".to_owned());
        // Written after each, so that a long run that is stopped keeps what it has.
        fs::write(&page, with_table(&before, one, &text)).context("docs/performance.md")?;
    }
    Ok(())
}

fn run_tandem(project: &Project, tandem: &Path, runs: &[(&str, &[&str])]) -> Result<Vec<(String, Value)>> {
    let mut rows = Vec::new();
    for (label, arguments) in runs {
        let mut command = Command::new(tandem);
        command.current_dir(&project.root).args(arguments.iter().map(|word| in_place(project, word)));
        let printed = command::output(&mut command)?;
        let object = last_object(&printed).with_context(|| format!("{label}: no JSON object was printed"))?;
        rows.push((label.to_string(), object));
    }
    Ok(rows)
}

/// An argument with the shared folder's own path in it.
fn in_place(project: &Project, argument: &str) -> String {
    argument.replace(SHARED, &project.shared.display().to_string())
}

fn last_object(printed: &str) -> Option<Value> {
    printed.lines().rev().filter_map(|line| serde_json::from_str(line).ok()).find(Value::is_object).or_else(|| {
        // One object over several lines.
        serde_json::from_str(printed).ok().filter(Value::is_object)
    })
}

fn table(measurement: &Measurement, rows: &[(String, Value)]) -> String {
    let mut text = "| |".to_owned();
    measurement.columns.iter().for_each(|(title, _)| write!(text, " {title} |").expect("a string takes all"));
    text += "\n|---|";
    measurement.columns.iter().for_each(|_| text += "---:|");
    for (label, json) in rows {
        write!(text, "\n| {label} |").expect("a string takes all");
        for (_, path) in measurement.columns {
            write!(text, " {} |", number_at(json, path)).expect("a string takes all");
        }
    }
    text + "\n"
}

/// The number as a person reads it; a dash where the command did not say.
fn number_at(json: &Value, path: &str) -> String {
    let value = path.split('.').try_fold(json, |value, step| value.get(step));
    match value.and_then(|value| Some((value.as_f64()?, value.is_f64()))) {
        Some((number, true)) if number.abs() < 1.0 => format!("{number:.4}"),
        Some((number, true)) if number.abs() < 10.0 => format!("{number:.2}"),
        Some((number, true)) => format!("{number:.1}"),
        Some((number, false)) => format!("{number:.0}"),
        None => "-".to_owned(),
    }
}

/// What a reader needs to judge the numbers: when, on what, from which commit, by which commands.
fn circumstances(project: &Project, measurement: &Measurement) -> Result<String> {
    let say = |program: &str, arguments: &[&str]| -> Result<String> {
        let printed = command::output(Command::new(program).current_dir(&project.root).args(arguments))?;
        Ok(printed.trim().to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    let mut text = format!(
        "Measured {} on {cores} cores ({} {}), commit {}, release build, generator on the same machine:\n\n",
        say("date", &["-u", "+%F"])?,
        std::env::consts::OS,
        std::env::consts::ARCH,
        say("git", &["describe", "--always", "--dirty"])?,
    );
    match measurement.runs {
        Runs::Tandem(runs) => {
            for (label, arguments) in runs {
                writeln!(text, "- {label}: `tandem {}`", arguments.join(" ").replace(SHARED, "SHARED"))?;
            }
        }
        Runs::Engine => writeln!(text, "- `cargo xtask measure {}`", measurement.name)?,
    }
    Ok(text)
}

/// The page with this table in its place; a new one comes at the end, under its own heading.
fn with_table(page: &str, measurement: &Measurement, table: &str) -> String {
    let (open, close) =
        (format!("<!-- measure: {} -->", measurement.name), format!("<!-- end: {} -->", measurement.name));
    let block = format!("{open}\n\n{table}\n{close}");
    let place = page.find(&open).zip(page.find(&close)).filter(|(from, to)| from < to);
    match place {
        Some((from, to)) => format!("{}{block}{}", &page[..from], &page[to + close.len()..]),
        None => format!("{}\n\n## {}\n\n{block}\n", page.trim_end(), measurement.title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Measurement = Measurement {
        name: "one",
        title: "One",
        runs: Runs::Tandem(&[("a", &["load"])]),
        columns: &[("speed", "speed"), ("share", "cpu.share"), ("lost", "lost")],
    };

    #[test]
    fn a_table_shows_what_was_said_and_a_dash_for_what_was_not() {
        let json = last_object("starting\n{\"speed\": 812.345, \"cpu\": {\"share\": 0.25}}\n").unwrap();
        assert_eq!(
            table(&ONE, &[("a".into(), json)]),
            "| | speed | share | lost |\n|---|---:|---:|---:|\n| a | 812.3 | 0.2500 | - |\n"
        );
    }

    #[test]
    fn a_second_run_replaces_the_table_and_keeps_the_words_around_it() {
        let first = with_table("# Performance\n", &ONE, "old");
        let page = first.replace("## One", "## One, in our words") + "\nMore words.\n";
        let second = with_table(&page, &ONE, "new");
        assert_eq!(second, page.replace("old", "new"));
        assert!(first.starts_with("# Performance\n\n## One\n\n<!-- measure: one -->\n\nold\n<!-- end: one -->"));
    }
}
