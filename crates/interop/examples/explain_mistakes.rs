//! Prints what is said to wrong answers written by hand (`tests/mistakes/*.tsv`), for judging by eye:
//! `cargo run -p interop --example explain_mistakes -- FILE`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;
#[path = "../tests/support/mistakes.rs"]
mod mistakes;

fn main() {
    let file = std::env::args().nth(1).unwrap_or_else(|| "by_hand".to_owned());
    let Some(said) = mistakes::said(&file) else { return };
    for one in &said {
        println!(
            "{:6} {:5} µs {}\t{}\t{}\t{}",
            one.share(),
            one.micros,
            one.step,
            one.given,
            one.mistake,
            one.code.as_deref().unwrap_or("-")
        );
    }
    let slowest = said.iter().map(|one| one.micros).max().unwrap_or(0);
    println!("{}; slowest {slowest} µs", mistakes::summary(&said));
}
