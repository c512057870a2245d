//! Work for measuring speed: answers of many made-up students by turns, each predicted and then taken in.
//!
//! Batches are bytes, eight an answer (student, skill, item, and 1 for right; 16 bits each, the low byte first), so that
//! a host outside Rust can feed the very same work to the very same loop.

use crate::{
    refit::{Folds, LogBuilder, fit_response},
    response::{Asked, ItemTrace, Model, SkillTrace, StudentTrace},
};

/// Students who take turns.
pub const STUDENTS: usize = 200;
/// Skills that they work on.
pub const SKILLS: usize = 40;
const ITEMS: usize = 400;
/// Answers that the model is fitted to.
const LEARNT_FROM: usize = 40_000;
/// Bytes of one answer.
pub const BYTES: usize = 8;

/// Numbers that look like chance and are the same in every run (xorshift, Marsaglia 2003).
pub struct Draws(u64);

impl Default for Draws {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // 53 bits of it, on machines of any word.
        ((self.0 >> 11) % n as u64) as usize
    }

    fn answer(&mut self, students: usize) -> Answer {
        let item = self.below(ITEMS);
        let right = self.below(10) < 4 + item % 5;
        Answer { student: self.below(students), skill: item % SKILLS, item, right }
    }

    /// A batch of so many answers by so many students.
    pub fn batch(&mut self, answers: usize, students: usize) -> Vec<u8> {
        (0..answers).flat_map(|_| self.answer(students).to_bytes()).collect()
    }

    /// A model fitted to answers like those to come.
    pub fn model(&mut self) -> Model {
        let mut builder = LogBuilder::default();
        for nth in 0..LEARNT_FROM {
            let one = self.answer(STUDENTS);
            let names = [one.student, one.item, one.skill].map(|number| number.to_string());
            builder.add(&names[0], &names[1], &names[2], nth as f64, one.right);
        }
        let log = builder.finish();
        Model::new(&fit_response(&log, &Folds::new(&log, &vec![true; log.students.len()])))
    }
}

/// One answer of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who, from 0.
    pub student: usize,
    /// On which skill, from 0.
    pub skill: usize,
    /// On which item, from 0.
    pub item: usize,
    /// How it went.
    pub right: bool,
}

impl Answer {
    fn to_bytes(self) -> [u8; BYTES] {
        let low = |number: usize| (number as u16).to_le_bytes();
        let numbers = [self.student, self.skill, self.item, usize::from(self.right)].map(low);
        std::array::from_fn(|nth| numbers[nth / 2][nth % 2])
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let number = |nth: usize| usize::from(u16::from_le_bytes([bytes[2 * nth], bytes[2 * nth + 1]]));
        Self { student: number(0), skill: number(1), item: number(2), right: number(3) != 0 }
    }

    /// The answers of a batch.
    pub fn read(batch: &[u8]) -> impl Iterator<Item = Self> {
        batch.chunks_exact(BYTES).map(Self::of_bytes)
    }
}

/// The rows of some students.
#[derive(Clone)]
pub struct Rows {
    students: Vec<StudentTrace>,
    skills: Vec<SkillTrace>,
    items: Vec<ItemTrace>,
    now: f64,
}

impl Rows {
    /// Nothing behind.
    pub fn new(students: usize) -> Self {
        Self {
            students: vec![StudentTrace::default(); students],
            skills: vec![SkillTrace::default(); students * SKILLS],
            items: vec![ItemTrace::default(); students * ITEMS],
            now: 1e9,
        }
    }

    /// Predicts and takes in every answer of a batch; the chances come in its order.
    pub fn take(&mut self, model: &Model, batch: &[u8], chances: &mut Vec<f64>) {
        for one in Answer::read(batch) {
            self.now += 1.0;
            let asked = Asked { item: one.item as u32, skill: one.skill as u32, at: self.now, options: 0 };
            let student = &mut self.students[one.student];
            let skill = &mut self.skills[one.student * SKILLS + one.skill];
            let item = &mut self.items[one.student * ITEMS + one.item];
            chances.push(model.predict(asked, student, skill, item));
            model.take(asked, one.right, student, skill, item);
        }
    }

    /// Gives every student the counts that they have there; what is known of skills and items stays.
    pub fn students_as_in(&mut self, other: &Self) {
        self.students.copy_from_slice(&other.students);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_the_same_work_however_they_are_cut() {
        let mut draws = Draws::default();
        let model = draws.model();
        let whole = draws.batch(3_000, STUDENTS);
        let (mut at_once, mut in_parts) = (Vec::new(), Vec::new());
        Rows::new(STUDENTS).take(&model, &whole, &mut at_once);
        let mut rows = Rows::new(STUDENTS);
        whole.chunks(BYTES * 700).for_each(|part| rows.take(&model, part, &mut in_parts));
        assert_eq!(at_once.len(), 3_000);
        assert_eq!(at_once, in_parts);
        assert!(at_once.iter().all(|chance| (0.0..1.0).contains(chance)));
    }
}
