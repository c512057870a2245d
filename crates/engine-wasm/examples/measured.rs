//! The native side of `cargo xtask measure browser`: the same answers in the same batches, and the same requests of
//! pre-tests, as in a browser (`web/e2e/engine-speed/measured.ts`). Prints one JSON object.
//!
//! `measured REQUESTS RUNS BATCHES ANSWERS`: a file of requests, each with a tab and the answer that WebAssembly gave.

use engine_wasm::{Session, ask, measure::Online};
use serde_json::json;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [requests, numbers @ ..] = &arguments[..] else { panic!("REQUESTS RUNS BATCHES ANSWERS") };
    let numbers: Vec<usize> = numbers.iter().map(|word| word.parse().expect("a number")).collect();
    let [runs, batches, answers] = numbers[..] else { panic!("RUNS BATCHES ANSWERS") };
    let text = std::fs::read_to_string(requests).expect("the requests");
    let lines: Vec<(&str, &str)> = text.lines().map(|line| line.split_once('\t').expect("two fields")).collect();
    let told = json!({ "online": online(runs, batches, answers), "pre_test": pre_test(runs, &lines) });
    #[allow(clippy::print_stdout, reason = "what it is for")]
    {
        println!("{told}");
    }
}

/// Seconds of each run, and the sum of its chances.
fn online(runs: usize, batches: usize, answers: usize) -> serde_json::Value {
    let mut online = Online::default();
    let batches: Vec<Vec<u8>> = (0..batches).map(|_| online.draw(answers)).collect();
    let (mut seconds, mut sum) = (Vec::new(), 0.0);
    for _ in 0..runs {
        online.begin();
        sum = 0.0;
        let begun = Instant::now();
        for batch in &batches {
            sum = online.take(batch).iter().fold(sum, |sum, chance| sum + chance);
        }
        seconds.push(begun.elapsed().as_secs_f64());
    }
    json!({ "seconds": seconds, "sum": sum })
}

/// Milliseconds of every request, run by run, and how many answers were others.
fn pre_test(runs: usize, lines: &[(&str, &str)]) -> serde_json::Value {
    let (mut milliseconds, mut different) = (Vec::new(), 0);
    for _ in 0..runs {
        let mut session = Session::default();
        let mut of_run = Vec::new();
        for (request, answer) in lines {
            let begun = Instant::now();
            let told = ask(&mut session, request.as_bytes());
            of_run.push(begun.elapsed().as_secs_f64() * 1e3);
            different += usize::from(told != answer.as_bytes());
        }
        milliseconds.push(of_run);
    }
    json!({ "milliseconds": milliseconds, "different": different })
}
