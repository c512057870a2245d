//! Where the students of a class begin: how many know little, how many much of the course.

use crate::{Model, Range};
use serde::{Deserialize, Serialize};

/// A third of the model's range of what is known at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingLevel {
    /// The lowest third.
    Low,
    /// The middle third.
    Middle,
    /// The highest third.
    High,
}

impl StartingLevel {
    /// All three, the lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// The model, narrowed to students who begin here.
    pub fn of(self, model: &Model) -> Model {
        let Range { from, to } = model.ability;
        let third = (to - from) / 3.0;
        let nth = f64::from(self as u8);
        Model { ability: Range { from: from + nth * third, to: from + (nth + 1.0) * third }, ..model.clone() }
    }
}

/// How the starting levels are mixed in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mix {
    /// As many of each.
    Even,
    /// Three low, two middle, one high of six.
    Behind,
    /// One low, two middle, three high of six.
    Ahead,
}

impl Mix {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Even, Self::Behind, Self::Ahead];

    /// Where the nth student of a class begins.
    pub fn starting_level(self, nth: usize) -> StartingLevel {
        use StartingLevel::{High, Low, Middle};
        let six = match self {
            Self::Even => [Low, Middle, High, Low, Middle, High],
            Self::Behind => [Low, Middle, High, Low, Middle, Low],
            Self::Ahead => [Low, Middle, High, High, Middle, High],
        };
        six[nth % six.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_levels_share_the_range_among_them() {
        let model = Model::default();
        let [low, middle, high] = StartingLevel::ALL.map(|level| level.of(&model).ability);
        assert_eq!((low.from, low.to), (model.ability.from, middle.from));
        assert!((middle.to - high.from).abs() < 1e-12 && (high.to - model.ability.to).abs() < 1e-12);
    }

    #[test]
    fn a_class_that_is_behind_has_more_who_begin_low() {
        let low = |mix: Mix| (0..60).filter(|nth| mix.starting_level(*nth) == StartingLevel::Low).count();
        assert_eq!(Mix::ALL.map(low), [20, 30, 10]);
    }
}
