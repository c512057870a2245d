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
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

/// Mean certainty at which it may stop.
const CERTAIN_ENOUGH: f32 = 0.95;
/// When no answer is expected to tell more than this (nats), the plan would stay as it is: every skill that could be
/// asked is known with less than .15 or more than .86, so that hardly one answer would change what is taken as known.
const TELLS_LITTLE: f64 = 0.19;
/// After so many misses in a row, though easier questions came after the third, the student begins at the beginning
/// whatever else is asked.
const MISSES_MOST: usize = 8;
/// Share of the particles below which they are drawn anew.
const EFFECTIVE_SHARE: f64 = 1.0 / 3.0;
/// Below this chance a skill is taken as not known; between it and "known" it is uncertain.
const UNCERTAIN_FROM: f32 = 0.30;

/// From this chance on a skill is rather known than not.
const RATHER_KNOWN: f32 = 0.5;
/// Skills of a course that are next, at most: enough for the first week.
const NEXT_MOST: usize = 8;

/// Seed of the particles before any answer: the same for every student, so that they are drawn once a course.
const PRIOR_SEED: u64 = 0x7a4d_656d;

/// The particles of a course before any answer, to be kept beside its facts.
pub struct Prior {
    /// The skills.
    pub terrain: Arc<Terrain>,
    population: Arc<Population>,
    particles: Particles,
}

impl Prior {
    /// Draws the particles.
    pub fn new(terrain: Terrain, parameters: &Parameters) -> Self {
        let population = Population::new(&terrain);
        let mut chance = Chance::new(PRIOR_SEED);
        let particles = Particles::draw(&population, &terrain, parameters.particles.max(1), &mut chance);
        Self { terrain: Arc::new(terrain), population: Arc::new(population), particles }
    }
}

/// A pre-test under way.
#[derive(Clone)]
pub struct Placement {
    terrain: Arc<Terrain>,
    population: Arc<Population>,
    particles: Particles,
    weighed: Vec<Weighed>,
    seed: u64,
    marginals: Vec<f32>,
    asked: Vec<(usize, Outcome)>,
    questions: (usize, usize),
    known_at: f32,
    /// A question was asked only to end on a likely success.
    closed: bool,
    /// Its time was over.
    late: bool,
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
    /// Skills to begin with: not known, and all that they need is. In a course those that are next as it is taught,
    /// at most eight.
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
    /// As many questions as are asked at most, its time over, or nothing left to ask.
    Limit,
}

