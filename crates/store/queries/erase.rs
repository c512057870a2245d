//! Erasing one student: their stream, everything folded from it, and the person. `store_rows::PERSON_COLUMNS` says for
//! every table that names a person what happens to it; a test holds this file to that list.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;

/// How many rows went. The order follows the foreign keys.
pub async fn erase_student(c: &mut Conn, tenant: TenantId, student: StudentId, at: i64) -> Result<u64> {
    insert_erasure(c, tenant, &Erasure { student_id: student, at }).await?;
    macro_rules! erase {
        ($($sql:literal)*) => {
            0 $(+ query!($sql, tenant.0, student.0).execute(&mut *c).await?.rows_affected())*
        };
    }
    let rows = erase!(
        "delete from assignment_student where tenant_id = $1 and student_id = $2"
        "delete from hand where tenant_id = $1 and student_id = $2"
        "delete from alert_verdict where tenant_id = $1 and student_id = $2"
        "delete from presentation where tenant_id = $1 and student_id = $2"
        "delete from event where tenant_id = $1 and student_id = $2"
        "delete from snapshot where tenant_id = $1 and student_id = $2"
        "delete from skill_state where tenant_id = $1 and student_id = $2"
        "delete from student_head where tenant_id = $1 and student_id = $2"
        "delete from session where tenant_id = $1 and person_id = $2"
        "delete from enrollment where tenant_id = $1 and person_id = $2"
        "delete from person where tenant_id = $1 and id = $2"
    );
    Ok(rows)
}

/// With the head goes the lock on the stream: who waits for it finds the register.
pub async fn begin_erasure(c: &mut Conn, tenant: TenantId, row: &Erasure) -> Result<u64> {
    insert_erasure(c, tenant, row).await?;
    let done = query!("delete from student_head where tenant_id = $1 and student_id = $2", tenant.0, row.student_id.0)
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}

/// A long record goes in chunks, since nobody else writes while one goes. The newest events go first, then presentations,
/// then snapshots, of which each is as large as a chunk of the others.
pub async fn erase_some_rows(c: &mut Conn, tenant: TenantId, student: StudentId, limit: i64) -> Result<u64> {
    let events = query!(
        "delete from event
        where tenant_id = $1
        and student_id = $2
        and position in (
            select position
            from event
            where tenant_id = $1
            and student_id = $2
            order by position desc
            limit $3)",
        tenant.0,
        student.0,
        limit,
    )
    .execute(&mut *c)
    .await?;
    if events.rows_affected() > 0 {
        return Ok(events.rows_affected());
    }
    let presentations = query!(
        "delete from presentation
        where tenant_id = $1
        and student_id = $2
        and id in (
            select id
            from presentation
            where tenant_id = $1
            and student_id = $2
            limit $3)",
        tenant.0,
        student.0,
        limit,
    )
    .execute(&mut *c)
    .await?;
    if presentations.rows_affected() > 0 {
        return Ok(presentations.rows_affected());
    }
    let snapshots = query!(
        "delete from snapshot
        where tenant_id = $1
        and student_id = $2
        and position in (
            select position
            from snapshot
            where tenant_id = $1
            and student_id = $2
            limit 8)",
        tenant.0,
        student.0,
    )
    .execute(c)
    .await?;
    Ok(snapshots.rows_affected())
}

pub async fn insert_erasure(c: &mut Conn, tenant: TenantId, row: &Erasure) -> Result<()> {
    query!(
        "insert into erasure (tenant_id, student_id, at)
        values ($1, $2, $3)
        on conflict (tenant_id, student_id) do nothing",
        tenant.0,
        row.student_id.0,
        row.at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn erasures(c: &mut Conn, tenant: TenantId) -> Result<Vec<Erasure>> {
    query_as!(
        Erasure,
        "select student_id, at
        from erasure
        where tenant_id = $1
        order by at, student_id",
        tenant.0,
    )
    .fetch_all(c)
    .await
}

/// When the student's record was erased, if it was.
pub async fn erased_at(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Option<i64>> {
    query_scalar!(
        "select at
        from erasure
        where tenant_id = $1
        and student_id = $2",
        tenant.0,
        student.0,
    )
    .fetch_optional(c)
    .await
}
