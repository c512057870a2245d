//! Long work in the background.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_job(c: &mut Conn, tenant: TenantId, row: &Job) -> Result<()> {
    query!(
        "insert into job (
            tenant_id, id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
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
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn job(c: &mut Conn, tenant: TenantId, id: Uuid) -> Result<Option<Job>> {
    query_as!(
        Job,
        "select id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error
        from job
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn jobs(c: &mut Conn, tenant: TenantId, state: &str) -> Result<Vec<Job>> {
    query_as!(
        Job,
        "select id, kind, state, progress_done, progress_total, detail,
            created_at, started_at, finished_at, error
        from job
        where tenant_id = $1
        and state = $2
        order by created_at, id",
        tenant.0,
        state,
    )
    .fetch_all(c)
    .await
}

/// True for the one caller that takes a waiting job, also among several nodes.
pub async fn start_job(c: &mut Conn, tenant: TenantId, id: Uuid, at: i64) -> Result<bool> {
    let done = query!(
        "update job
        set state = 'running', started_at = $3
        where tenant_id = $1
        and id = $2
        and state = 'waiting'",
        tenant.0,
        id,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn save_job(c: &mut Conn, tenant: TenantId, row: &Job) -> Result<u64> {
    let done = query!(
        "update job
        set state = $3, progress_done = $4, progress_total = $5, detail = $6,
            started_at = $7, finished_at = $8, error = $9
        where tenant_id = $1
        and id = $2",
        tenant.0,
        row.id,
        row.state,
        row.progress_done,
        row.progress_total,
        row.detail,
        row.started_at,
        row.finished_at,
        row.error,
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
