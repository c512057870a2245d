//! `tandem engine detect`: how often alerts are right (precision) and how much of what was planted they find (recall), on
//! whole histories of simulated students (`simulation::planted`), which share no code with the rules.
//!
//! What is counted is a sitting: planted or not, raised or not. Set aside are sittings of students to whom rules about time
//! do not apply, and those in which nobody can say: a skill tried five times or more without (or before) being learned though
//! nothing was planted, and three to five usual times of true work on one question.

mod watched;

use crate::cli::data::say;
use clap::Args;
use engine::detect::Rule;
use serde::Serialize;
use simulation::planted::{History, Sitting, Trouble, history};
use std::process::ExitCode;
use watched::{Ground, raised};

/// Skills of the histories.
const SKILLS: usize = 12;
/// Usual times on one question from which a student is stuck, and from which nobody can say.
const STUCK_FROM: f64 = 5.0;
const UNCLEAR_FROM: f64 = 3.0;
/// And it takes so long at least.
const STUCK_FROM_MS: i64 = 150_000;
/// What bar 13 asks for.
const MUST: (f64, f64) = (0.9, 0.8);

/// Measures how often alerts are right, and how much they miss.
#[derive(Args)]
pub struct Detect {
    /// Students.
    #[arg(long, default_value_t = 400)]
    students: u64,
    /// Decides everything that is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object on standard output.
    #[arg(long)]
    json: bool,
}

/// One rule against one trouble.
#[derive(Serialize)]
struct Measured {
    rule: Rule,
    sittings: u32,
    set_aside: u32,
    planted: u32,
    raised: u32,
    both: u32,
    precision: f64,
    recall: f64,
    met: bool,
}

#[derive(Serialize)]
struct Report {
    students: u64,
    seed: u64,
    rules: Vec<Measured>,
}

/// Which rule is to find which trouble, and whether it looks at times.
const PAIRS: [(Trouble, Rule, bool); 5] = [
    (Trouble::Hurries, Rule::Quick, true),
    (Trouble::FlicksHints, Rule::HintsUnread, true),
    (Trouble::Stuck, Rule::Stuck, true),
    (Trouble::Spins, Rule::WheelSpinning, false),
    (Trouble::WrongIdea, Rule::Misconception, false),
];

impl Detect {
    /// Prints the figures; ends with 1 where a rule misses its bar.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let ground = Ground::new(SKILLS);
        let seen: Vec<_> = (0..self.students)
            .map(|nth| {
                let history = history(self.seed, nth);
                let raised = raised(&ground, &history);
                (history, raised)
            })
            .collect();
        let rules: Vec<Measured> = PAIRS.iter().map(|pair| measured(&seen, *pair)).collect();
        let met = rules.iter().all(|rule| rule.met);
        let report = Report { students: self.students, seed: self.seed, rules };
        if self.json {
            say(serde_json::to_string(&report)?);
        } else {
            say("rule             sittings  planted  raised  both  precision  recall");
            for rule in &report.rules {
                let name = serde_json::to_value(rule.rule)?;
                say(format_args!(
                    "{:<16}{:>9}{:>9}{:>8}{:>6}{:>11.3}{:>8.3}{}",
                    name.as_str().unwrap_or_default(),
                    rule.sittings,
                    rule.planted,
                    rule.raised,
                    rule.both,
                    rule.precision,
                    rule.recall,
                    if rule.met { "" } else { "  missed" }
                ));
            }
        }
        Ok(if met { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

type Seen = (History, Vec<std::collections::BTreeSet<Rule>>);

fn measured(seen: &[Seen], (trouble, rule, on_times): (Trouble, Rule, bool)) -> Measured {
    let (mut sittings, mut set_aside, mut planted, mut found, mut both) = (0, 0, 0, 0, 0);
    for (history, raised) in seen {
        for (sitting, raised) in history.sittings.iter().zip(raised) {
            if is_set_aside(history, sitting, trouble, on_times) {
                set_aside += 1;
                continue;
            }
            let (is_planted, is_raised) = (is_true(sitting, trouble), raised.contains(&rule));
            sittings += 1;
            planted += u32::from(is_planted);
            found += u32::from(is_raised);
            both += u32::from(is_planted && is_raised);
        }
    }
    let share = |of: u32| if of == 0 { 0.0 } else { f64::from(both) / f64::from(of) };
    let (precision, recall) = (share(found), share(planted));
    let met = precision >= MUST.0 && recall >= MUST.1;
    Measured { rule, sittings, set_aside, planted, raised: found, both, precision, recall, met }
}

/// What is truly the matter: what was planted, and whoever worked on one question five times as long as usual, for whatever reason.
fn is_true(sitting: &Sitting, trouble: Trouble) -> bool {
    let long = sitting.longest >= STUCK_FROM && sitting.longest_ms >= STUCK_FROM_MS;
    sitting.planted == Some(trouble) || (trouble == Trouble::Stuck && long)
}

/// Nobody can say whether it is the matter, or the rule is off for this student.
fn is_set_aside(history: &History, sitting: &Sitting, trouble: Trouble, on_times: bool) -> bool {
    if is_true(sitting, trouble) {
        return on_times && history.reads_aloud;
    }
    let unclear = match trouble {
        Trouble::Spins => sitting.unclear_spin,
        Trouble::Stuck => sitting.longest >= UNCLEAR_FROM,
        _ => false,
    };
    unclear || (on_times && history.reads_aloud)
}
