//! `tandem grade FILE`: judges answers outside any school, a JSON line each.
//!
//! A line is `{"question": Question, "response": Response, "lang": "en"}` with a question as course files hold it,
//! or in short `{"key": "3/4", "kind": "number", "form": "lowest_terms", "given": "6/8"}`.

use super::data::say;
use anyhow::Context;
use clap::Args;
use curriculum::{BuggyAnswer, Interaction, Lang, MathKey, Question, Text};
use engine::grading::{Response, grade_question};
use serde::Deserialize;
use std::{io::Read, path::PathBuf, process::ExitCode};

/// Judges answers from a file.
#[derive(Args)]
pub struct Grade {
    /// The file; `-` for standard input.
    file: PathBuf,
    /// The answer is one JSON object a line in any case; accepted for likeness with other commands.
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Whole {
        question: Question,
        response: Response,
        #[serde(default)]
        buggy: Vec<BuggyAnswer>,
        #[serde(default = "Lang::en")]
        lang: Lang,
    },
    Short {
        key: String,
        kind: String,
        given: String,
        #[serde(default)]
        form: Option<String>,
        #[serde(default)]
        tolerance: Option<String>,
        #[serde(default = "Lang::en")]
        lang: Lang,
    },
}

impl Grade {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let mut text = String::new();
        if self.file.as_os_str() == "-" {
            std::io::stdin().read_to_string(&mut text)?;
        } else {
            text = std::fs::read_to_string(&self.file).with_context(|| self.file.display().to_string())?;
        }
        let mut problems = 0;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match judge(line) {
                Ok(judgement) => say(judgement),
                Err(reason) => {
                    problems += 1;
                    say(serde_json::json!({ "line": index + 1, "problem": reason }));
                }
            }
        }
        Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn judge(line: &str) -> Result<serde_json::Value, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let (question, buggy, response, lang) = match line {
        Line::Whole { question, response, buggy, lang } => (question, buggy, response, lang),
        Line::Short { key, kind, given, form, tolerance, lang } => {
            let kind = kind.parse().map_err(|_| format!("unknown kind `{kind}`"))?;
            let key = MathKey { accepted: vec![key], kind, form, tolerance, unit: None };
            let question = Question { prompt: Text::default(), interaction: Interaction::Expression(key) };
            (question, Vec::new(), Response::Text { text: given }, lang)
        }
    };
    serde_json::to_value(grade_question(&question, &buggy, &response, &lang)).map_err(|error| error.to_string())
}
