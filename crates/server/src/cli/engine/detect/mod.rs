//! `tandem engine detect`: how often alerts are right (precision) and how much of what was planted they find (recall), on
//! whole histories of simulated students (`simulation::planted`), which share no code with the rules.
//!
//! What is counted is a sitting: truly so or not, raised or not. Set aside are sittings of students to whom rules about time
//! do not apply, and those in which nobody could say, by the population's own word.

mod watched;

use crate::cli::data::say;
use clap::{Args, ValueEnum};
use engine::detect::Rule;
use serde::Serialize;
use simulation::planted::{History, Population, Sitting, Trouble, history};
use std::process::ExitCode;
use watched::{Ground, raised};

/// Skills of the histories.
const SKILLS: usize = 12;
/// What bar 13 asks for.
const MUST: (f64, f64) = (0.9, 0.8);

/// Measures how often alerts are right, and how much they miss.
#[derive(Args)]
pub struct Detect {
    /// How students are made and trouble is planted.
    #[arg(long, value_enum, default_value_t = PopulationName::States)]
    population: PopulationName,
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

/// See [`simulation::planted::Population`].
#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
enum PopulationName {
    States,
    Strengths,
}

impl From<PopulationName> for Population {
    fn from(name: PopulationName) -> Self {
        match name {
            PopulationName::States => Self::States,
            PopulationName::Strengths => Self::Strengths,
        }
    }
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
    population: PopulationName,
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
        let population = self.population.into();
        let seen: Vec<_> = (0..self.students)
            .map(|nth| {
                let history = history(population, self.seed, nth);
                let raised = raised(&ground, &history);
                (history, raised)
            })
            .collect();
        let rules: Vec<Measured> = PAIRS.iter().map(|pair| measured(&seen, *pair)).collect();
        let met = rules.iter().all(|rule| rule.met);
        let report = Report { population: self.population, students: self.students, seed: self.seed, rules };
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
            let (is_planted, is_raised) = (sitting.held.contains(&trouble), raised.contains(&rule));
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

/// Nobody could say whether it is the matter, or the rule is off for this student.
fn is_set_aside(history: &History, sitting: &Sitting, trouble: Trouble, on_times: bool) -> bool {
    sitting.unclear.contains(&trouble) || (on_times && history.reads_aloud)
}
