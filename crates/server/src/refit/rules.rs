//! When a candidate may be published.

use serde::{Deserialize, Serialize};

/// How much a refit was learnt from and judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Students with answers in the course.
    pub students: usize,
    /// Their answers that are evidence.
    pub answers: usize,
    /// Those of them who are held out.
    pub held_out_students: usize,
    /// And their answers.
    pub held_out_answers: usize,
}

/// The least with which a candidate is made. A comparison by fewer than 200 answers of five students is off by as much
/// (.02 nats and more) as a refit usually gains, so that chance would decide; and a fifth of the students is held out, so
/// five of those want some thirty. Constants of skills with few answers need no bar of their own: Beta priors hold them
/// at the ones that ship.
pub const LEAST: Amount = Amount { students: 30, answers: 1_000, held_out_students: 5, held_out_answers: 200 };

impl Amount {
    /// Adds a student.
    pub fn add(&mut self, answers: usize, held_out: bool) {
        if answers > 0 {
            self.students += 1;
            self.answers += answers;
            self.held_out_students += usize::from(held_out);
            self.held_out_answers += if held_out { answers } else { 0 };
        }
    }

    /// What is lacking until a refit can say something; nothing when there is enough.
    pub fn lacking(&self) -> Option<Self> {
        let lacking = Self {
            students: LEAST.students.saturating_sub(self.students),
            answers: LEAST.answers.saturating_sub(self.answers),
            held_out_students: LEAST.held_out_students.saturating_sub(self.held_out_students),
            held_out_answers: LEAST.held_out_answers.saturating_sub(self.held_out_answers),
        };
        (lacking != Self::default()).then_some(lacking)
    }
}

/// What is known of a version when somebody wants to put it in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// 0 for the constants that ship.
    pub number: i64,
    /// The version that it was compared with.
    pub compared_with: i64,
    /// Held-out students found it not worse.
    pub may_be_published: bool,
    /// It was in force before.
    pub was_in_force: bool,
}

/// Putting a version in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// For the first time.
    Publish,
    /// Once more: it was in force before, or it is what ships.
    GoBack,
}

/// Why a version cannot be put in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It is in force.
    InForce,
    /// It predicts held-out students worse than what it was compared with.
    NotBetter,
    /// It was compared with a version that is in force no more.
    OldComparison,
}

/// Whether a version may be put in force, and how that is called.
pub fn may_put_in_force(version: Version, in_force: i64) -> Result<Step, Refusal> {
    match version {
        Version { number, .. } if number == in_force => Err(Refusal::InForce),
        Version { number: 0, .. } | Version { was_in_force: true, .. } => Ok(Step::GoBack),
        Version { may_be_published: false, .. } => Err(Refusal::NotBetter),
        Version { compared_with, .. } if compared_with != in_force => Err(Refusal::OldComparison),
        _ => Ok(Step::Publish),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Version = Version { number: 2, compared_with: 1, may_be_published: true, was_in_force: false };

    #[test]
    fn a_good_candidate_is_published_and_a_former_version_gone_back_to() {
        assert_eq!(may_put_in_force(GOOD, 1), Ok(Step::Publish));
        assert_eq!(may_put_in_force(GOOD, 2), Err(Refusal::InForce));
        assert_eq!(may_put_in_force(GOOD, 0), Err(Refusal::OldComparison));
        assert_eq!(may_put_in_force(Version { was_in_force: true, ..GOOD }, 3), Ok(Step::GoBack));
        assert_eq!(may_put_in_force(Version { may_be_published: false, ..GOOD }, 1), Err(Refusal::NotBetter));
        let shipped = Version { number: 0, compared_with: 0, may_be_published: false, was_in_force: false };
        assert_eq!(may_put_in_force(shipped, 1), Ok(Step::GoBack));
        assert_eq!(may_put_in_force(shipped, 0), Err(Refusal::InForce));
    }

    #[test]
    fn what_is_lacking_is_told() {
        let mut amount = Amount::default();
        assert_eq!(amount.lacking(), Some(LEAST));
        (0..24).for_each(|_| amount.add(40, false));
        (0..4).for_each(|_| amount.add(50, true));
        amount.add(0, true);
        assert_eq!(amount.lacking(), Some(Amount { students: 2, held_out_students: 1, ..Amount::default() }));
        (0..2).for_each(|_| amount.add(1, true));
        assert_eq!(amount.lacking(), None);
    }
}
