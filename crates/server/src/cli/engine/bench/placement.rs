//! A pre-test over as many skills as the largest graph has: how long a question takes to choose, and to come back to.

use super::{RUNS, median_seconds};
use curriculum::SkillId;
use engine::{
    Parameters,
    placement::{Outcome, Placement, Prior, Step, Terrain, TerrainSkill},
};
use std::{collections::BTreeSet, time::Instant};

const SKILLS: usize = 835;
/// Skills of one topic, each needing the one before it.
const STRAND: usize = 20;
const STUDENTS: usize = 12;

pub struct Chosen {
    pub median_ms: f64,
    pub p99_ms: f64,
    /// Folding 24 answers and choosing the question after them, as the server does it.
    pub resumed_ms: f64,
    /// Drawing the particles, once a course.
    pub prior_ms: f64,
}

/// Milliseconds by the clock: one question is too short for time on the processor to be told. Every question is chosen
/// several times, and the median of these counts, so that what else runs on the machine matters little.
pub fn measure() -> Chosen {
    let parameters = Parameters::default();
    let prior = Prior::new(terrain(), &parameters);
    let askable: BTreeSet<SkillId> = prior.terrain.skills.iter().cloned().collect();
    let (mut times, mut longest) = (Vec::new(), Vec::new());
    for student in 0..STUDENTS {
        let mut runs: Vec<Vec<f64>> = Vec::new();
        for _ in 0..RUNS {
            let (taken, answers) = play(&prior, &parameters, &askable, student);
            runs.push(taken);
            if answers.len() > longest.len() {
                longest = answers;
            }
        }
        times.extend((0..runs[0].len()).map(|question| {
            let mut same: Vec<f64> = runs.iter().map(|run| run[question]).collect();
            same.sort_by(f64::total_cmp);
            same[RUNS / 2]
        }));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    longest.pop();
    let resumed = median_seconds(|| {
        let run = Placement::resume(&prior, &parameters, None, 1, &longest);
        f64::from(u8::from(matches!(run.next(&askable), Step::Ask(_))))
    });
    let drawn = median_seconds(|| Prior::new(terrain(), &parameters).terrain.skills.len() as f64);
    Chosen { median_ms: at(0.5), p99_ms: at(0.99), resumed_ms: 1000.0 * resumed, prior_ms: 1000.0 * drawn }
}

/// Milliseconds from each answer to the next question, and the answers.
fn play(
    prior: &Prior,
    parameters: &Parameters,
    askable: &BTreeSet<SkillId>,
    student: usize,
) -> (Vec<f64>, Vec<(SkillId, Outcome, u16)>) {
    let (mut times, mut answers) = (Vec::new(), Vec::new());
    let mut run = Placement::resume(prior, parameters, None, student as i64, &[]);
    let mut step = run.next(askable);
    while let Step::Ask(skill) = step {
        let place = prior.terrain.place(&skill).expect("it asks what is there");
        // Each student stands at an own place in every strand, and slips on one question in seven.
        let stands = (STRAND * (student + 1) / (STUDENTS + 1) + place / STRAND % 5).saturating_sub(2);
        let right = (place % STRAND < stands) != (answers.len() % 7 == 6);
        let outcome = if right { Outcome::Right } else { Outcome::Wrong };
        let since = Instant::now();
        run.answer(&skill, outcome, 0);
        step = run.next(askable);
        times.push(1e3 * since.elapsed().as_secs_f64());
        answers.push((skill, outcome, 0));
    }
    (times, answers)
}

fn terrain() -> Terrain {
    let skill = |nth: usize| {
        let mut needs = Vec::new();
        if !nth.is_multiple_of(STRAND) {
            needs.push(format!("s{}", nth - 1));
            // Every fourth skill also needs one of the strand before.
            if nth > STRAND && nth.is_multiple_of(4) {
                needs.push(format!("s{}", nth - STRAND - 1));
            }
        }
        TerrainSkill {
            id: format!("s{nth}"),
            topic: format!("topic-{}", nth / STRAND),
            area: format!("area-{}", nth / STRAND / 5),
            needs,
        }
    };
    Terrain::new(&(0..SKILLS).map(skill).collect::<Vec<_>>())
}
