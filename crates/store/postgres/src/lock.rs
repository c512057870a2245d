//! Locking a student's stream until the unit of work ends, against other connections and other nodes.

use crate::{Conn, learning};
use sqlx::{Result, query_as, query_scalar};
use store_rows::*;
use uuid::Uuid;

pub async fn lock_head(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Option<StudentHead>> {
    query_as!(
        StudentHead,
        "select student_id, position, effective_at, device_clock, engine_version, parameter_version,
            course_version, state, live, updated_at
        from student_head
        where tenant_id = $1
        and student_id = $2
        for update",
        tenant.0,
        student.0,
    )
    .fetch_optional(c)
    .await
}

/// Locks first and reads then: what is read in the locking statement itself is as it was before the wait for the lock.
pub async fn lock_head_beside_skills(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    event: Uuid,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<LockedBesideSkill>> {
    let locked = query_scalar!(
        "select position
        from student_head
        where tenant_id = $1
        and student_id = $2
        for update",
        tenant.0,
        student.0,
    );
    match locked.fetch_optional(&mut *c).await? {
        Some(_) => learning::head_beside_skills_and_event(c, tenant, student, event, course, skills).await,
        None => Ok(Vec::new()),
    }
}
