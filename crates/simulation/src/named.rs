//! The populations that policies are judged on, by name. Their ranges were fixed before any policy was looked at, and
//! a policy is never improved by changing them.
//!
//! All of them: what is known at first was used twice and fades from the first question on, so that leaving it alone is
//! no way to keep it.

use crate::{Forgetting, Knowledge, Learning, Model, Range, Share};

/// Names that [`Model::named`] knows.
pub const NAMES: [&str; 5] = ["mixed", "no_transfer", "no_forgetting", "patchy", "gradual"];

impl Model {
    /// A population by its name; see [`NAMES`].
    pub fn named(name: &str) -> Option<Self> {
        let base =
            Self { version: format!("judged-1-{name}"), first_fades: true, first_successes: 2, ..Self::default() };
        let power = Share { kind: Forgetting::Power { half_life_days: 30.0 }, weight: 1.0 };
        let exponential = Share { kind: Forgetting::Exponential { half_life_days: 45.0 }, weight: 1.0 };
        Some(match name {
            // Every kind of student side by side.
            "mixed" => base,
            // Nothing that is known makes anything else easier, needed or not: order cannot help.
            "no_transfer" => Self { no_transfer: 1.0, learn_unready: 1.0, ..base },
            // What is learned stays: reviews cannot help.
            "no_forgetting" => Self { forgetting: vec![Share { kind: Forgetting::None {}, weight: 1.0 }], ..base },
            // Strong here and weak there: a pre-test is easily wrong.
            "patchy" => Self {
                knowledge: vec![Share { kind: Knowledge::Patchy, weight: 1.0 }],
                ability: Range { from: 0.05, to: 0.75 },
                forgetting: vec![power],
                ..base
            },
            // Skills are half known for a while, and a belief in known or unknown is wrong by construction.
            "gradual" => Self { learning: Learning::Gradual, forgetting: vec![power, exponential], ..base },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_names_a_model_of_its_own() {
        let models: Vec<Model> = NAMES.iter().map(|name| Model::named(name).expect("a known name")).collect();
        assert!(models.iter().enumerate().all(|(nth, model)| models[..nth].iter().all(|other| other != model)));
        assert_eq!(Model::named("kind"), None);
    }
}
