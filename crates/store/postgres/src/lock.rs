//! Locking a student's stream until the unit of work ends, against other connections and other nodes.

use crate::Conn;
use sqlx::{Result, query_as};
use store_rows::*;

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
