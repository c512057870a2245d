//! Locking a student's stream until the unit of work ends, against other connections and other nodes.

use crate::Conn;
use sqlx::{Result, query_as};
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

pub async fn lock_head_beside_skills(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    event: Uuid,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<LockedBesideSkill>> {
    query_as!(
        LockedBesideSkill,
        r#"select h.student_id, h.position, h.effective_at, h.device_clock, h.engine_version, h.parameter_version,
            h.course_version, h.updated_at, s.skill_id as "skill_id?", s.state as "skill_state?",
            exists (
                select 1
                from event e
                where e.tenant_id = h.tenant_id
                and e.student_id = h.student_id
                and e.id = $12
            ) as "event_known!: bool"
        from student_head h
        left join skill_state s on s.tenant_id = h.tenant_id
            and s.student_id = h.student_id
            and s.course_id = $3
            and s.skill_id in ($4, $5, $6, $7, $8, $9, $10, $11)
        where h.tenant_id = $1
        and h.student_id = $2
        for update of h"#,
        tenant.0,
        student.0,
        course,
        skills[0],
        skills[1],
        skills[2],
        skills[3],
        skills[4],
        skills[5],
        skills[6],
        skills[7],
        event,
    )
    .fetch_all(c)
    .await
}
