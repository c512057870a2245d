//! A record of answers, with numbers for ids.

use curriculum::{ItemId, SkillId};
use std::collections::BTreeMap;

/// Answers of many students, each student's together and in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Students by number, in the order in which they appear.
    pub students: Vec<String>,
    /// Items by number.
    pub items: Vec<ItemId>,
    /// Skills by number.
    pub skills: Vec<SkillId>,
    /// All answers, by student, then in the order in which they were added.
    pub attempts: Vec<Attempt>,
    /// For each item the skill with which it first appears.
    pub skill_of_item: Vec<u32>,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// Its place in the source, from 0.
    pub row: u32,
    /// Number of the student.
    pub student: u32,
    /// Number of the item.
    pub item: u32,
    /// Number of the skill.
    pub skill: u32,
    /// When (seconds); 0 for unknown.
    pub at: f64,
    /// Right.
    pub right: bool,
    /// Right, and only with help: an occasion to learn that proves nothing.
    pub helped: bool,
    /// Options shown; 0 for a typed answer or unknown.
    pub options: u16,
    /// Chance that the skill was known before its first answer, where a pre-test said so; 0 for unknown.
    pub placed: f32,
}

/// What is known of an answer beside right or wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// Right only with help.
    pub helped: bool,
    /// Options shown; 0 for a typed answer.
    pub options: u16,
    /// What a pre-test had said of the skill; 0 for nothing.
    pub placed: f32,
}

/// Collects answers in the order in which they were given.
#[derive(Default)]
pub struct LogBuilder {
    log: Log,
    students: BTreeMap<String, u32>,
    items: BTreeMap<String, u32>,
    skills: BTreeMap<String, u32>,
}

impl LogBuilder {
    /// Adds an answer.
    pub fn add(&mut self, student: &str, item: &str, skill: &str, at: f64, right: bool) {
        self.add_in(student, item, skill, at, right, Circumstances::default());
    }

    /// Answers so far.
    pub fn answers(&self) -> usize {
        self.log.attempts.len()
    }

    /// Adds an answer of which more is known.
    pub fn add_in(&mut self, student: &str, item: &str, skill: &str, at: f64, right: bool, known: Circumstances) {
        let Circumstances { helped, options, placed } = known;
        let student = number(&mut self.students, student, |id| self.log.students.push(id));
        let skill = number(&mut self.skills, skill, |id| self.log.skills.push(id.into()));
        let (items, of_item) = (&mut self.log.items, &mut self.log.skill_of_item);
        let item = number(&mut self.items, item, |id| {
            items.push(id.into());
            of_item.push(skill);
        });
        let row = u32::try_from(self.log.attempts.len()).unwrap_or(u32::MAX);
        self.log.attempts.push(Attempt { row, student, item, skill, at, right, helped, options, placed });
    }

    /// The log, each student's answers together.
    pub fn finish(mut self) -> Log {
        self.log.attempts.sort_by_key(|attempt| (attempt.student, attempt.row));
        self.log
    }
}

fn number(numbers: &mut BTreeMap<String, u32>, id: &str, new: impl FnOnce(String)) -> u32 {
    if let Some(number) = numbers.get(id) {
        return *number;
    }
    let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    numbers.insert(id.to_owned(), number);
    new(id.to_owned());
    number
}

impl Log {
    /// Each student's answers.
    pub fn by_student(&self) -> impl Iterator<Item = &[Attempt]> {
        self.attempts.chunk_by(|one, next| one.student == next.student)
    }
}
