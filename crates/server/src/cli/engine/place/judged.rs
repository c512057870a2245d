//! What a pre-test believed against what was true, summed over students.

use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, time::Duration};

/// Questions after which the belief is looked at.
pub const MARKS: [usize; 5] = [5, 10, 15, 20, 25];
/// A skill is placed as known from this chance on.
const KNOWN_AT: f64 = 0.90;

/// Sums over students.
#[derive(Default)]
pub struct Judged {
    students: usize,
    skills_right: f64,
    students_90: usize,
    certainty: f64,
    placed: usize,
    placed_truly: usize,
    known: usize,
    asked: usize,
    at: BTreeMap<usize, (f64, usize)>,
    times: Vec<Duration>,
}

impl Judged {
    /// The belief after so many questions; a pre-test that has ended keeps its last.
    pub fn mark(&mut self, questions: usize, p: &[f64], truth: &[bool]) {
        let right = skills_right(p, truth);
        let at = self.at.entry(questions).or_default();
        at.0 += right;
        at.1 += usize::from(right >= 0.9);
    }

    /// How long one question took to choose, the answer before it taken in.
    pub fn took(&mut self, time: Duration) {
        self.times.push(time);
    }

    /// How a student's pre-test ended.
    pub fn end(&mut self, p: &[f64], truth: &[bool], asked: usize) {
        let right = skills_right(p, truth);
        self.students += 1;
        self.skills_right += right;
        self.students_90 += usize::from(right >= 0.9);
        self.certainty += p.iter().map(|p| p.max(1.0 - p)).sum::<f64>() / p.len().max(1) as f64;
        self.known += truth.iter().filter(|known| **known).count();
        self.asked += asked;
        for truly in p.iter().zip(truth).filter(|(p, _)| **p >= KNOWN_AT).map(|(_, truly)| *truly) {
            self.placed += 1;
            self.placed_truly += usize::from(truly);
        }
    }

    /// Adds another's sums.
    pub fn add(&mut self, other: Self) {
        self.students += other.students;
        self.skills_right += other.skills_right;
        self.students_90 += other.students_90;
        self.certainty += other.certainty;
        self.placed += other.placed;
        self.placed_truly += other.placed_truly;
        self.known += other.known;
        self.asked += other.asked;
        self.times.extend(other.times);
    }

    /// Share of the placed that is truly known; 1 where nothing was placed.
    pub fn placed_truly_known(&self) -> f64 {
        share(self.placed_truly, self.placed)
    }

    /// The means, by name.
    pub fn told(mut self) -> Map<String, Value> {
        self.times.sort_unstable();
        let time = |share: f64| {
            let at = (self.times.len().saturating_sub(1) as f64 * share).round() as usize;
            self.times.get(at).map_or(0.0, |time| round(1e3 * time.as_secs_f64(), 1e3))
        };
        let students = self.students.max(1) as f64;
        let mean = |sum: f64| round(sum / students, 1e4);
        let mut told = Map::new();
        let mut put = |name: &str, value: Value| told.insert(name.to_owned(), value);
        put("students", json!(self.students));
        put("skills_right", json!(mean(self.skills_right)));
        put("students_90", json!(mean(self.students_90 as f64)));
        if !self.at.is_empty() {
            let by = |value: &dyn Fn(&(f64, usize)) -> f64| -> Value {
                self.at
                    .iter()
                    .map(|(mark, at)| (mark.to_string(), json!(mean(value(at)))))
                    .collect::<Map<_, _>>()
                    .into()
            };
            put("skills_right_at", by(&|at| at.0));
            put("students_90_at", by(&|at| at.1 as f64));
        }
        put("overconfidence", json!(mean(self.certainty - self.skills_right)));
        put("placed_known_mean", json!(mean(self.placed as f64)));
        put("placed_truly_known", json!(round(self.placed_truly_known(), 1e4)));
        put("found", json!(round(share(self.placed_truly, self.known), 1e4)));
        put("asked_mean", json!(mean(self.asked as f64)));
        put("ms_per_question_median", json!(time(0.5)));
        put("ms_per_question_p99", json!(time(0.99)));
        told
    }
}

fn skills_right(p: &[f64], truth: &[bool]) -> f64 {
    share(p.iter().zip(truth).filter(|(p, truly)| (**p >= 0.5) == **truly).count(), truth.len())
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

fn round(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belief_is_held_against_truth() {
        let mut judged = Judged::default();
        judged.mark(5, &[0.6, 0.4], &[true, true]);
        judged.end(&[0.95, 0.9, 0.2, 0.5], &[true, false, false, true], 7);
        let told = Value::from(judged.told());
        let expected = [("skills_right", 0.75), ("placed_truly_known", 0.5), ("found", 0.5), ("asked_mean", 7.0)];
        for (name, value) in expected {
            assert_eq!(told[name], value, "{told}");
        }
        assert_eq!((&told["skills_right_at"]["5"], &told["students_90"]), (&json!(0.5), &json!(0.0)));
    }

    #[test]
    fn nobody_and_nothing_have_figures() {
        let mut judged = Judged::default();
        judged.end(&[], &[], 0);
        assert_eq!(Value::from(judged.told())["skills_right"], 1.0);
        assert_eq!(Value::from(Judged::default().told())["students"], 0);
    }
}