impl Placement {
    /// Folds seed and answers. Answers on skills that the terrain does not have are passed over.
    pub fn resume(
        prior: &Prior,
        parameters: &Parameters,
        grade: Option<u8>,
        seed: i64,
        answers: &[(SkillId, Outcome, u16)],
    ) -> Self {
        let mut particles = prior.particles.clone();
        if let Some(grade) = grade {
            particles.weigh_grade(grade);
        }
        let (least, most) = parameters.placement_questions;
        let mut marginals = Vec::new();
        particles.marginals(&[], &mut marginals);
        let begun = Self {
            terrain: prior.terrain.clone(),
            population: prior.population.clone(),
            marginals,
            particles,
            weighed: Vec::new(),
            seed: seed as u64,
            asked: Vec::new(),
            questions: (least.min(most), most),
            known_at: parameters.known_at as f32,
            closed: false,
            late: false,
        };
        begun.after(answers)
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
            self.particles.thin_out(&mut chance);
            self.particles.spread(&self.population, &self.terrain, &self.weighed, &mut chance);
        }
        self.asked.push((place, outcome));
        self.particles.marginals(&self.weighed, &mut self.marginals);
    }

    /// Takes notice that its time was over after so many answers ([`super::PlacementState::over_after`]): from the least
    /// number of questions on it ends, on a likely success as always.
    pub fn time_over(&mut self, after: Option<u16>) {
        let Some(after) = after.map(usize::from) else { return };
        self.late = self.asked.len() >= after;
        self.closed |= self.asked.len() > after.max(self.questions.0);
    }

    /// The next question among the skills that can be asked, or the result.
    pub fn next(&self, askable: &BTreeSet<SkillId>) -> Step {
        let open = self.open(askable);
        let stopped = match self.wants_to_stop() {
            _ if self.asked.len() >= self.questions.1 || open.is_empty() => Some(Stopped::Limit),
            Some(stopped) if self.closed || self.ended_well() || self.is_lost() => Some(stopped),
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
            let situation = choose::Situation {
                terrain: &self.terrain,
                particles: &self.particles,
                marginals: &self.marginals,
                asked: &self.asked,
            };
            choose::next(&situation, &open)
        };
        match question {
            Some(skill) => Step::Ask(self.terrain.skills[skill].clone()),
            None => Step::Done(self.result(Stopped::Limit)),
        }
    }

    /// Chance of each skill being known, in the terrain's order.
    pub fn chances(&self) -> impl Iterator<Item = (&SkillId, f64)> {
        self.terrain.skills.iter().zip(&self.marginals).map(|(id, chance)| (id, f64::from(*chance)))
    }

    /// The result as of now.
    pub fn result(&self, stopped: Stopped) -> PlacementResult {
        let chance = |skill: usize| self.marginals[skill];
        let is_known = |skill: usize| chance(skill) >= self.known_at;
        let ids = |keep: &dyn Fn(usize) -> bool| {
            let places = (0..self.terrain.skills.len()).filter(|skill| keep(*skill));
            places.map(|skill| self.terrain.skills[skill].clone()).collect()
        };
        PlacementResult {
            p0: self.chances().map(|(skill, chance)| (skill.clone(), (chance * 1e4).round() / 1e4)).collect(),
            known: ids(&is_known),
            frontier: self.frontier(&is_known).into_iter().map(|skill| self.terrain.skills[skill].clone()).collect(),
            uncertain: ids(&|skill| !is_known(skill) && chance(skill) >= UNCERTAIN_FROM),
            stopped,
            asked: self.asked.len(),
        }
    }

    /// On a graph every skill that is not known though all that it needs is. Helping edges bind nothing, so in a course
    /// that would be nearly everything: there it is what is taught first of what is rather not known while what helps
    /// with it rather is.
    fn frontier(&self, is_known: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let terrain = &self.terrain;
        let ready = |skill: &usize| !is_known(*skill) && terrain.needs[*skill].iter().all(|below| is_known(*below));
        if terrain.taught.is_empty() {
            return (0..terrain.skills.len()).filter(ready).collect();
        }
        let rather = |skill: usize| self.marginals[skill] >= RATHER_KNOWN;
        let next = |skill: &usize| !rather(*skill) && terrain.helps[*skill].iter().all(|below| rather(*below));
        let taught = || terrain.taught.iter().copied().filter(ready);
        let found: Vec<usize> = taught().filter(next).take(NEXT_MOST).collect();
        if found.is_empty() { taught().take(NEXT_MOST).collect() } else { found }
    }

    fn open(&self, askable: &BTreeSet<SkillId>) -> Vec<usize> {
        let mut may = vec![false; self.terrain.skills.len()];
        self.terrain.places(askable).for_each(|place| may[place] = true);
        self.asked.iter().for_each(|(skill, _)| may[*skill] = false);
        (0..may.len()).filter(|skill| may[*skill]).collect()
    }

    fn ended_well(&self) -> bool {
        self.asked.last().is_some_and(|(_, outcome)| *outcome == Outcome::Right)
    }

    fn is_lost(&self) -> bool {
        choose::misses_in_a_row(&self.asked) >= MISSES_MOST
    }

    fn wants_to_stop(&self) -> Option<Stopped> {
        if self.asked.len() < self.questions.0 {
            return None;
        }
        if self.is_lost() {
            return Some(Stopped::Plan);
        }
        if self.late {
            return Some(Stopped::Limit);
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
        (most < TELLS_LITTLE).then_some(Stopped::Plan)
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
