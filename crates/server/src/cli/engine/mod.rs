//! `tandem engine ...`: the engine on files, without a server or a school. Each prints what it found and nothing else.

mod bench;
mod detect;
mod evaluate;
mod fit;
mod forecast;
mod logs;
mod math;
mod place;
mod plan;
mod simulate;

use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Asks the engine, on files, without a server.
#[derive(Args)]
pub struct Engine {
    #[command(subcommand)]
    ask: Ask,
}

#[derive(Subcommand)]
enum Ask {
    /// Compares mathematics as a student writes it with a key.
    Math(math::Compare),
    /// Takes a pre-test over a graph or a course.
    Place(place::Place),
    /// Plans a class again and tells how long it took.
    Plan(plan::PlanAgain),
    /// Lets simulated students follow their plans and tells how often what was forecast came true.
    Forecast(forecast::Forecasts),
    /// Lets simulated students learn under a policy and compares what they truly know.
    Simulate(simulate::Simulate),
    /// Measures how well a model predicts the answers of students it has not seen.
    Evaluate(evaluate::Evaluate),
    /// Fits the engine's constants to a log.
    Fit(fit::Fit),
    /// Measures how often alerts are right, and how much they miss, on histories with planted trouble.
    Detect(detect::Detect),
    /// Measures how fast the engine is.
    Bench(bench::Bench),
}

impl Engine {
    /// Runs it to its end.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.ask {
            Ask::Math(compare) => compare.run(),
            Ask::Place(place) => place.run(),
            Ask::Plan(plan) => plan.run(),
            Ask::Forecast(forecasts) => forecasts.run(),
            Ask::Simulate(simulate) => simulate.run(),
            Ask::Evaluate(evaluate) => evaluate.run(),
            Ask::Fit(fit) => fit.run(),
            Ask::Detect(detect) => detect.run(),
            Ask::Bench(bench) => bench.run(),
        }
    }
}
