//! Simulated students of a bare graph take the pre-test.

use super::{
    Place,
    judged::{Judged, MARKS},
};
use engine::placement::{Outcome, Placement, Prior, Step};
use serde_json::json;
use simulation::{Generator, GraphAnswer, GraphSkill, GraphWorld};
use std::{collections::BTreeSet, process::ExitCode, time::Instant};

/// Lets them take it and tells how it did.
pub fn run(place: &Place, prior: &Prior, students: u64, generator: Generator) -> anyhow::Result<ExitCode> {
    let terrain = &prior.terrain;
    let skill = |nth: usize| GraphSkill { topic: terrain.topic[nth], needs: terrain.needs[nth].clone() };
    let skills: Vec<GraphSkill> = (0..terrain.skills.len()).map(skill).collect();
    let world = GraphWorld::new(&skills, generator, place.seed as u64);
    let began = Instant::now();
    let mut judged = Judged::default();
    for number in 0..students {
        one(place, prior, &world, number, &mut judged);
    }
    let mut told = judged.told();
    told.insert("skills".into(), json!(skills.len()));
    told.insert("generator".into(), json!(format!("{generator:?}").to_lowercase()));
    told.insert("seed".into(), json!(place.seed));
    told.insert("questions".into(), json!(place.questions));
    told.insert("seconds".into(), json!(began.elapsed().as_secs_f64().round()));
    super::course::tell(place, told.into());
    Ok(ExitCode::SUCCESS)
}

fn one(place: &Place, prior: &Prior, world: &GraphWorld, number: u64, judged: &mut Judged) {
    let parameters = place.parameters();
    let askable: BTreeSet<_> = prior.terrain.skills.iter().cloned().collect();
    let mut student = world.student(number);
    let seed = place.seed.wrapping_mul(100_003).wrapping_add(number as i64);
    let mut run = Placement::resume(prior, &parameters, None, seed, &[]);
    let belief = |run: &Placement| run.chances().map(|(_, p)| p).collect::<Vec<f64>>();
    let mut asked = 0;
    let mut since = Instant::now();
    while asked < place.questions {
        let Step::Ask(skill) = run.next(&askable) else { break };
        judged.took(since.elapsed());
        let answer = student.answer(prior.terrain.place(&skill).expect("it asks what is there"));
        let outcome = match answer {
            GraphAnswer::Right => Outcome::Right,
            GraphAnswer::Wrong => Outcome::Wrong,
            GraphAnswer::DontKnow => Outcome::DontKnow,
        };
        since = Instant::now();
        run.answer(&skill, outcome, 0);
        asked += 1;
        if MARKS.contains(&asked) {
            let marked = since.elapsed();
            judged.mark(asked, &belief(&run), &student.known);
            // Looking is not choosing.
            since = Instant::now() - marked;
        }
    }
    let p = belief(&run);
    MARKS.iter().filter(|mark| **mark > asked && **mark <= place.questions).for_each(|mark| {
        judged.mark(*mark, &p, &student.known);
    });
    judged.end(&p, &student.known, asked);
}
