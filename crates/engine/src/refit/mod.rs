//! The engine's constants, found anew in a record of answers. Deterministic: students are taken in the order of the
//! log, sums run over blocks of fixed size, nothing is drawn by chance.
//!
//! 1. [`easiness`](Folds): how often items and skills were right, ten times without a tenth of the students each, so
//!    that no answer helps to predict itself.
//! 2. [`Design`]: the features of every answer, in one pass, with that tenth's easiness; then how often each situation
//!    ([`crate::response::Context`]) was right, in the same way.
//! 3. [`newton`]: the weights, by nine tenths of the students.
//! 4. [`calibrate`]: stretch and shift, by the last tenth.
//! 5. [`trace_skills`]: the four constants of each skill's knowledge tracing.

mod calibration;
mod design;
mod folds;
mod log;
mod newton;
mod tracing;

pub use calibration::calibrate;
pub use design::Design;
pub use folds::{CALIBRATION, FOLDS, Folds};
pub use log::{Attempt, Circumstances, Log, LogBuilder};
pub use newton::{Weights, newton};
pub use tracing::{item_shifts, trace_skills};

use crate::{
    parameters::CourseParameters,
    response::{FEATURE_NAMES, Fitted},
};

/// Fits everything that one course's record can tell, from the students named.
pub fn fit(log: &Log, learn_from: &[bool]) -> CourseParameters {
    let folds = Folds::new(log, learn_from);
    let mut parameters = fit_tracing(log, learn_from, &folds);
    parameters.response = Some(fit_response(log, &folds));
    parameters
}

/// Fits knowledge tracing alone.
pub fn fit_tracing(log: &Log, learn_from: &[bool], folds: &Folds) -> CourseParameters {
    CourseParameters { skills: trace_skills(log, learn_from, folds), items: item_shifts(log, folds), response: None }
}

/// Fits the response model alone.
pub fn fit_response(log: &Log, folds: &Folds) -> Fitted {
    let mut design = Design::new(log, folds);
    design.standardize();
    let weights = newton(&design);
    let calibration = calibrate(&design, &weights);
    let (weights, constant) = design.plain(&weights);
    let mut fitted = design.counted(log, folds);
    let named = FEATURE_NAMES.iter().map(|name| (*name).to_owned()).zip(weights);
    fitted.weights = named.filter(|(_, weight)| *weight != 0.0).collect();
    fitted.constant = constant;
    fitted.calibration = calibration;
    fitted
}
