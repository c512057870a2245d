//! Answers by the response model and by knowledge tracing, the rows at hand.

use super::median_seconds;
use engine::{
    mastery::{believe, guess_slip, success_next},
    parameters::SkillParameters,
    refit::{Folds, LogBuilder, fit_response},
    response::{Asked, ItemTrace, Model, SkillTrace, StudentTrace},
};

const STUDENTS: usize = 200;
const SKILLS: usize = 40;
const ITEMS: usize = 400;
/// Answers of one batch.
const BATCH: usize = 500_000;

pub struct Online {
    pub per_second: f64,
    pub after_10_ns: f64,
    pub after_10000_ns: f64,
    pub tracing_per_second: f64,
}

/// Numbers that look like chance and are the same in every run (xorshift, Marsaglia 2003).
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

#[derive(Clone, Copy)]
struct Answer {
    student: usize,
    skill: usize,
    item: usize,
    right: bool,
}

pub fn measure() -> Online {
    let mut draws = Draws(0x9e37_79b9_7f4a_7c15);
    let mut answer = |students: usize| {
        let item = draws.below(ITEMS);
        let right = draws.below(10) < 4 + item % 5;
        Answer { student: draws.below(students), skill: item % SKILLS, item, right }
    };
    let model = model((0..40_000).map(|_| answer(STUDENTS)));
    let batch: Vec<Answer> = (0..BATCH).map(|_| answer(STUDENTS)).collect();
    let alone: Vec<Answer> = (0..20_000).map(|_| answer(1)).collect();
    let mut one = State::new(1);
    let per_second = BATCH as f64 / median_seconds(|| State::new(STUDENTS).take(&model, &batch));
    // Ten answers behind, ten thousand times: what is measured is the eleventh to twentieth.
    one.take(&model, &alone[..10]);
    let young = one.clone();
    one.take(&model, &alone[10..10_000]);
    Online {
        per_second,
        after_10_ns: nanoseconds_each(&young, &model, &alone[10_000..10_020]),
        after_10000_ns: nanoseconds_each(&one, &model, &alone[10_000..10_020]),
        tracing_per_second: BATCH as f64 / median_seconds(|| trace(&batch)),
    }
}

/// The same twenty answers many times over from the same state.
fn nanoseconds_each(from: &State, model: &Model, answers: &[Answer]) -> f64 {
    let times = 10_000;
    let mut state = from.clone();
    let seconds = median_seconds(|| {
        let mut sum = 0.0;
        for _ in 0..times {
            state.students.copy_from_slice(&from.students);
            sum += state.take(model, answers);
        }
        sum
    });
    seconds * 1e9 / (times * answers.len()) as f64
}

fn model(answers: impl Iterator<Item = Answer>) -> Model {
    let mut builder = LogBuilder::default();
    for (nth, one) in answers.enumerate() {
        let names = [one.student, one.item, one.skill].map(|number| number.to_string());
        builder.add(&names[0], &names[1], &names[2], nth as f64, one.right);
    }
    let log = builder.finish();
    Model::new(&fit_response(&log, &Folds::new(&log, &vec![true; log.students.len()])))
}

/// The rows of some students.
#[derive(Clone)]
struct State {
    students: Vec<StudentTrace>,
    skills: Vec<SkillTrace>,
    items: Vec<ItemTrace>,
    now: f64,
}

impl State {
    fn new(students: usize) -> Self {
        Self {
            students: vec![StudentTrace::default(); students],
            skills: vec![SkillTrace::default(); students * SKILLS],
            items: vec![ItemTrace::default(); students * ITEMS],
            now: 1e9,
        }
    }

    /// Predicts and takes in every answer; the sum of the chances.
    fn take(&mut self, model: &Model, answers: &[Answer]) -> f64 {
        let mut sum = 0.0;
        for one in answers {
            self.now += 1.0;
            let asked = Asked { item: one.item as u32, skill: one.skill as u32, at: self.now, options: 0 };
            let student = &mut self.students[one.student];
            let skill = &mut self.skills[one.student * SKILLS + one.skill];
            let item = &mut self.items[one.student * ITEMS + one.item];
            sum += model.predict(asked, student, skill, item);
            model.take(asked, one.right, student, skill, item);
        }
        sum
    }
}

fn trace(answers: &[Answer]) -> f64 {
    let constants = SkillParameters::default();
    let mut levels = vec![constants.known_first; STUDENTS * SKILLS];
    let mut sum = 0.0;
    for one in answers {
        let question = guess_slip(constants, (one.item % 9) as f64 / 4.0 - 1.0, 0);
        let level = &mut levels[one.student * SKILLS + one.skill];
        sum += success_next(*level, question);
        *level = believe(*level, one.right, question, constants);
    }
    sum
}
