//! Situations in which answers are counted apart: the same item is another question for a student who has just
//! missed its skill. What is counted is how much easier or harder than usual it is then.

use super::{Shrinking, SkillTrace, StudentTrace};

/// Answers before which nothing is said of ability.
const ANSWERS_FOR_ABILITY: u32 = 5;
/// Logits that part weak, middling and strong students.
const ABILITY_BANDS: [f64; 2] = [-0.4, 0.4];

/// One way to tell situations apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// The item, after each pattern of the last two answers on its skill.
    ItemAfterTwo,
    /// The item, for weak, middling and strong students.
    ItemByAbility,
    /// The skill, after each pattern of its last three answers: how steep its learning is.
    SkillAfterThree,
    /// The skill, by rights and wrongs so far, up to three each.
    SkillByCounts,
    /// The item right after another item, by how that went: steps of one problem, or questions that resemble each other.
    ItemAfterItem,
    /// The skill right after another skill, by how that went: what carries over.
    SkillAfterSkill,
}

impl Context {
    /// All, in the order of their features.
    pub const ALL: [Self; 6] = [
        Self::ItemAfterTwo,
        Self::ItemByAbility,
        Self::SkillAfterThree,
        Self::SkillByCounts,
        Self::ItemAfterItem,
        Self::SkillAfterSkill,
    ];

    /// It is about the item; otherwise about the skill.
    pub fn of_item(self) -> bool {
        matches!(self, Self::ItemAfterTwo | Self::ItemByAbility | Self::ItemAfterItem)
    }

    /// Number of situations; for pairs, for each item or skill that came before.
    pub fn states(self) -> u32 {
        match self {
            Self::ItemAfterTwo => 9,
            Self::ItemByAbility => 4,
            Self::SkillAfterThree => 27,
            Self::SkillByCounts => 16,
            Self::ItemAfterItem | Self::SkillAfterSkill => 2,
        }
    }

    /// The situation also names what came before.
    pub fn is_pair(self) -> bool {
        matches!(self, Self::ItemAfterItem | Self::SkillAfterSkill)
    }

    /// How strongly what is counted is held at what is usual in such a situation.
    pub fn shrinking(self) -> Shrinking {
        if self.of_item() { Shrinking::ITEM } else { Shrinking::SKILL }
    }

    /// The situation of a question asked now; nothing where there is none (no item before the first). For pairs
    /// it is `before * 2 + right`.
    pub fn state(self, student: &StudentTrace, skill: &SkillTrace) -> Option<u32> {
        let after = |before: u32| before.checked_mul(2)?.checked_add(u32::from(student.outcomes.newest()?));
        match self {
            Self::ItemAfterTwo => Some(skill.outcomes.code(2)),
            Self::ItemByAbility => Some(band(student)),
            Self::SkillAfterThree => Some(skill.outcomes.code(3)),
            Self::SkillByCounts => Some(skill.wins.min(3) * 4 + skill.fails.min(3)),
            Self::ItemAfterItem => after(student.last?.0),
            Self::SkillAfterSkill => after(student.last?.1),
        }
    }
}

fn band(student: &StudentTrace) -> u32 {
    if student.answers() < ANSWERS_FOR_ABILITY {
        return 0;
    }
    let [weak, strong] = ABILITY_BANDS;
    if student.ability < weak {
        1
    } else if student.ability < strong {
        2
    } else {
        3
    }
}
