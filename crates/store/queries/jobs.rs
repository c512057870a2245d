//! Long work in the background. A job is `waiting`, then `running` on one server until `taken_until`, which that server
//! keeps moving on; `cancelling` asks it to stop; `done`, `failed` and `cancelled` are its ends.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_job(c: &mut Conn, tenant: TenantId, row: &Job) -> Result<()> {
    query!(
        "insert into job (
            tenant_id, id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error, asked_by, result, taken_until)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        tenant.0,
        row.id,
        row.kind,
        row.state,
        row.progress_done,
        row.progress_total,
        row.detail,
        row.created_at,
        row.started_at,
        row.finished_at,
        row.error,
        row.asked_by as _,
        row.result,
        row.taken_until,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn job(c: &mut Conn, tenant: TenantId, id: Uuid) -> Result<Option<Job>> {
    query_as!(
        Job,
        "select id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error, asked_by, result, taken_until
        from job
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn newest_jobs(c: &mut Conn, tenant: TenantId, kind: &str, limit: i64) -> Result<Vec<Job>> {
    query_as!(
        Job,
        "select id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error, asked_by, result, taken_until
        from job
        where tenant_id = $1
        and kind = $2
        order by created_at desc, id desc
        limit $3",
        tenant.0,
        kind,
        limit,
    )
    .fetch_all(c)
    .await
}

/// None while a server works for this school.
pub async fn next_job(c: &mut Conn, tenant: TenantId, now: i64) -> Result<Option<Job>> {
    query_as!(
        Job,
        "select id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error, asked_by, result, taken_until
        from job
        where tenant_id = $1
        and state in ('waiting', 'running', 'cancelling')
        and not exists (
            select 1
            from job busy
            where busy.tenant_id = $1
            and busy.state in ('running', 'cancelling')
            and busy.taken_until >= $2)
        order by created_at, id
        limit 1",
        tenant.0,
        now,
    )
    .fetch_optional(c)
    .await
}

/// True for the one caller that takes it, also among several servers.
pub async fn take_job(c: &mut Conn, tenant: TenantId, id: Uuid, now: i64, until: i64) -> Result<bool> {
    let done = query!(
        "update job
        set state = case state when 'waiting' then 'running' else state end, started_at = $3, taken_until = $4
        where tenant_id = $1
        and id = $2
        and state in ('waiting', 'running', 'cancelling')
        and taken_until < $3",
        tenant.0,
        id,
        now,
        until,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `started_at` tells the server that took the job last from one that fell silent and woke up again.
pub async fn move_job(c: &mut Conn, tenant: TenantId, row: &Job) -> Result<bool> {
    let done = query!(
        "update job
        set progress_done = $4, progress_total = $5, taken_until = $6
        where tenant_id = $1
        and id = $2
        and started_at = $3
        and state = 'running'",
        tenant.0,
        row.id,
        row.started_at,
        row.progress_done,
        row.progress_total,
        row.taken_until,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn end_job(c: &mut Conn, tenant: TenantId, row: &Job) -> Result<bool> {
    let done = query!(
        "update job
        set state = $4, progress_done = $5, progress_total = $6, finished_at = $7, error = $8, result = $9,
            taken_until = 0
        where tenant_id = $1
        and id = $2
        and started_at = $3
        and state in ('running', 'cancelling')",
        tenant.0,
        row.id,
        row.started_at,
        row.state,
        row.progress_done,
        row.progress_total,
        row.finished_at,
        row.error,
        row.result,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A server that stops lets go of its job.
pub async fn let_go_of_job(c: &mut Conn, tenant: TenantId, id: Uuid, started_at: i64) -> Result<u64> {
    let done = query!(
        "update job
        set taken_until = 0
        where tenant_id = $1
        and id = $2
        and started_at = $3",
        tenant.0,
        id,
        started_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn cancel_job(c: &mut Conn, tenant: TenantId, id: Uuid, at: i64) -> Result<u64> {
    let done = query!(
        "update job
        set finished_at = case state when 'waiting' then $3 else finished_at end,
            state = case state when 'waiting' then 'cancelled' else 'cancelling' end
        where tenant_id = $1
        and id = $2
        and state in ('waiting', 'running')",
        tenant.0,
        id,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

/// Asks for nothing, to hear whether there is an answer.
pub async fn ping(c: &mut Conn) -> Result<()> {
    query!(r#"select 1 as "one!: i32""#).fetch_one(c).await?;
    Ok(())
}
