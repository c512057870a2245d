//! Heads that were read or written a moment ago, so that an answer and the question after it need not read them from
//! JSON again. A kept head is used only when the row in the store, read each time, is the very one it was made from:
//! another node may have moved it.

use crate::app::Problem;
use engine::record::HeadState;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};
use store::{HeadLine, StoreError, StudentHead, StudentId, TenantId, Tx};

/// Some tens of kilobytes each.
const HEADS_MAX: usize = 512;

/// Heads by student.
#[derive(Default)]
pub struct Heads(Mutex<HashMap<(TenantId, StudentId), Kept>>);

/// A head and the row that it stands for.
pub struct Kept {
    pub head: Arc<HeadState>,
    /// A position has one state under equal versions.
    line: HeadLine,
}

impl Kept {
    /// The head of a row with this line.
    pub fn of(line: HeadLine, head: Arc<HeadState>) -> Self {
        Self { head, line }
    }

    /// True when it is the head of that row.
    pub fn is_of(&self, line: &HeadLine) -> bool {
        self.line == *line
    }
}

impl Heads {
    /// The head of a row that was just read; of no row, the empty head.
    pub fn read(&self, tenant: TenantId, row: Option<&StudentHead>) -> Result<Arc<HeadState>, Problem> {
        let Some(row) = row else { return Ok(Arc::default()) };
        let line = row.line();
        match self.known(tenant, &line) {
            Some(known) => Ok(known),
            None => self.parse(tenant, line, &row.state),
        }
    }

    /// The head of a line that was just read in `tx`; the state is read too when it is not known here.
    pub async fn read_in(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        line: Option<HeadLine>,
    ) -> Result<Arc<HeadState>, Problem> {
        let Some(line) = line else { return Ok(Arc::default()) };
        if let Some(known) = self.known(tenant, &line) {
            return Ok(known);
        }
        let row = tx.student_head(tenant, line.student_id).await?.ok_or(StoreError::Missing)?;
        self.parse(tenant, line, &row.state)
    }

    fn known(&self, tenant: TenantId, line: &HeadLine) -> Option<Arc<HeadState>> {
        self.lock().get(&(tenant, line.student_id)).filter(|kept| kept.is_of(line)).map(|kept| kept.head.clone())
    }

    fn parse(&self, tenant: TenantId, line: HeadLine, state: &[u8]) -> Result<Arc<HeadState>, Problem> {
        let head = Arc::new(super::stored::read_state(state)?);
        self.put(tenant, Kept::of(line, Arc::clone(&head)));
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
        all.insert((tenant, kept.line.student_id), kept);
    }

    /// Forgets all, after a record was erased.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(TenantId, StudentId), Kept>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
