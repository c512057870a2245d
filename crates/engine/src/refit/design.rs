//! The features of every answer, in one pass over the students.

use super::folds::{ByFold, CALIBRATION, Folds, total};
use super::{Attempt, Log, Weights};
use crate::response::{
    CONTEXTS_AT, Cell, Cells, Context, Count, Easiness, FEATURE_NAMES, FEATURES, Fitted, ItemTrace, Logarithms,
    NO_CELL, Reach, SkillTrace, StudentTrace, Taken, features, logit_of, sigma, take,
};

/// Numbers of a row: the features, a constant 1, and zeros up to a multiple of eight, for whole vectors.
pub const WIDTH: usize = 56;
/// Where the constant 1 stands.
pub const ONE_AT: usize = FEATURES;

/// A matrix with a row for each answer that is learnt from.
pub struct Design {
    /// Row by row, [`WIDTH`] numbers each.
    pub(super) x: Vec<f32>,
    pub(super) right: Vec<bool>,
    pub(super) fold: Vec<u8>,
    mean: [f64; FEATURES],
    /// 0 for what never varies.
    scale: [f64; FEATURES],
    reach: Reach,
    contexts: Vec<Counted>,
}

/// One context of all answers.
struct Counted {
    context: Context,
    cells: Cells,
    keys: Vec<(u32, u32)>,
    counts: Vec<ByFold>,
    /// The place of each row.
    places: Vec<u32>,
    /// By state: answers, and the rights that easiness expects.
    states: Vec<(Count, f64)>,
    usual: Vec<f64>,
}

/// A student's rows by number, emptied for the next student.
struct Rows {
    student: StudentTrace,
    skills: Vec<SkillTrace>,
    items: Vec<ItemTrace>,
}

impl Rows {
    fn empty(&mut self, attempts: &[Attempt]) {
        self.student = StudentTrace::default();
        for attempt in attempts {
            self.skills[attempt.skill as usize] = SkillTrace::default();
            self.items[attempt.item as usize] = ItemTrace::default();
        }
    }
}

impl Design {
    /// Walks through all answers that are learnt from.
    pub fn new(log: &Log, folds: &Folds) -> Self {
        let answers = folds.all.answers as usize;
        let mut design = Self {
            x: vec![0.0; answers * WIDTH],
            right: Vec::with_capacity(answers),
            fold: Vec::with_capacity(answers),
            mean: [0.0; FEATURES],
            scale: [0.0; FEATURES],
            reach: Reach::NONE,
            contexts: Context::ALL.iter().map(|context| Counted::new(*context, log, answers)).collect(),
        };
        let mut rows = Rows {
            student: StudentTrace::default(),
            skills: vec![SkillTrace::default(); log.skills.len()],
            items: vec![ItemTrace::default(); log.items.len()],
        };
        let logarithms = Logarithms::default();
        for attempts in log.by_student() {
            if let Some(fold) = attempts.first().and_then(|attempt| folds.of(attempt.student)) {
                rows.empty(attempts);
                attempts.iter().for_each(|attempt| design.add(folds, &logarithms, &mut rows, attempt, fold));
            }
        }
        design.fill_contexts(log, folds);
        design
    }

    fn add(&mut self, folds: &Folds, logarithms: &Logarithms, rows: &mut Rows, attempt: &Attempt, fold: u8) {
        let easiness = folds.easiness(attempt.item, attempt.skill, fold);
        let (skill, item) = (&mut rows.skills[attempt.skill as usize], &mut rows.items[attempt.item as usize]);
        self.reach.meet(&rows.student, skill, item);
        let x = features(logarithms, easiness, &rows.student, skill, item, attempt.at);
        let row = self.right.len();
        let place = &mut self.x[row * WIDTH..(row + 1) * WIDTH];
        place.iter_mut().zip(x).for_each(|(to, from)| *to = from as f32);
        place[ONE_AT] = 1.0;
        self.right.push(attempt.right);
        self.fold.push(fold);
        let expected = (sigma(easiness.0), sigma(easiness.1));
        for counted in &mut self.contexts {
            counted.add(attempt, fold, expected, &rows.student, skill);
        }
        let taken = Taken {
            question: (attempt.item, attempt.skill),
            easiness: easiness.0,
            right: attempt.right,
            at: attempt.at,
        };
        take(taken, &mut rows.student, skill, item);
    }

    /// Writes the contexts' features, each without the counts of its own group.
    fn fill_contexts(&mut self, log: &Log, folds: &Folds) {
        for (nth, counted) in self.contexts.iter_mut().enumerate() {
            counted.finish();
            let mut row = 0;
            for attempt in &log.attempts {
                let Some(fold) = folds.of(attempt.student) else { continue };
                let (item, skill) = folds.easiness(attempt.item, attempt.skill, fold);
                let base = if counted.context.of_item() { item } else { skill };
                self.x[row * WIDTH + CONTEXTS_AT + nth] = counted.value(row, fold, base) as f32;
                row += 1;
            }
        }
    }

