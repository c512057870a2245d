//! What a teacher asks of students.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_assignment(c: &mut Conn, tenant: TenantId, row: &Assignment) -> Result<()> {
    query!(
        "insert into assignment (
            tenant_id, id, class_id, course_id, lesson_id, note, due_at, created_by, created_at, cancelled_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant.0,
        row.id,
        row.class_id.0,
        row.course_id,
        row.lesson_id,
        row.note,
        row.due_at,
        row.created_by.0,
        row.created_at,
        row.cancelled_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn assign_student(c: &mut Conn, tenant: TenantId, row: &AssignmentStudent) -> Result<()> {
    query!(
        "insert into assignment_student (tenant_id, assignment_id, student_id, done_at)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, assignment_id, student_id) do nothing",
        tenant.0,
        row.assignment_id,
        row.student_id.0,
        row.done_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn assignment(c: &mut Conn, tenant: TenantId, id: Uuid) -> Result<Option<Assignment>> {
    query_as!(
        Assignment,
        "select id, class_id, course_id, lesson_id, note, due_at, created_by, created_at, cancelled_at
        from assignment
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn assignments_of_class(c: &mut Conn, tenant: TenantId, class: ClassId) -> Result<Vec<Assignment>> {
    query_as!(
        Assignment,
        "select id, class_id, course_id, lesson_id, note, due_at, created_by, created_at, cancelled_at
        from assignment
        where tenant_id = $1
        and class_id = $2
        order by created_at desc, id desc",
        tenant.0,
        class.0,
    )
    .fetch_all(c)
    .await
}

pub async fn assignment_students_of_class(
    c: &mut Conn,
    tenant: TenantId,
    class: ClassId,
) -> Result<Vec<AssignmentStudent>> {
    query_as!(
        AssignmentStudent,
        "select s.assignment_id, s.student_id, s.done_at
        from assignment a
        join assignment_student s on s.tenant_id = a.tenant_id and s.assignment_id = a.id
        where a.tenant_id = $1
        and a.class_id = $2
        order by a.created_at desc, a.id desc, s.student_id",
        tenant.0,
        class.0,
    )
    .fetch_all(c)
    .await
}

pub async fn assignments_of_student(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
) -> Result<Vec<StudentAssignment>> {
    query_as!(
        StudentAssignment,
        "select a.id, a.class_id, a.course_id, a.lesson_id, a.note, a.due_at,
            a.created_by, a.created_at, a.cancelled_at, s.done_at
        from assignment_student s
        join assignment a on a.tenant_id = s.tenant_id and a.id = s.assignment_id
        where s.tenant_id = $1
        and s.student_id = $2
        order by a.created_at desc, a.id desc",
        tenant.0,
        student.0,
    )
    .fetch_all(c)
    .await
}

pub async fn cancel_assignment(c: &mut Conn, tenant: TenantId, id: Uuid, at: Option<i64>) -> Result<u64> {
    let done = query!(
        "update assignment
        set cancelled_at = $3
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn finish_assignment(c: &mut Conn, tenant: TenantId, id: Uuid, student: StudentId, at: i64) -> Result<u64> {
    let done = query!(
        "update assignment_student
        set done_at = $4
        where tenant_id = $1
        and assignment_id = $2
        and student_id = $3
        and done_at is null",
        tenant.0,
        id,
        student.0,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}
