//! Answers taken in by batches with all state in here, for a clock outside. Only in what is measured, never in the
//! module that browsers get.

use engine::{
    evaluation::workload::{Draws, Rows, STUDENTS},
    response::Model,
};

/// A fitted model, what it has taken in, and what it said of the last batch.
pub struct Online {
    draws: Draws,
    model: Model,
    rows: Rows,
    chances: Vec<f64>,
}

impl Default for Online {
    fn default() -> Self {
        let mut draws = Draws::default();
        let model = draws.model();
        Self { draws, model, rows: Rows::new(STUDENTS), chances: Vec::new() }
    }
}

impl Online {
    /// The next batch of so many answers.
    pub fn draw(&mut self, answers: usize) -> Vec<u8> {
        self.draws.batch(answers, STUDENTS)
    }

    /// Forgets all answers that were taken in.
    pub fn begin(&mut self) {
        self.rows = Rows::new(STUDENTS);
    }

    /// Predicts and takes in every answer of a batch; the chances of right answers.
    pub fn take(&mut self, batch: &[u8]) -> &[f64] {
        self.chances.clear();
        self.rows.take(&self.model, batch, &mut self.chances);
        &self.chances
    }

    /// Those of the last batch.
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }
}
