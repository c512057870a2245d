//! Plays the pre-test against a line protocol, for measuring it with simulated students of other makers:
//! `place --graph FILE.csv [--questions K] [--seed S]` prints a skill id, reads `1`, `0`, `dontknow`, `report`
//! or `new`, and prints one JSON line at the end. With `--bench` it times the choice of a question instead.

#![allow(clippy::print_stdout)]

use curriculum::SkillId;
use engine::{
    Parameters,
    placement::{Outcome, Placement, PlacementResult, Prior, Step, Stopped, Terrain, TerrainSkill},
};
use std::{
    collections::BTreeSet,
    io::{BufRead, Write},
    time::Instant,
};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut graph, mut questions, mut seed, mut bench) = (String::new(), 25, 1, false);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("a value follows the flag");
        match argument.as_str() {
            "--graph" => graph = value(),
            "--questions" => questions = value().parse().expect("a number"),
            "--seed" => seed = value().parse().expect("a number"),
            "--bench" => bench = true,
            other => panic!("unknown flag {other}"),
        }
    }
    let parameters = Parameters { placement_questions: (8, questions), ..Parameters::default() };
    let start = Instant::now();
    let prior = Prior::new(Terrain::new(&read(&graph)), &parameters);
    if bench {
        println!("prior {:?}", start.elapsed());
    }
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    if bench {
        return time(&prior, &parameters, &askable);
    }
    while one(&prior, &parameters, &askable, seed) {}
}

/// One student; false at the end of input.
fn one(prior: &Prior, parameters: &Parameters, askable: &BTreeSet<SkillId>, seed: i64) -> bool {
    let mut run = Placement::resume_from(prior, parameters, None, seed, &[]);
    let mut lines = std::io::stdin().lock().lines();
    loop {
        match run.next(askable) {
            Step::Done(result) => {
                say(&json(&result));
                return lines.next().is_some_and(|line| line.is_ok_and(|line| line.trim() == "new"));
            }
            Step::Ask(skill) => {
                say(skill.as_str());
                let outcome = loop {
                    let Some(Ok(line)) = lines.next() else { return false };
                    match line.trim() {
                        "report" => say(&json(&run.result(Stopped::Limit))),
                        "1" => break Outcome::Right,
                        "0" => break Outcome::Wrong,
                        _ => break Outcome::DontKnow,
                    }
                };
                run.answer(&skill, outcome, 0);
            }
        }
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("standard output is open");
    out.flush().expect("standard output is open");
}

fn json(result: &PlacementResult) -> String {
    let stopped = &result.stopped;
    serde_json::json!({"p": result.p0, "known": result.known, "frontier": result.frontier, "uncertain": result.uncertain,
        "asked": result.asked, "stopped": stopped})
    .to_string()
}

fn time(prior: &Prior, parameters: &Parameters, askable: &BTreeSet<SkillId>) {
    let start = Instant::now();
    let mut run = Placement::resume_from(prior, parameters, None, 42, &[]);
    println!("begin {:?}", start.elapsed());
    for nth in 0..25 {
        let start = Instant::now();
        let step = run.next(askable);
        let next = start.elapsed();
        let Step::Ask(skill) = step else { return };
        let outcome = [Outcome::Right, Outcome::Wrong, Outcome::Right, Outcome::DontKnow][nth % 4];
        let start = Instant::now();
        run.answer(&skill, outcome, 0);
        println!("{nth} answers: next {next:?}, taking the answer {:?}", start.elapsed());
    }
}

/// A comma-separated file with the columns of Junyi's exercise table.
fn read(path: &str) -> Vec<TerrainSkill> {
    let text = std::fs::read_to_string(path).expect("the graph file can be read");
    let mut rows = text.trim_start_matches('\u{feff}').lines().map(cells);
    let head = rows.next().expect("a head line");
    let column = |name: &str| head.iter().position(|cell| cell == name).expect("the column is there");
    let (name, needs, topic, area) = (column("name"), column("prerequisites"), column("topic"), column("area"));
    let mut known = BTreeSet::new();
    rows.filter(|row| row.len() > area && known.insert(row[name].clone()))
        .map(|row| TerrainSkill {
            id: row[name].clone(),
            topic: row[topic].clone(),
            area: row[area].clone(),
            needs: row[needs].split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        })
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("there is always a cell").push(other),
        }
    }
    cells
}
