//! What teachers look at afterwards, and who looked.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;

/// A class's events of one kind, newest first; those at one time in a fixed order.
pub async fn class_events(c: &mut Conn, tenant: TenantId, page: &ClassEventsPage<'_>) -> Result<Vec<Event>> {
    query_as!(
        Event,
        "select v.student_id, v.position, v.id, v.kind, v.schema, v.actor, v.origin, v.device, v.device_seq,
            v.claimed_at, v.received_at, v.effective_at, v.school_day, v.client, v.server, v.derived
        from enrollment e
        join event v on v.tenant_id = e.tenant_id and v.student_id = e.person_id
        where e.tenant_id = $1
        and e.class_id = $2
        and e.role = 'student'
        and e.starts_at <= $6
        and (e.ends_at is null or e.ends_at > $6)
        and v.kind = $3
        and v.effective_at >= $4
        and v.effective_at < $5
        order by v.effective_at desc, v.student_id, v.position desc
        limit $7",
        tenant.0,
        page.class.0,
        page.kind,
        page.from,
        page.before,
        page.now,
        page.limit,
    )
    .fetch_all(c)
    .await
}

pub async fn insert_alert_verdict(c: &mut Conn, tenant: TenantId, row: &AlertVerdict) -> Result<()> {
    query!(
        "insert into alert_verdict (
            tenant_id, id, class_id, student_id, rule, basis, verdict, note, by_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant.0,
        row.id,
        row.class_id.0,
        row.student_id.0,
        row.rule,
        row.basis,
        row.verdict,
        row.note,
        row.by_id.0,
        row.at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn alert_verdicts(c: &mut Conn, tenant: TenantId, class: ClassId, since: i64) -> Result<Vec<AlertVerdict>> {
    query_as!(
        AlertVerdict,
        "select id, class_id, student_id, rule, basis, verdict, note, by_id, at
        from alert_verdict
        where tenant_id = $1
        and class_id = $2
        and at >= $3
        order by at desc, id desc",
        tenant.0,
        class.0,
        since,
    )
    .fetch_all(c)
    .await
}

pub async fn alert_verdicts_of_student(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
) -> Result<Vec<AlertVerdict>> {
    query_as!(
        AlertVerdict,
        "select id, class_id, student_id, rule, basis, verdict, note, by_id, at
        from alert_verdict
        where tenant_id = $1
        and student_id = $2
        order by at desc, id desc",
        tenant.0,
        student.0,
    )
    .fetch_all(c)
    .await
}

pub async fn insert_audit(c: &mut Conn, tenant: TenantId, row: &AuditEntry) -> Result<()> {
    query!(
        "insert into audit (tenant_id, id, at, actor_id, action, subject_id, class_id, detail)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        tenant.0,
        row.id,
        row.at,
        row.actor_id as _,
        row.action,
        row.subject_id,
        row.class_id as _,
        row.detail,
    )
    .execute(c)
    .await?;
    Ok(())
}

/// Newest first. The next page's `before` is the time and id of this page's last entry.
pub async fn audit_page(
    c: &mut Conn,
    tenant: TenantId,
    before: (i64, uuid::Uuid),
    limit: i64,
) -> Result<Vec<AuditEntry>> {
    query_as!(
        AuditEntry,
        "select id, at, actor_id, action, subject_id, class_id, detail
        from audit
        where tenant_id = $1
        and (at, id) < ($2, $3)
        order by at desc, id desc
        limit $4",
        tenant.0,
        before.0,
        before.1,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn audit_of_subject(
    c: &mut Conn,
    tenant: TenantId,
    subject: uuid::Uuid,
    before: (i64, uuid::Uuid),
    limit: i64,
) -> Result<Vec<AuditEntry>> {
    query_as!(
        AuditEntry,
        "select id, at, actor_id, action, subject_id, class_id, detail
        from audit
        where tenant_id = $1
        and subject_id = $2
        and (at, id) < ($3, $4)
        order by at desc, id desc
        limit $5",
        tenant.0,
        subject,
        before.0,
        before.1,
        limit,
    )
    .fetch_all(c)
    .await
}
