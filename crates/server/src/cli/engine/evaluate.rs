//! `tandem engine evaluate`: how well a model predicts the answers of students it has not seen.

use super::bench::Clock;
use super::logs::{learn_from, read_logs, read_parameters};
use crate::cli::data::say;
use anyhow::Context;
use clap::{Args, ValueEnum};
use engine::{
    Parameters,
    evaluation::{
        COURSE, Measures, Predicted, TracedSkills, elo, fit_elo, fit_pfa, measure, predict_response, predict_tracing,
    },
    refit::{Folds, Log, fit_response, fit_tracing},
    response::Model as ResponseModel,
};
use serde::Serialize;
use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Fits a model on some students of a log and predicts every answer of the others from their own earlier answers.
///
/// Logs are tab-separated (gzip too), with the columns user_id, item_id, timestamp (seconds, 0 = unknown), correct (0
/// or 1) and skill_id: named in the first line, or without names in just this order. File order is time order within a
/// user.
#[derive(Args)]
pub struct Evaluate {
    /// The logs, read one after another.
    #[arg(long, required = true, num_args = 1..)]
    log: Vec<PathBuf>,
    /// The students held out: user ids, one a line.
    #[arg(long)]
    test_users: PathBuf,
    /// Which model.
    #[arg(long, value_enum, default_value = "response")]
    model: Model,
    /// Constants from `tandem engine fit` in place of a fit; for `response` and `bkt`.
    #[arg(long)]
    parameters: Option<PathBuf>,
    /// Writes a line for each held-out answer: its row (answers of all logs counted from 0), a tab, and p.
    #[arg(long)]
    predictions: Option<PathBuf>,
    /// One JSON object instead of words.
    #[arg(long)]
    json: bool,
}

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Model {
    /// The response model.
    Response,
    /// Item-aware Bayesian knowledge tracing, as mastery is judged.
    Bkt,
    /// Performance factors, a baseline.
    Pfa,
    /// Elo, a baseline.
    Elo,
}

#[derive(Serialize)]
struct Evaluated {
    model: Model,
    /// None where no answer was held out.
    #[serde(flatten)]
    measures: Measured,
    /// Held-out answers.
    rows: usize,
    /// Held-out students with answers.
    users: usize,
    /// Items and skills of the whole log.
    items: usize,
    skills: usize,
    /// Answers learnt from.
    rows_fitted: usize,
    /// Students learnt from.
    users_fitted: usize,
    /// All of the fit, on one core; reading is not counted.
    fit_seconds: f64,
    /// The same without what else the machine did meanwhile, where the system tells.
    fit_processor_seconds: f64,
    predict_seconds: f64,
}

/// [`Measures`] where there are any.
#[derive(Clone, Copy, Serialize)]
struct Measured {
    auc: Option<f64>,
    rmse: Option<f64>,
    log_loss: Option<f64>,
    ece: Option<f64>,
}

impl Measured {
    fn of(predicted: &[Predicted]) -> Self {
        if predicted.is_empty() {
            return Self { auc: None, rmse: None, log_loss: None, ece: None };
        }
        let Measures { auc, rmse, log_loss, ece } = measure(predicted);
        Self { auc: Some(auc), rmse: Some(rmse), log_loss: Some(log_loss), ece: Some(ece) }
    }
}

