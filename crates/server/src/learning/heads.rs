//! Heads that were read or written a moment ago, so that an answer and the question after it need not read them from
//! JSON again. A kept head is used only when the row in the store, read each time, is the very one it was made from:
//! another node may have moved it.

use crate::app::Problem;
use engine::record::HeadState;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};
use store::{StudentHead, StudentId, TenantId};

/// Some tens of kilobytes each.
const HEADS_MAX: usize = 512;

/// Heads by student.
#[derive(Default)]
pub struct Heads(Mutex<HashMap<(TenantId, StudentId), Kept>>);

/// A head and the row that it stands for.
#[derive(Clone)]
pub struct Kept {
    pub head: Arc<HeadState>,
    /// The row without its blobs. A position has one state under equal versions.
    row: StudentHead,
}

impl Kept {
    /// The head of a row.
    pub fn of(row: &StudentHead, head: Arc<HeadState>) -> Self {
        Self { head, row: without_blobs(row) }
    }

    /// True when it is the head of that row.
    pub fn is_of(&self, row: &StudentHead) -> bool {
        self.row == without_blobs(row)
    }
}

fn without_blobs(row: &StudentHead) -> StudentHead {
    StudentHead {
        student_id: row.student_id,
        position: row.position,
        effective_at: row.effective_at,
        device_clock: Vec::new(),
        engine_version: row.engine_version.clone(),
        parameter_version: row.parameter_version.clone(),
        course_version: row.course_version.clone(),
        state: Vec::new(),
        live: Vec::new(),
        updated_at: row.updated_at,
    }
}

impl Heads {
    /// The head of a row that was just read; of no row, the empty head.
    pub fn read(&self, tenant: TenantId, row: Option<&StudentHead>) -> Result<Arc<HeadState>, Problem> {
        let Some(row) = row else { return Ok(Arc::default()) };
        let known = self.lock().get(&(tenant, row.student_id)).filter(|kept| kept.is_of(row)).cloned();
        if let Some(known) = known {
            return Ok(known.head);
        }
        let head = Arc::new(super::record::read_state(&row.state)?);
        self.put(tenant, Kept::of(row, Arc::clone(&head)));
        Ok(head)
    }

    /// Takes a student's head out, to go on from it.
    pub fn take(&self, tenant: TenantId, student: StudentId) -> Option<Kept> {
        self.lock().remove(&(tenant, student))
    }

    /// Keeps a head whose row is committed.
    pub fn put(&self, tenant: TenantId, kept: Kept) {
        let mut all = self.lock();
        if all.len() >= HEADS_MAX {
            all.clear();
        }
        all.insert((tenant, kept.row.student_id), kept);
    }

    /// Forgets all, after a record was erased.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(TenantId, StudentId), Kept>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
