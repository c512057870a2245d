//! One pre-test: resumed from its seed and answers, asking, and coming to a result.

use super::{
    Outcome, Terrain, choose,
    draw::Chance,
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
/// What remains of the certainty that a skill is known which was not itself asked: every child has holes that no
/// other answer shows. Worked number: .95 by inference is placed as .922, .92 as .892 and so not as known.
const INFERRED: f32 = 0.97;
/// Share of the particles below which they are drawn anew.
const EFFECTIVE_SHARE: f64 = 1.0 / 3.0;
/// Below this chance a skill is taken as not known; between it and "known" it is uncertain.
const UNCERTAIN_FROM: f32 = 0.30;

/// Seed of the particles before any answer: the same for every student, so that they are drawn once a course.
const PRIOR_SEED: u64 = 0x7a4d_656d;

/// The particles of a course before any answer, to be kept beside its facts.
pub struct Prior {
    /// The skills.
    pub terrain: Terrain,
    particles: Particles,
}

impl Prior {
    /// Draws the particles.
    pub fn new(terrain: Terrain, parameters: &Parameters) -> Self {
        let particles = prior(&terrain, parameters);
        Self { terrain, particles }
    }
}

fn prior(terrain: &Terrain, parameters: &Parameters) -> Particles {
    let mut chance = Chance::new(PRIOR_SEED);
    Particles::draw(&Population::new(terrain), parameters.particles.max(1), terrain.skills.len(), &mut chance)
}

/// A pre-test under way.
#[derive(Clone)]
pub struct Placement<'t> {
    terrain: &'t Terrain,
    particles: Particles,
    weighed: Vec<Weighed>,
    seed: u64,
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
    /// Folds seed and answers. Answers on skills that the terrain does not have are passed over. Where a
    /// [`Prior`] is kept, [`Placement::resume_from`] gives the same, sooner.
    pub fn resume(
        terrain: &'t Terrain,
        parameters: &Parameters,
        grade: Option<u8>,
        seed: i64,
        answers: &[(SkillId, Outcome, u16)],
    ) -> Self {
        Self::begin(terrain, prior(terrain, parameters), parameters, grade, seed).after(answers)
    }

    /// Folds seed and answers onto the particles that are kept for the course.
    pub fn resume_from(
        prior: &'t Prior,
        parameters: &Parameters,
        grade: Option<u8>,
        seed: i64,
        answers: &[(SkillId, Outcome, u16)],
    ) -> Self {
        Self::begin(&prior.terrain, prior.particles.clone(), parameters, grade, seed).after(answers)
    }

    fn begin(
        terrain: &'t Terrain,
        mut particles: Particles,
        parameters: &Parameters,
        grade: Option<u8>,
        seed: i64,
    ) -> Self {
        if let Some(grade) = grade {
            particles.weigh_grade(grade);
        }
        let (least, most) = parameters.placement_questions;
        Self {
            terrain,
            marginals: particles.marginals(),
            particles,
            weighed: Vec::new(),
            seed: seed as u64,
            asked: Vec::new(),
            questions: (least.min(most), most),
            known_at: parameters.known_at as f32,
            closed: false,
        }
    }

    fn after(mut self, answers: &[(SkillId, Outcome, u16)]) -> Self {
        for (skill, outcome, options) in answers {
            self.answer(skill, *outcome, *options);
        }
        self
    }

    /// Takes one more answer.
    pub fn answer(&mut self, skill: &SkillId, outcome: Outcome, options: u16) {
        let Some(place) = self.terrain.place(skill) else { return };
        self.closed |= self.wants_to_stop().is_some();
        let answer = Weighed { skill: place, likelihood: likelihood(outcome, options) };
        self.weighed.push(answer);
        self.particles.weigh(answer);
        if self.particles.effective() < EFFECTIVE_SHARE * self.particles.len() as f64 {
            let mut chance = Chance::new(self.seed.wrapping_add(self.weighed.len() as u64));
            self.particles.resample(&Population::new(self.terrain), &self.weighed, &mut chance);
        }
        self.asked.push((place, outcome));
        self.marginals = self.particles.marginals();
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
        let last_of_all = self.asked.len() + 1 >= self.questions.1;
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
        self.terrain.skills.iter().enumerate().map(|(skill, id)| (id, f64::from(self.chance_of(skill))))
    }

    fn chance_of(&self, skill: usize) -> f32 {
        let asked = self.asked.iter().any(|(asked, _)| *asked == skill);
        self.marginals[skill] * if asked { 1.0 } else { INFERRED }
    }

    /// The result as of now.
    pub fn result(&self, stopped: Stopped) -> PlacementResult {
        let chance = |skill: usize| self.chance_of(skill);
        let is_known = |skill: usize| chance(skill) >= self.known_at;
        let ids = |keep: &dyn Fn(usize) -> bool| {
            let places = (0..self.terrain.skills.len()).filter(|skill| keep(*skill));
            places.map(|skill| self.terrain.skills[skill].clone()).collect()
        };
        let needs_known = |skill: usize| self.terrain.needs[skill].iter().all(|below| is_known(*below));
        PlacementResult {
            p0: self.chances().map(|(skill, chance)| (skill.clone(), (chance * 1e4).round() / 1e4)).collect(),
            known: ids(&is_known),
            frontier: ids(&|skill| !is_known(skill) && needs_known(skill)),
            uncertain: ids(&|skill| !is_known(skill) && chance(skill) >= UNCERTAIN_FROM),
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