impl Evaluate {
    /// Exit 1 when a file cannot be read.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let log = read_logs(&self.log)?;
        let learn_from = learn_from(&log, &self.test_users)?;
        let parameters = self.parameters.as_deref().map(read_parameters).transpose()?;
        let (started, clock) = (Instant::now(), Clock::start());
        let ask = prepare(self.model, &log, &learn_from, parameters)?;
        let (fit_seconds, fit_processor_seconds) = (started.elapsed().as_secs_f64(), clock.seconds());
        let started = Instant::now();
        let mut predicted = ask.predict(&log, &learn_from);
        let predict_seconds = started.elapsed().as_secs_f64();
        predicted.sort_by_key(|one| one.row);
        if let Some(path) = &self.predictions {
            write(path, &predicted).with_context(|| path.display().to_string())?;
        }
        let users = learn_from.iter().filter(|learn| !**learn).count();
        let evaluated = Evaluated {
            model: self.model,
            measures: Measured::of(&predicted),
            rows: predicted.len(),
            users,
            items: log.items.len(),
            skills: log.skills.len(),
            rows_fitted: log.attempts.len() - predicted.len(),
            users_fitted: learn_from.len() - users,
            fit_seconds,
            fit_processor_seconds,
            predict_seconds,
        };
        tell(&evaluated, self.json)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A model that can be asked.
enum Ready {
    Response(Box<ResponseModel>),
    Bkt(TracedSkills),
    Pfa(engine::evaluation::Pfa),
    Elo(engine::evaluation::Elo),
}

fn prepare(model: Model, log: &Log, learn_from: &[bool], given: Option<Parameters>) -> anyhow::Result<Ready> {
    let course = COURSE.into();
    Ok(match (model, given) {
        (Model::Response, None) => {
            let fitted = fit_response(log, &Folds::new(log, learn_from));
            Ready::Response(Box::new(ResponseModel::new(&fitted)))
        }
        (Model::Response, Some(given)) => {
            let fitted = given.courses.get(&course).and_then(|course| course.response.as_ref());
            let fitted = fitted.context("the parameters hold no response model: predictions come from `bkt` then")?;
            Ready::Response(Box::new(ResponseModel::new(fitted)))
        }
        (Model::Bkt, Some(given)) if !given.courses.contains_key(&course) => {
            anyhow::bail!("the parameters hold nothing that was fitted to a log")
        }
        (Model::Bkt, given) => {
            let parameters = given.unwrap_or_else(|| {
                let fitted = fit_tracing(log, learn_from, &Folds::new(log, learn_from));
                Parameters { courses: [(course.clone(), fitted)].into(), ..Parameters::default() }
            });
            Ready::Bkt(TracedSkills::new(log, &parameters, &course))
        }
        (Model::Pfa | Model::Elo, Some(_)) => anyhow::bail!("a baseline takes no parameters"),
        (Model::Pfa, None) => Ready::Pfa(fit_pfa(log, learn_from)),
        (Model::Elo, None) => Ready::Elo(fit_elo(log, learn_from)),
    })
}

impl Ready {
    fn predict(&self, log: &Log, learn_from: &[bool]) -> Vec<Predicted> {
        match self {
            Self::Response(model) => predict_response(log, learn_from, model),
            Self::Bkt(constants) => predict_tracing(log, learn_from, constants),
            Self::Pfa(pfa) => pfa.predict(log, learn_from),
            Self::Elo(fitted) => elo(log, learn_from, fitted),
        }
    }
}

fn write(path: &Path, predicted: &[Predicted]) -> std::io::Result<()> {
    let mut to = BufWriter::new(std::fs::File::create(path)?);
    for one in predicted {
        writeln!(to, "{}\t{}", one.row, one.p)?;
    }
    to.flush()
}

fn tell(evaluated: &Evaluated, json: bool) -> anyhow::Result<()> {
    if json {
        say(serde_json::to_string(evaluated)?);
        return Ok(());
    }
    let Measured { auc, rmse, log_loss, ece } = evaluated.measures;
    let told = |figure: Option<f64>| figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.4}"));
    say(format!("AUC {}  RMSE {}  log loss {}  ECE {}", told(auc), told(rmse), told(log_loss), told(ece)));
    say(format!("{} answers of {} held-out students predicted", evaluated.rows, evaluated.users));
    say(format!(
        "{} items, {} skills; fitted in {:.2} s from {} answers of {} students",
        evaluated.items, evaluated.skills, evaluated.fit_seconds, evaluated.rows_fitted, evaluated.users_fitted
    ));
    Ok(())
}
