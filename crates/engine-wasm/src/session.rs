//! What stays in the module between two requests, and the answers.

use crate::requests::{Grade, Place, Placed, Request};
use curriculum::SkillId;
use engine::{
    Parameters,
    grading::against_key,
    placement::{Outcome, Placement, Prior, Step, Terrain, TerrainSkill},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The state of one module: the pre-test under way.
#[derive(Default)]
pub struct Session {
    pre_test: Option<PreTest>,
}

struct PreTest {
    prior: Prior,
    seed: i64,
    answers: Vec<(SkillId, Outcome, u16)>,
}

impl Session {
    /// Answers one request, or says what is wrong with it.
    pub(crate) fn answer(&mut self, request: Request) -> Result<Value, String> {
        match request {
            Request::Grade(grade) => judged(&grade),
            Request::Place(place) => Ok(self.pre_test.insert(PreTest::begin(place)).next()),
            Request::Placed(placed) => {
                let pre_test = self.pre_test.as_mut().ok_or("no pre-test was begun")?;
                pre_test.take(placed);
                Ok(pre_test.next())
            }
        }
    }
}

fn judged(asked: &Grade) -> Result<Value, String> {
    let judgement = against_key(&asked.question, &asked.buggy, &asked.response, &asked.lang);
    serde_json::to_value(judgement).map_err(|problem| problem.to_string())
}

impl PreTest {
    fn begin(place: Place) -> Self {
        let skills: Vec<TerrainSkill> = place
            .skills
            .into_iter()
            .map(|skill| TerrainSkill {
                id: skill.id,
                topic: skill.topic,
                area: skill.area,
                needs: skill.prerequisites,
            })
            .collect();
        let prior = Prior::new(Terrain::new(&skills), &Parameters::default());
        Self { prior, seed: place.seed, answers: Vec::new() }
    }

    fn take(&mut self, placed: Placed) {
        self.answers.push((placed.skill, placed.outcome, placed.options));
    }

    fn next(&self) -> Value {
        let parameters = Parameters::default();
        let placement = Placement::resume(&self.prior, &parameters, None, self.seed, &self.answers);
        let askable: BTreeSet<SkillId> = self.prior.terrain.skills.iter().cloned().collect();
        match placement.next(&askable) {
            Step::Ask(skill) => json!({ "next": skill }),
            Step::Done(result) => json!({
                "p": result.p0, "known": result.known, "frontier": result.frontier,
                "uncertain": result.uncertain, "asked": result.asked,
            }),
        }
    }
}
