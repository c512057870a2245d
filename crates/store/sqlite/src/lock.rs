//! Locking a student's stream: nothing to do, since there is one writer.

use crate::{Conn, learning};
use sqlx::Result;
use store_rows::*;
use uuid::Uuid;

pub async fn lock_head(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Option<StudentHead>> {
    learning::student_head(c, tenant, student).await
}

pub async fn lock_head_beside_skills(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    event: Uuid,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<LockedBesideSkill>> {
    learning::head_beside_skills_and_event(c, tenant, student, event, course, skills).await
}
