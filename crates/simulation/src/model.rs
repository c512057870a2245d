//! The parameters of simulated students: defaults with the ranges they are drawn from, readable from a file so that
//! others can vary them. Committed before the rules that are judged on them.

use crate::{Chance, Forgetting};
use serde::{Deserialize, Serialize};

/// A population of simulated students.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Model {
    /// Names this set of parameters.
    pub version: String,
    /// How what is known at first is spread over the course.
    pub knowledge: Vec<Share<Knowledge>>,
    /// How what was learned fades.
    pub forgetting: Vec<Share<Forgetting>>,
    /// What an occasion to learn does.
    pub learning: Learning,
    /// What is known at first fades from the first question on; else only what was practised does.
    pub first_fades: bool,
    /// Successes behind what is known at first; they slow its fading.
    pub first_successes: u32,
    /// Share of the course that is known at first.
    pub ability: Range,
    /// Chance that one occasion teaches a skill whose needs are there.
    pub learn: Range,
    /// The same, times this, while something that the skill needs is missing.
    pub learn_unready: f64,
    /// The same, times one more than this where all that helps is known; 0 is no transfer.
    pub transfer: Range,
    /// Share of students without any transfer.
    pub no_transfer: f64,
    /// Chance of a typed right answer without knowing; with options it is one in as many.
    pub guess: Range,
    /// Chance of a wrong answer in spite of knowing.
    pub slip: Range,
    /// Spread of the items' true difficulty (logits).
    pub item_spread: f64,
    /// The usual time of an answer (ms), and how much answers vary around it (of its logarithm).
    pub tempo_ms: Range,
    /// See `tempo_ms`.
    pub tempo_spread: f64,
    /// Chance of opening a hint before answering what is not known.
    pub help_seeking: Range,
    /// Chance of trying again after a miss instead of leaving the question.
    pub persistence: Range,
    /// Chance of saying "I have not learned this" where it is so.
    pub frankness: Range,
    /// Chance that each misconception of the course is held at first.
    pub misconceptions: Range,
    /// Chance that a held misconception decides the answer where it can.
    pub misconception_shows: f64,
    /// Share of students who at times answer without reading, and how often they do.
    pub hasty_students: f64,
    /// See `hasty_students`.
    pub hasty: Range,
}

/// Where a number is drawn from, evenly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least.
    pub from: f64,
    /// The most.
    pub to: f64,
}

/// One kind and how many have it, by weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share<Kind> {
    /// The kind.
    pub kind: Kind,
    /// Its weight against the others.
    pub weight: f64,
}

/// How what is known at first is spread over the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// Everything up to a depth of the graph, hardly anything beyond.
    Smooth,
    /// Unit by unit up to a point of its own.
    Strand,
    /// Here and there; easier skills more often.
    Patchy,
}

/// What an occasion to learn does, where it teaches with chance `c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learning {
    /// With chance `c` the skill is known from then on, else nothing changes.
    AtOnce,
    /// The share `c` of what is missing is learned every time: a skill may be half known.
    Gradual,
}

/// Nothing that is known makes learning more than that many times as likely.
const TRANSFER_MAX: f64 = 10.0;
/// The usual time of an answer is neither shorter nor longer (ms).
const TEMPO_MS: (f64, f64) = (500.0, 3_600_000.0);
/// Deviations of logits and of logarithms.
const SPREAD_MAX: f64 = 5.0;

/// What is wrong with a model file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelProblem(pub String);

impl std::fmt::Display for ModelProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelProblem {}

impl Default for Model {
    fn default() -> Self {
        let share = |kind, weight| Share { kind, weight };
        Self {
            version: "students-1".into(),
            knowledge: vec![
                share(Knowledge::Smooth, 1.0),
                share(Knowledge::Strand, 1.0),
                share(Knowledge::Patchy, 1.0),
            ],
            forgetting: vec![
                Share { kind: Forgetting::None {}, weight: 1.0 },
                Share { kind: Forgetting::Power { half_life_days: 30.0 }, weight: 2.0 },
                Share { kind: Forgetting::Exponential { half_life_days: 45.0 }, weight: 1.0 },
            ],
            learning: Learning::AtOnce,
            first_fades: false,
            first_successes: 1,
            ability: Range { from: 0.10, to: 0.60 },
            learn: Range { from: 0.15, to: 0.45 },
            learn_unready: 0.35,
            transfer: Range { from: 0.0, to: 0.6 },
            no_transfer: 0.3,
            guess: Range { from: 0.02, to: 0.12 },
            slip: Range { from: 0.03, to: 0.12 },
            item_spread: 0.5,
            tempo_ms: Range { from: 15_000.0, to: 60_000.0 },
            tempo_spread: 0.45,
            help_seeking: Range { from: 0.05, to: 0.45 },
            persistence: Range { from: 0.60, to: 0.98 },
            frankness: Range { from: 0.30, to: 0.90 },
            misconceptions: Range { from: 0.05, to: 0.45 },
            misconception_shows: 0.75,
            hasty_students: 0.10,
            hasty: Range { from: 0.05, to: 0.25 },
        }
    }
}

