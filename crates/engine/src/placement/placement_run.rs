//! One pre-test: resumed from its seed and answers, asking, and coming to a result.

use super::{
    Outcome, Terrain, choose,
    draw::{Chance, Quantiles},
    particles::{Particles, Weighed, likelihood},
    population::Population,
};
use crate::{facts::CourseFacts, parameters::Parameters, record::Placed};
use curriculum::{CourseId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Mean certainty at which it may stop.
const CERTAIN_ENOUGH: f32 = 0.95;
/// When no answer is expected to tell more than this (nats), the plan would stay as it is.
const TELLS_NOTHING: f64 = 0.04;
/// Share of the particles below which they are drawn anew.
const EFFECTIVE_SHARE: f64 = 1.0 / 3.0;
/// Below this chance a skill is taken as not known; between it and "known" it is uncertain.
const UNCERTAIN_FROM: f32 = 0.30;

/// A pre-test under way.
pub struct Placement<'t> {
    terrain: &'t Terrain,
    marginals: Vec<f32>,
    asked: Vec<(usize, Outcome)>,
    questions: (usize, usize),
    known_at: f32,
    /// A question was asked only to end on a likely success.
    closed: bool,
}

/// What comes next in a pre-test.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Ask an item of this skill.
    Ask(SkillId),
    /// It has ended.
    Done(PlacementResult),
}

/// What a pre-test concluded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacementResult {
    /// Chance that it is known, by skill.
    pub p0: BTreeMap<SkillId, f64>,
    /// Skills placed as known.
    pub known: Vec<SkillId>,
    /// Skills to begin with: not known, and all that they need is.
    pub frontier: Vec<SkillId>,
    /// Skills that it could not tell.
    pub uncertain: Vec<SkillId>,
    /// Why it ended.
    pub stopped: Stopped,
    /// Questions asked.
    pub asked: usize,
}

/// Why a pre-test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// It is certain enough of nearly every skill.
    Confident,
    /// Nothing that could be asked would change the plan.
    Plan,
    /// As many questions as are asked at most, or nothing left to ask.
    Limit,
}

impl<'t> Placement<'t> {
    /// Folds seed and answers. Answers on skills that the terrain does not have are passed over.
    pub fn resume(
        terrain: &'t Terrain,
        parameters: &Parameters,
        grade: Option<u8>,
        seed: i64,
        answers: &[(SkillId, Outcome, u16)],
    ) -> Self {
        let quantiles = Quantiles::new();
        let population = Population::new(terrain, &quantiles, grade);
        let mut chance: Chance<'_> = population.chance(seed as u64);
        let skills = terrain.skills.len();
        let mut particles = Particles::draw(&population, parameters.particles, skills, &mut chance);
        let (least, most) = parameters.placement_questions;
        let mut run = Self {
            terrain,
            marginals: particles.marginals(),
            asked: Vec::new(),
            questions: (least.min(most), most),
            known_at: parameters.known_at as f32,
            closed: false,
        };
        let mut weighed: Vec<Weighed> = Vec::new();
        for (skill, outcome, options) in answers {
            let Some(place) = terrain.place(skill) else { continue };
            run.closed |= run.wants_to_stop().is_some();
            let answer = Weighed { skill: place, likelihood: likelihood(*outcome, *options) };
            weighed.push(answer);
            particles.weigh(answer);
            if particles.effective() < EFFECTIVE_SHARE * parameters.particles as f64 {
                particles.resample(&population, &weighed, &mut chance);
            }
            run.asked.push((place, *outcome));
            run.marginals = particles.marginals();
        }
        run
    }

    /// The next question among the skills that can be asked, or the result.
    pub fn next(&self, askable: &BTreeSet<SkillId>) -> Step {
        let open = self.open(askable);
        let stopped = match self.wants_to_stop() {
            _ if self.asked.len() >= self.questions.1 || open.is_empty() => Some(Stopped::Limit),
            Some(stopped) if self.closed || self.ended_well() => Some(stopped),
            Some(_) => None,
            None => None,
        };
        if let Some(stopped) = stopped {
            return Step::Done(self.result(stopped));
        }
        let last_of_all = self.asked.len() + 1 == self.questions.1 && !self.ended_well();
        let question = if self.wants_to_stop().is_some() || last_of_all {
            choose::likely_success(&self.marginals, &open)
        } else {
            choose::next(self.terrain, &self.marginals, &open, &self.asked)
        };
        match question {
            Some(skill) => Step::Ask(self.terrain.skills[skill].clone()),
            None => Step::Done(self.result(Stopped::Limit)),
        }
    }

    /// Chance of each skill being known, in the terrain's order.
    pub fn chances(&self) -> impl Iterator<Item = (&SkillId, f64)> {
        self.terrain.skills.iter().zip(self.marginals.iter().map(|chance| f64::from(*chance)))
    }

    /// The result as of now.
    pub fn result(&self, stopped: Stopped) -> PlacementResult {
        let is_known = |skill: usize| self.marginals[skill] >= self.known_at;
        let ids = |keep: &dyn Fn(usize) -> bool| {
            let places = (0..self.terrain.skills.len()).filter(|skill| keep(*skill));
            places.map(|skill| self.terrain.skills[skill].clone()).collect()
        };
        let needs_known = |skill: usize| self.terrain.needs[skill].iter().all(|below| is_known(*below));
        PlacementResult {
            p0: self.chances().map(|(skill, chance)| (skill.clone(), (chance * 1e4).round() / 1e4)).collect(),
            known: ids(&is_known),
            frontier: ids(&|skill| !is_known(skill) && needs_known(skill)),
            uncertain: ids(&|skill| !is_known(skill) && self.marginals[skill] >= UNCERTAIN_FROM),
            stopped,
            asked: self.asked.len(),
        }
    }

    fn open(&self, askable: &BTreeSet<SkillId>) -> Vec<usize> {
        let asked: BTreeSet<usize> = self.asked.iter().map(|(skill, _)| *skill).collect();
        let places = (0..self.terrain.skills.len()).filter(|skill| !asked.contains(skill));
        places.filter(|skill| askable.contains(&self.terrain.skills[*skill])).collect()
    }

    fn ended_well(&self) -> bool {
        self.asked.last().is_some_and(|(_, outcome)| *outcome == Outcome::Right)
    }

    fn wants_to_stop(&self) -> Option<Stopped> {
        if self.asked.len() < self.questions.0 {
            return None;
        }
        let certain: f32 = self.marginals.iter().map(|chance| chance.max(1.0 - chance)).sum();
        if certain / self.marginals.len().max(1) as f32 >= CERTAIN_ENOUGH {
            return Some(Stopped::Confident);
        }
        let open = |skill: &usize| self.asked.iter().all(|(asked, _)| asked != skill);
        let most = (0..self.marginals.len())
            .filter(open)
            .map(|skill| choose::tells(self.marginals[skill]))
            .fold(0.0, f64::max);
        (most < TELLS_NOTHING).then_some(Stopped::Plan)
    }
}

impl PlacementResult {
    /// The event's body, to be stored with the id of [`crate::record::Derived::placed`].
    pub fn placed(self, facts: &CourseFacts, parameters: &Parameters, cause: Uuid) -> Placed {
        let course: CourseId = facts.id.clone();
        Placed {
            course,
            cause,
            p0: self.p0,
            known: self.known,
            frontier: self.frontier,
            uncertain: self.uncertain,
            versions: crate::parameters::Versions::new(parameters, &facts.version),
        }
    }
}
