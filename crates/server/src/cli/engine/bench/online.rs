//! Answers by the response model and by knowledge tracing, the rows at hand.

use super::median_seconds;
use engine::{
    evaluation::workload::{Answer, BYTES, Draws, Rows, SKILLS, STUDENTS},
    mastery::{believe, guess_slip, success_next},
    parameters::SkillParameters,
    response::Model,
};

/// Answers of one run.
const ANSWERS: usize = 500_000;

pub struct Online {
    pub per_second: f64,
    pub after_10_ns: f64,
    pub after_10000_ns: f64,
    pub tracing_per_second: f64,
}

pub fn measure() -> Online {
    let mut draws = Draws::default();
    let model = draws.model();
    let batch = draws.batch(ANSWERS, STUDENTS);
    let alone = draws.batch(10_020, 1);
    let mut chances = Vec::with_capacity(ANSWERS);
    let per_second = ANSWERS as f64
        / median_seconds(|| {
            chances.clear();
            Rows::new(STUDENTS).take(&model, &batch, &mut chances);
            chances.iter().sum()
        });
    // Ten answers behind, ten thousand times: what is measured is the eleventh to thirtieth.
    let mut one = Rows::new(1);
    let (young, more) = alone.split_at(10 * BYTES);
    let (more, next) = more.split_at(9_990 * BYTES);
    one.take(&model, young, &mut chances);
    let young = one.clone();
    one.take(&model, more, &mut chances);
    Online {
        per_second,
        after_10_ns: nanoseconds_each(&young, &model, next),
        after_10000_ns: nanoseconds_each(&one, &model, next),
        tracing_per_second: ANSWERS as f64 / median_seconds(|| trace(&batch)),
    }
}

/// The same answers many times over from the same state.
fn nanoseconds_each(from: &Rows, model: &Model, answers: &[u8]) -> f64 {
    let times = 10_000;
    let mut rows = from.clone();
    let mut chances = Vec::new();
    let seconds = median_seconds(|| {
        let mut sum = 0.0;
        for _ in 0..times {
            rows.students_as_in(from);
            chances.clear();
            rows.take(model, answers, &mut chances);
            sum += chances.iter().sum::<f64>();
        }
        sum
    });
    seconds * 1e9 / (times * answers.len() / BYTES) as f64
}

fn trace(batch: &[u8]) -> f64 {
    let constants = SkillParameters::default();
    let mut levels = vec![constants.known_first; STUDENTS * SKILLS];
    let mut sum = 0.0;
    for one in Answer::read(batch) {
        let question = guess_slip(constants, (one.item % 9) as f64 / 4.0 - 1.0, 0);
        let level = &mut levels[one.student * SKILLS + one.skill];
        sum += success_next(*level, question);
        *level = believe(*level, one.right, question, constants);
    }
    sum
}
