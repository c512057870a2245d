//! Who is here: a student who asked for anything within the last minute and a half.

use std::{collections::HashMap, sync::Mutex};
use store::StudentId;

const HERE_MS: i64 = 90_000;

/// When each student was last heard of.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<StudentId, i64>>);

impl Presence {
    /// Notes that a student was heard of; true when that makes them newly here.
    pub fn seen(&self, student: StudentId, now: i64) -> bool {
        let mut all = self.lock();
        if all.len() > 50_000 {
            all.retain(|_, at| now - *at < HERE_MS);
        }
        let before = all.insert(student, now);
        before.is_none_or(|at| now - at >= HERE_MS)
    }

    /// True when the student is here.
    pub fn is_here(&self, student: StudentId, now: i64) -> bool {
        self.lock().get(&student).is_some_and(|at| now - at < HERE_MS)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<StudentId, i64>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