    /// Brings every feature to mean 0 and deviation 1; what never varies becomes 0.
    pub fn standardize(&mut self) {
        let rows = self.right.len().max(1) as f64;
        let (mut sum, mut squares) = ([0.0_f64; FEATURES], [0.0_f64; FEATURES]);
        for row in self.x.chunks_exact(WIDTH) {
            for nth in 0..FEATURES {
                let value = f64::from(row[nth]);
                sum[nth] += value;
                squares[nth] += value * value;
            }
        }
        for nth in 0..FEATURES {
            self.mean[nth] = sum[nth] / rows;
            let variance = squares[nth] / rows - self.mean[nth] * self.mean[nth];
            self.scale[nth] = if variance > 1e-9 { 1.0 / libm::sqrt(variance) } else { 0.0 };
        }
        let (mean, scale) = (self.mean.map(|mean| mean as f32), self.scale.map(|scale| scale as f32));
        for row in self.x.chunks_exact_mut(WIDTH) {
            for nth in 0..FEATURES {
                row[nth] = (row[nth] - mean[nth]) * scale[nth];
            }
        }
    }

    /// Weights of the features as they were before [`Design::standardize`], and the constant.
    pub fn plain(&self, weights: &Weights) -> ([f64; FEATURES], f64) {
        let plain: [f64; FEATURES] = std::array::from_fn(|nth| weights[nth] * self.scale[nth]);
        let constant = plain.iter().zip(&self.mean).fold(weights[ONE_AT], |sum, (weight, mean)| sum - weight * mean);
        (plain, constant)
    }

    /// True for a row that fits the weights; the others calibrate.
    pub(super) fn fits(&self, row: usize) -> bool {
        self.fold[row] != CALIBRATION
    }

    /// What was counted, without weights.
    pub fn counted(&self, log: &Log, folds: &Folds) -> Fitted {
        let skills = (0..).zip(log.skills.iter().zip(&folds.skills));
        let items = log.items.iter().zip(&folds.items).zip(&log.skill_of_item);
        let named = |nth: usize| FEATURE_NAMES[CONTEXTS_AT + nth].to_owned();
        Fitted {
            all: folds.all,
            skills: skills.map(|(skill, (id, by))| Easiness { id: id.clone(), count: total(by), skill }).collect(),
            items: items
                .map(|((id, by), skill)| Easiness { id: id.clone(), count: total(by), skill: *skill })
                .collect(),
            contexts: self.contexts.iter().enumerate().map(|(nth, counted)| (named(nth), counted.cells())).collect(),
            usual: self.contexts.iter().enumerate().map(|(nth, counted)| (named(nth), counted.usual.clone())).collect(),
            reach: self.reach,
            ..Fitted::default()
        }
    }
}

impl Counted {
    fn new(context: Context, log: &Log, answers: usize) -> Self {
        let states = context.states() as usize;
        let whose = if context.of_item() { log.items.len() } else { log.skills.len() };
        let places = if context.is_pair() { 0 } else { whose * states };
        Self {
            context,
            cells: if context.is_pair() { Cells::met() } else { Cells::all(context.states()) },
            keys: Vec::new(),
            counts: vec![ByFold::default(); places],
            places: Vec::with_capacity(answers),
            states: vec![(Count::default(), 0.0); states],
            usual: Vec::new(),
        }
    }

    fn add(&mut self, attempt: &Attempt, fold: u8, expected: (f64, f64), student: &StudentTrace, skill: &SkillTrace) {
        let Some(state) = self.context.state(student, skill) else { return self.places.push(NO_CELL) };
        let (whose, expected) =
            if self.context.of_item() { (attempt.item, expected.0) } else { (attempt.skill, expected.1) };
        let place = self.cells.meet(whose, state);
        if place as usize >= self.counts.len() {
            self.counts.push(ByFold::default());
        }
        self.counts[place as usize][usize::from(fold)].add(attempt.right);
        self.places.push(place);
        let (count, sum) = &mut self.states[(state % self.context.states()) as usize];
        count.add(attempt.right);
        *sum += expected;
    }

    /// How much easier than usual the questions of a state are: by its rights against those that easiness expects.
    fn finish(&mut self) {
        let shift = |(count, expected): &(Count, f64)| {
            let wrong = f64::from(count.answers) - expected;
            logit_of(*count) - libm::log((expected + 1.0) / (wrong + 1.0))
        };
        self.usual = self.states.iter().map(shift).collect();
        self.keys = match self.cells {
            Cells::Met { .. } => self.cells.keys(),
            Cells::All { states } => {
                (0..self.counts.len() as u32).map(|place| (place / states, place % states)).collect()
            }
        };
    }

    fn value(&self, row: usize, fold: u8, base: f64) -> f64 {
        let place = self.places[row];
        let Some((_, state)) = self.keys.get(place as usize) else { return 0.0 };
        let usual = self.usual[(state % self.context.states()) as usize];
        let by = &self.counts[place as usize];
        let others = total(by).without(by[usize::from(fold)]);
        if others.answers == 0 {
            return usual;
        }
        self.context.shrinking().easiness(others, base + usual) - base
    }

    fn cells(&self) -> Vec<Cell> {
        let cell =
            |((whose, state), by): (&(u32, u32), &ByFold)| Cell { whose: *whose, state: *state, count: total(by) };
        self.keys.iter().zip(&self.counts).map(cell).filter(|cell| cell.count.answers > 0).collect()
    }
}
