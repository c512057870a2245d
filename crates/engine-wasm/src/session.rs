//! What stays in the module between two requests, and the answers.

use crate::requests::{Grade, Place, Placed, Request};
use curriculum::SkillId;
use engine::{
    Parameters,
    grading::against_key,
    placement::{Placement, Prior, Step, Terrain, TerrainSkill},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The state of one module: the pre-test under way.
#[derive(Default)]
pub struct Session {
    pre_test: Option<PreTest>,
}

/// Kept as it stands, so that the last question is chosen as soon as the first.
struct PreTest {
    run: Placement,
    askable: BTreeSet<SkillId>,
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
    let judgement = against_key(&asked.question, &asked.shown, &asked.buggy, &asked.response, &asked.lang);
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
        let parameters = Parameters::default();
        let prior = Prior::new(Terrain::new(&skills), &parameters);
        let askable = prior.terrain.skills.iter().cloned().collect();
        Self { run: Placement::resume(&prior, &parameters, None, place.seed, &[]), askable }
    }

    fn take(&mut self, placed: Placed) {
        self.run.answer(&placed.skill, placed.outcome, placed.options);
    }

    fn next(&self) -> Value {
        match self.run.next(&self.askable) {
            Step::Ask(skill) => json!({ "next": skill }),
            Step::Done(result) => json!({
                "p": result.p0, "known": result.known, "frontier": result.frontier,
                "uncertain": result.uncertain, "asked": result.asked,
            }),
        }
    }
}
