//! Models of others: scripts that print a JSON object a model.

use super::table::{Row, Took};
use crate::command::{self, which};
use crate::project::Project;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What their scripts call the four measures.
const MEASURES: [&str; 4] = ["auc", "rmse", "logloss", "ece15"];
/// Runs a script of theirs as it is and parts pyBKT's time.
const TIMED: &str = include_str!("timed.py");

pub struct Baselines {
    scripts: PathBuf,
    data: PathBuf,
    /// Where what is made for them lies.
    folder: PathBuf,
    /// Or why there is none.
    python: Result<PathBuf, String>,
    /// The reference in C, where there is a compiler.
    reference: Result<PathBuf, String>,
}

impl Baselines {
    pub fn find(project: &Project, python: Option<&Path>) -> Result<Self> {
        let scripts = project.shared.join("kt-baselines");
        let folder = project.target.join("compare");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("timed.py"), TIMED)?;
        let python = match python {
            _ if !scripts.join("common.py").is_file() => Err(format!("no {}", scripts.display())),
            Some(python) => Ok(python.to_path_buf()),
            None => Err("no Python named (--python)".to_owned()),
        };
        let reference = compiled(&scripts, &folder);
        Ok(Self { scripts, data: project.shared.join("data"), folder, python, reference })
    }

    /// One fit of pyBKT, and of the reference in C.
    pub fn tracing(&self, log: &str) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        match self.said("bkt_pybkt.py", &[log, "1"], &[])? {
            Err(why) => rows.push(Row::absent(log, "pyBKT, one start", &why)),
            Ok((told, timed)) => {
                let of = |key: &str, nth: usize| timed[key][nth].as_f64();
                let compiled = if timed["compiled"] == true { "compiled" } else { "plain Python" };
                let whole = Took { clock: of("fit", 0), processor: of("fit", 1) };
                let without = |nth: usize| Some(of("fit", nth)? - of("tables", nth)?);
                let steps = Took { clock: without(0), processor: without(1) };
                let name = format!("pyBKT, {compiled}, one start");
                rows.push(Row::measured(log, &name, &told[0], MEASURES, whole));
                rows.push(Row::part(log, "- of it, its steps alone", steps));
            }
        }
        let reference = match &self.reference {
            Err(why) => Err(why.clone()),
            Ok(program) => self.said("bkt_em_run.py", &[log, "1"], &[("BKT_EM", program)])?,
        };
        rows.push(match reference {
            Err(why) => Row::absent(log, "the same steps in C, one start", &why),
            Ok((told, _)) => {
                let took = Took { clock: told[0]["fit_s"].as_f64(), processor: None };
                Row::measured(log, "the same steps in C, one start", &told[0], MEASURES, took)
            }
        });
        Ok(rows)
    }

    /// Everything that is not knowledge tracing.
    pub fn others(&self, log: &str) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        let gaps: &[&str] = if log == "algebra2005t" { &["gap"] } else { &[] };
        for (script, more) in [("elo.py", &[][..]), ("lr_pfa_bestlr.py", &[]), ("dense_recency_lr.py", gaps)] {
            eprintln!("   {script}");
            match self.said(script, &[&[log], more].concat(), &[])? {
                Err(why) => rows.push(Row::absent(log, script, &why)),
                Ok((told, _)) => rows.extend(told.iter().map(|one| {
                    let seconds = one["fit_s"].as_f64().or(one["total_s"].as_f64());
                    let took = Took { clock: seconds, processor: None };
                    Row::measured(log, one["model"].as_str().unwrap_or(script), one, MEASURES, took)
                })),
            }
        }
        Ok(rows)
    }

    /// The objects that a script prints, and the last one that it says on standard error; or why it could not.
    fn said(
        &self,
        script: &str,
        words: &[&str],
        more: &[(&str, &PathBuf)],
    ) -> Result<Result<(Vec<Value>, Value), String>> {
        let python = match &self.python {
            Ok(python) => python,
            Err(why) => return Ok(Err(why.clone())),
        };
        let mut command = Command::new(python);
        command.arg(self.folder.join("timed.py")).arg(self.scripts.join(script)).args(words);
        command.env("KT_DATA", &self.data).envs(more.iter().copied()).stdin(Stdio::null());
        // One core each, as ours; and nothing is written beside the scripts.
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
        let output = command.output().with_context(|| format!("cannot start {}", python.display()))?;
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            let last = errors.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no word of why");
            return Ok(Err(last.to_owned()));
        }
        let objects = |text: &str| -> Vec<Value> {
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).filter(Value::is_object).collect()
        };
        let told = objects(&out);
        if told.is_empty() {
            return Ok(Err(format!("{script} printed no JSON")));
        }
        Ok(Ok((told, objects(&errors).pop().unwrap_or_default())))
    }
}

fn compiled(scripts: &Path, folder: &Path) -> Result<PathBuf, String> {
    if which("gcc").is_none() {
        return Err("no gcc".to_owned());
    }
    let program = folder.join("bkt_em");
    let mut gcc = Command::new("gcc");
    gcc.args(["-O3", "-march=native", "-w", "-o"]).arg(&program).arg(scripts.join("bkt_em.c")).arg("-lm");
    command::run(&mut gcc).map(|()| program).map_err(|problem| format!("{problem:#}"))
}