impl Model {
    /// Reads a model from JSON; what the file leaves out is as in the defaults.
    pub fn read(json: &str) -> Result<Self, ModelProblem> {
        let value: serde_json::Value = serde_json::from_str(json).map_err(|error| ModelProblem(error.to_string()))?;
        if !value.is_object() {
            return Err(ModelProblem("a model is an object of named numbers".into()));
        }
        let model: Self = serde_json::from_value(value).map_err(|error| ModelProblem(error.to_string()))?;
        model.check()?;
        Ok(model)
    }

    fn check(&self) -> Result<(), ModelProblem> {
        let chances = [
            ("ability", self.ability),
            ("learn", self.learn),
            ("guess", self.guess),
            ("slip", self.slip),
            ("help_seeking", self.help_seeking),
            ("persistence", self.persistence),
            ("frankness", self.frankness),
            ("misconceptions", self.misconceptions),
            ("hasty", self.hasty),
        ];
        let bad = chances.iter().find(|(_, range)| !(0.0 <= range.from && range.from <= range.to && range.to <= 1.0));
        if let Some((name, _)) = bad {
            return Err(ModelProblem(format!("{name}: from 0 to 1, the lower bound first")));
        }
        let within = [
            ("transfer", self.transfer, (0.0, TRANSFER_MAX)),
            ("tempo_ms", self.tempo_ms, TEMPO_MS),
            ("learn_unready", Range::at(self.learn_unready), (0.0, 1.0)),
            ("no_transfer", Range::at(self.no_transfer), (0.0, 1.0)),
            ("item_spread", Range::at(self.item_spread), (0.0, SPREAD_MAX)),
            ("tempo_spread", Range::at(self.tempo_spread), (0.0, SPREAD_MAX)),
            ("misconception_shows", Range::at(self.misconception_shows), (0.0, 1.0)),
            ("hasty_students", Range::at(self.hasty_students), (0.0, 1.0)),
        ];
        let bad = within
            .iter()
            .find(|(_, range, (least, most))| !(*least <= range.from && range.from <= range.to && range.to <= *most));
        if let Some((name, _, (least, most))) = bad {
            return Err(ModelProblem(format!("{name}: from {least} to {most}, the lower bound first")));
        }
        if !Share::can_be_drawn(&self.knowledge) {
            return Err(ModelProblem("knowledge: at least one kind, weights of 0 or more".into()));
        }
        if !Share::can_be_drawn(&self.forgetting) {
            return Err(ModelProblem("forgetting: at least one kind, weights of 0 or more".into()));
        }
        Ok(())
    }
}

impl Range {
    /// One number alone.
    fn at(number: f64) -> Self {
        Self { from: number, to: number }
    }

    /// Draws one.
    pub fn draw(self, chance: &mut Chance) -> f64 {
        self.from + (self.to - self.from) * chance.unit()
    }
}

impl<Kind: Copy> Share<Kind> {
    fn can_be_drawn(shares: &[Self]) -> bool {
        !shares.is_empty() && shares.iter().all(|share| share.weight >= 0.0)
    }

    /// Draws one of several kinds by weight; the last where all weights are 0.
    ///
    /// # Panics
    /// When there is no kind, which [`Model::read`] refuses.
    pub fn draw(shares: &[Self], chance: &mut Chance) -> Kind {
        let mut left = shares.iter().map(|share| share.weight).sum::<f64>() * chance.unit();
        for share in shares {
            left -= share.weight;
            if left < 0.0 {
                return share.kind;
            }
        }
        shares.last().expect("a model has a kind").kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changes_what_it_names_and_leaves_the_rest() {
        let model = Model::read(r#"{"version": "no-slips", "slip": {"from": 0, "to": 0}}"#).unwrap();
        assert_eq!((model.slip.to, model.learn), (0.0, Model::default().learn));
    }

    #[test]
    fn a_file_with_a_wrong_name_or_number_is_refused_by_name() {
        assert!(Model::read(r#"{"slipp": {"from": 0, "to": 0}}"#).unwrap_err().0.contains("slipp"));
        for (json, name) in [
            (r#"{"guess": {"from": 0, "to": 2}}"#, "guess"),
            (r#"{"transfer": {"from": -1, "to": -1}}"#, "transfer"),
            (r#"{"tempo_ms": {"from": 1, "to": 0}}"#, "tempo_ms"),
            (r#"{"item_spread": 1e308}"#, "item_spread"),
            (r#"{"hasty_students": -1}"#, "hasty_students"),
            ("[]", "a model is an object"),
        ] {
            assert!(Model::read(json).unwrap_err().0.starts_with(name), "{json}");
        }
    }

    #[test]
    fn the_defaults_can_be_written_and_read() {
        let text = serde_json::to_string(&Model::default()).unwrap();
        assert_eq!(Model::read(&text), Ok(Model::default()));
    }
}
