//! `tandem engine bench`: how fast the engine takes answers in, on one core. Medians of several runs, in time on the
//! processor.

mod clock;
mod online;
mod placement;
mod ready;
mod record;

use crate::cli::data::say;
use clap::Args;
pub(super) use clock::Clock;
use serde::Serialize;
use std::process::ExitCode;

/// Runs of each measurement; the median counts.
const RUNS: usize = 7;

/// Measures the engine on one core: answers taken in a second, folds of long records, late events, questions of a
/// pre-test; and, exactly rather than by the clock, how often readiness errs.
#[derive(Args)]
pub struct Bench {
    /// One JSON object instead of words.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Measured {
    /// Predictions with update by the response model a second, students taking turns.
    online_per_second: f64,
    /// The same for one student with little and much behind, nanoseconds each.
    online_after_10_ns: f64,
    online_after_10000_ns: f64,
    /// Predictions with update by item-aware knowledge tracing a second.
    tracing_per_second: f64,
    /// One step of the record's fold after 10 and after 10,000 answers, microseconds.
    step_after_10_us: f64,
    step_after_10000_us: f64,
    /// Folding a record of 10,000 answers anew, milliseconds, and answers a second.
    refold_10000_ms: f64,
    refold_per_second: f64,
    /// 500 events that come late into a record of 10,000: one fold over all, milliseconds.
    late_500_into_10000_ms: f64,
    /// From an answer of a pre-test to its next question over 835 skills, milliseconds by the clock.
    placement_next_median_ms: f64,
    placement_next_p99_ms: f64,
    /// Coming back to the last question of a pre-test: its answers folded anew.
    placement_resumed_ms: f64,
    /// Drawing a course's possible students, once.
    placement_prior_ms: f64,
    /// Share of those who never learn and guess one in five who are called ready within 12 tries.
    never_learners_ready_share: f64,
    /// Questions until who knows it, with a slip in ten, is called ready: on average, and for nine in ten.
    masters_need_mean: f64,
    masters_need_p90: usize,
    runs: usize,
}

impl Bench {
    /// Prints what was measured.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let online = online::measure();
        let record = record::measure();
        let placement = placement::measure();
        let ready = ready::measure();
        let measured = Measured {
            online_per_second: online.per_second,
            online_after_10_ns: online.after_10_ns,
            online_after_10000_ns: online.after_10000_ns,
            tracing_per_second: online.tracing_per_second,
            step_after_10_us: record.step_after_10_us,
            step_after_10000_us: record.step_after_10000_us,
            refold_10000_ms: record.refold_ms,
            refold_per_second: 10_000.0 / (record.refold_ms / 1000.0),
            late_500_into_10000_ms: record.late_ms,
            placement_next_median_ms: placement.median_ms,
            placement_next_p99_ms: placement.p99_ms,
            placement_resumed_ms: placement.resumed_ms,
            placement_prior_ms: placement.prior_ms,
            never_learners_ready_share: ready.never_learners_share,
            masters_need_mean: ready.masters_need_mean,
            masters_need_p90: ready.masters_need_p90,
            runs: RUNS,
        };
        if self.json {
            say(serde_json::to_string(&measured)?);
        } else {
            say(serde_json::to_string_pretty(&measured)?);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The median time of several runs, in seconds. Each run says what it came to, so that none is left out as unused.
fn median_seconds(mut run: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let started = Clock::start();
            std::hint::black_box(run());
            started.seconds()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}
