//! Is a refit better than what was in force before? Asked of students whom it has not seen.

use super::{COURSE, Measures, TracedSkills, measure, predict_response, predict_tracing};
use crate::{
    parameters::Parameters,
    refit::{Log, fit},
    response::Model,
};
use serde::Serialize;

/// Of so many students in the order of the log one is held out: 10-20 % wherever there are five or more.
const HELD_OUT_EVERY: usize = 6;
/// Which one of them.
const HELD_OUT_AT: usize = 4;

/// What held-out students say of a refit. Fitted for this without them, and each of their answers predicted from that
/// student's earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Students held out.
    pub students: usize,
    /// Their answers.
    pub answers: usize,
    /// Predictions of the constants in force before, by knowledge tracing.
    pub before: Measures,
    /// Predictions of the new constants, by the response model.
    pub after: Measures,
    /// The same by knowledge tracing, as levels would move.
    pub after_tracing: Measures,
}

impl Comparison {
    /// True when the new constants are not worse in held-out log loss, neither in what they predict nor in the levels.
    pub fn may_be_published(&self) -> bool {
        self.after.log_loss <= self.before.log_loss && self.after_tracing.log_loss <= self.before.log_loss
    }
}

/// True for each student, by number, who is learnt from; the others are held out. No chance: every sixth student in the
/// order of the log, from the fifth on.
pub fn hold_out(log: &Log) -> Vec<bool> {
    (0..log.students.len()).map(|nth| nth % HELD_OUT_EVERY != HELD_OUT_AT).collect()
}

/// Compares a refit with the constants in force before. Nothing for fewer than five students: nobody can be held out.
pub fn compare(log: &Log, before: &Parameters) -> Option<Comparison> {
    let learn_from = hold_out(log);
    let students = learn_from.iter().filter(|learn| !**learn).count();
    if students == 0 {
        return None;
    }
    let course = COURSE.into();
    let tracing = |parameters: &Parameters| {
        measure(&predict_tracing(log, &learn_from, &TracedSkills::new(log, parameters, &course)))
    };
    let fitted = fit(log, &learn_from);
    let model = Model::new(fitted.response.as_ref()?);
    let predicted = predict_response(log, &learn_from, &model);
    let after = Parameters { courses: [(course.clone(), fitted)].into(), ..before.clone() };
    Some(Comparison {
        students,
        answers: predicted.len(),
        before: tracing(before),
        after: measure(&predicted),
        after_tracing: tracing(&after),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refit::LogBuilder;

    fn log(students: usize, right: impl Fn(usize, usize) -> bool) -> Log {
        let mut builder = LogBuilder::default();
        for student in 0..students {
            for nth in 0..20 {
                let skill = nth % 2;
                builder.add(&student.to_string(), &skill.to_string(), &skill.to_string(), 0.0, right(student, nth));
            }
        }
        builder.finish()
    }

    #[test]
    fn a_tenth_to_a_fifth_of_the_students_is_held_out() {
        for students in 5..500 {
            let held_out = hold_out(&log(students, |_, _| true)).iter().filter(|learn| !**learn).count();
            assert!(10 * held_out >= students && 5 * held_out <= students, "{held_out} of {students}");
        }
        assert_eq!(compare(&log(4, |_, _| true), &Parameters::default()), None);
        assert_eq!(compare(&log(0, |_, _| true), &Parameters::default()), None);
    }

    #[test]
    fn what_suits_the_students_may_be_published_and_what_does_not_may_not() {
        // One skill is always right and the other one never.
        let split = |_: usize, nth: usize| nth.is_multiple_of(2);
        let compared = compare(&log(60, split), &Parameters::default()).expect("ten students are held out");
        assert_eq!((compared.students, compared.answers), (10, 200));
        assert!(compared.after.log_loss < compared.before.log_loss && compared.may_be_published(), "{compared:?}");
        // Those held out are the opposite of all others.
        let other = |student: usize, nth: usize| split(student, nth) != (student % HELD_OUT_EVERY == HELD_OUT_AT);
        let compared = compare(&log(60, other), &Parameters::default()).expect("ten students are held out");
        assert!(!compared.may_be_published(), "{compared:?}");
    }

    #[test]
    fn the_levels_have_a_say_too() {
        let at = |log_loss| Measures { auc: 0.7, rmse: 0.4, log_loss, ece: 0.01 };
        let of = |before, after, after_tracing| {
            let comparison = Comparison {
                students: 1,
                answers: 1,
                before: at(before),
                after: at(after),
                after_tracing: at(after_tracing),
            };
            comparison.may_be_published()
        };
        assert!(of(0.6, 0.5, 0.55) && of(0.6, 0.6, 0.6), "not worse is enough");
        assert!(!of(0.6, 0.5, 0.61) && !of(0.6, 0.61, 0.5));
    }
}
