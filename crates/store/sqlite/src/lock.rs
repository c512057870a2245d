//! Locking a student's stream: nothing to do, since there is one writer.

use crate::{Conn, learning};
use sqlx::Result;
use store_rows::*;

pub async fn lock_head(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Option<StudentHead>> {
    learning::student_head(c, tenant, student).await
}
