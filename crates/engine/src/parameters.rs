//! The constants of the engine, as one versioned value: defaults before there is data, refitted from a
//! school's own record later. A state is only comparable with another of the same versions.

use crate::response::Fitted;
use curriculum::{CourseId, ItemId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the rules in this crate; raised whenever the same events would give another state.
pub const ENGINE_VERSION: &str = "9";

/// No weight and no shift of a refit is as large.
const NUMBER_MAX: f64 = 1e6;

/// How much likelier answers must be to prove that a skill was learned, by default.
pub const READY_PROOF: f64 = 25.0;

/// All constants that a refit may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Names this set of constants; `defaults-1` before the first refit.
    pub version: String,
    /// True once they were fitted from the school's own record; only then is a prediction asked of readiness.
    pub fitted: bool,
    /// For skills that no course entry names.
    pub skill: SkillParameters,
    /// Fitted constants by course.
    pub courses: BTreeMap<CourseId, CourseParameters>,
    /// p(known) at which a skill is ready to go on.
    pub ready_at: f64,
    /// The same for hubs, on which ten or more skills rest.
    pub ready_hub_at: f64,
    /// How many times likelier the answers must be of somebody who has learned the skill by now than of somebody who
    /// never does, before it is ready; 1 over it bounds how often the latter is called ready.
    pub ready_proof: f64,
    /// p0 at which a placed skill counts as known.
    pub known_at: f64,
    /// Recall at which a skill is due for review.
    pub recall_wanted: f64,
    /// Reviews a day at most.
    pub reviews_per_day_max: u32,
    /// Success that practice aims at, from and to.
    pub target_success: (f64, f64),
    /// Scale of the memory's stability (days).
    pub stability_scale: f64,
    /// Particles of a placement.
    pub particles: usize,
    /// Questions of a placement, at least and at most.
    pub placement_questions: (usize, usize),
}

/// The four constants of knowledge tracing for one skill.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkillParameters {
    /// Chance that it is known before any evidence.
    pub known_first: f64,
    /// Chance that one occasion teaches it.
    pub learn: f64,
    /// Chance of a right answer without knowing it.
    pub guess: f64,
    /// Chance of a wrong answer in spite of knowing it.
    pub slip: f64,
}

/// Fitted constants of one course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CourseParameters {
    /// By skill.
    pub skills: BTreeMap<SkillId, SkillParameters>,
    /// How much easier an item is than its skill (logits, `b_i - b_k`).
    pub items: BTreeMap<ItemId, f64>,
    /// The response model; predictions come from knowledge tracing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Fitted>,
}

impl Default for SkillParameters {
    fn default() -> Self {
        Self { known_first: 0.25, learn: 0.15, guess: 0.20, slip: 0.10 }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            version: "defaults-1".into(),
            fitted: false,
            skill: SkillParameters::default(),
            courses: BTreeMap::new(),
            ready_at: 0.95,
            ready_hub_at: 0.98,
            ready_proof: READY_PROOF,
            known_at: 0.90,
            recall_wanted: 0.90,
            reviews_per_day_max: 15,
            target_success: (0.70, 0.90),
            stability_scale: 1.0,
            particles: 4000,
            placement_questions: (8, 25),
        }
    }
}

impl SkillParameters {
    fn check(self, whose: &str) -> Result<(), String> {
        let named =
            [("known_first", self.known_first), ("learn", self.learn), ("guess", self.guess), ("slip", self.slip)];
        match named.iter().find(|(_, chance)| !(0.0..=1.0).contains(chance)) {
            Some((name, chance)) => Err(format!("{whose}: {name} is {chance}, not from 0 to 1")),
            None => Ok(()),
        }
    }
}

impl CourseParameters {
    fn check(&self, course: &CourseId) -> Result<(), String> {
        self.skills.iter().try_for_each(|(skill, constants)| constants.check(&format!("{course}, skill {skill}")))?;
        let is_number = |number: &f64| number.is_finite() && number.abs() <= NUMBER_MAX;
        if let Some((item, shift)) = self.items.iter().find(|(_, shift)| !is_number(shift)) {
            return Err(format!("{course}, item {item}: {shift} is not a number of logits"));
        }
        let Some(fitted) = &self.response else { return Ok(()) };
        let (stretch, shift) = fitted.calibration.unwrap_or((1.0, 0.0));
        let numbers = [("constant", fitted.constant), ("calibration", stretch), ("calibration", shift)];
        let weights = fitted.weights.iter().map(|(name, weight)| (name.as_str(), *weight));
        match numbers.into_iter().chain(weights).find(|(_, number)| !is_number(number)) {
            Some((name, number)) => Err(format!("{course}, response model: {name} is {number}, out of all measure")),
            None => Ok(()),
        }
    }
}

impl Parameters {
    /// Refuses what was not found by a refit: chances outside 0 to 1, weights beyond all measure. Says what and where.
    pub fn check(&self) -> Result<(), String> {
        self.skill.check("skill")?;
        self.courses.iter().try_for_each(|(course, fitted)| fitted.check(course))
    }

    /// The constants of one skill.
    pub fn of(&self, course: &CourseId, skill: &SkillId) -> SkillParameters {
        self.courses.get(course).and_then(|fitted| fitted.skills.get(skill)).copied().unwrap_or(self.skill)
    }

    /// True for a course whose constants were fitted from the school's own record.
    pub fn is_fitted(&self, course: &CourseId) -> bool {
        self.fitted && self.courses.contains_key(course)
    }

    /// How much easier the item is than its skill (logits); 0 before a refit.
    pub fn item_shift(&self, course: &CourseId, item: &ItemId) -> f64 {
        self.courses.get(course).and_then(|fitted| fitted.items.get(item)).copied().unwrap_or(0.0)
    }
}

/// What a conclusion was reached with; stands in every row that a fold writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Versions {
    /// [`ENGINE_VERSION`].
    pub engine: String,
    /// [`Parameters::version`].
    pub parameters: String,
    /// The course's version, where one course is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub course: String,
}

impl Versions {
    /// The versions in force.
    pub fn new(parameters: &Parameters, course: &str) -> Self {
        Self { engine: ENGINE_VERSION.into(), parameters: parameters.version.clone(), course: course.into() }
    }
}
