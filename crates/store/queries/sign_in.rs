//! The ways to sign in, and being signed in.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_session(c: &mut Conn, tenant: TenantId, row: &Session) -> Result<()> {
    query!(
        "insert into session (
            tenant_id, token_hash, id, person_id, class_id, created_at,
            last_seen_at, expires_at, revoked_at, user_agent, kind)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        tenant.0,
        row.token_hash,
        row.id,
        row.person_id.0,
        row.class_id as _,
        row.created_at,
        row.last_seen_at,
        row.expires_at,
        row.revoked_at,
        row.user_agent,
        row.kind,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn session(c: &mut Conn, tenant: TenantId, token_hash: &[u8]) -> Result<Option<Session>> {
    query_as!(
        Session,
        "select token_hash, id, person_id, class_id, created_at,
            last_seen_at, expires_at, revoked_at, user_agent, kind
        from session
        where tenant_id = $1
        and token_hash = $2",
        tenant.0,
        token_hash,
    )
    .fetch_optional(c)
    .await
}

pub async fn touch_session(
    c: &mut Conn,
    tenant: TenantId,
    token_hash: &[u8],
    last_seen_at: i64,
    expires_at: i64,
) -> Result<u64> {
    let done = query!(
        "update session
        set last_seen_at = $3, expires_at = $4
        where tenant_id = $1
        and token_hash = $2
        and revoked_at is null",
        tenant.0,
        token_hash,
        last_seen_at,
        expires_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn sessions_of_person(c: &mut Conn, tenant: TenantId, person: PersonId) -> Result<Vec<Session>> {
    query_as!(
        Session,
        "select token_hash, id, person_id, class_id, created_at,
            last_seen_at, expires_at, revoked_at, user_agent, kind
        from session
        where tenant_id = $1
        and person_id = $2
        order by created_at desc, id desc",
        tenant.0,
        person.0,
    )
    .fetch_all(c)
    .await
}

pub async fn sessions_of_class(c: &mut Conn, tenant: TenantId, class: ClassId) -> Result<Vec<Session>> {
    query_as!(
        Session,
        "select token_hash, id, person_id, class_id, created_at,
            last_seen_at, expires_at, revoked_at, user_agent, kind
        from session
        where tenant_id = $1
        and class_id = $2
        order by created_at desc, id desc",
        tenant.0,
        class.0,
    )
    .fetch_all(c)
    .await
}

pub async fn revoke_session(c: &mut Conn, tenant: TenantId, id: Uuid, at: i64) -> Result<u64> {
    let done = query!(
        "update session
        set revoked_at = $3
        where tenant_id = $1
        and id = $2
        and revoked_at is null",
        tenant.0,
        id,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn revoke_sessions_of_person(c: &mut Conn, tenant: TenantId, person: PersonId, at: i64) -> Result<u64> {
    let done = query!(
        "update session
        set revoked_at = $3
        where tenant_id = $1
        and person_id = $2
        and revoked_at is null",
        tenant.0,
        person.0,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn revoke_sessions_of_class(c: &mut Conn, tenant: TenantId, class: ClassId, at: i64) -> Result<u64> {
    let done = query!(
        "update session
        set revoked_at = $3
        where tenant_id = $1
        and class_id = $2
        and revoked_at is null",
        tenant.0,
        class.0,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn delete_expired_sessions(c: &mut Conn, tenant: TenantId, before: i64) -> Result<u64> {
    let done = query!(
        "delete from session
        where tenant_id = $1
        and expires_at < $2",
        tenant.0,
        before,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn sign_in_miss(c: &mut Conn, tenant: TenantId, key: &str) -> Result<Option<SignInMiss>> {
    query_as!(
        SignInMiss,
        "select key, misses, first_at, last_at, blocked_until
        from sign_in_miss
        where tenant_id = $1
        and key = $2",
        tenant.0,
        key,
    )
    .fetch_optional(c)
    .await
}

pub async fn save_sign_in_miss(c: &mut Conn, tenant: TenantId, row: &SignInMiss) -> Result<()> {
    query!(
        "insert into sign_in_miss (tenant_id, key, misses, first_at, last_at, blocked_until)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, key) do update
        set misses = excluded.misses, first_at = excluded.first_at,
            last_at = excluded.last_at, blocked_until = excluded.blocked_until",
        tenant.0,
        row.key,
        row.misses,
        row.first_at,
        row.last_at,
        row.blocked_until,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn count_sign_in_miss(c: &mut Conn, tenant: TenantId, key: &str, at: i64) -> Result<i64> {
    query_scalar!(
        r#"insert into sign_in_miss (tenant_id, key, misses, first_at, last_at, blocked_until)
        values ($1, $2, 1, $3, $3, 0)
        on conflict (tenant_id, key) do update
        set misses = sign_in_miss.misses + 1, last_at = excluded.last_at
        returning misses as "misses!: i64""#,
        tenant.0,
        key,
        at,
    )
    .fetch_one(c)
    .await
}

pub async fn clear_sign_in_miss(c: &mut Conn, tenant: TenantId, key: &str) -> Result<u64> {
    let done = query!(
        "delete from sign_in_miss
        where tenant_id = $1
        and key = $2",
        tenant.0,
        key,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn delete_old_sign_in_misses(c: &mut Conn, tenant: TenantId, before: i64) -> Result<u64> {
    let done = query!(
        "delete from sign_in_miss
        where tenant_id = $1
        and last_at < $2
        and blocked_until < $2",
        tenant.0,
        before,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn insert_one_time_link(c: &mut Conn, tenant: TenantId, row: &OneTimeLink) -> Result<()> {
    query!(
        "insert into one_time_link (tenant_id, token_hash, purpose, created_at, expires_at, used_at)
        values ($1, $2, $3, $4, $5, $6)",
        tenant.0,
        row.token_hash,
        row.purpose,
        row.created_at,
        row.expires_at,
        row.used_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn one_time_link(c: &mut Conn, tenant: TenantId, token_hash: &[u8]) -> Result<Option<OneTimeLink>> {
    query_as!(
        OneTimeLink,
        "select token_hash, purpose, created_at, expires_at, used_at
        from one_time_link
        where tenant_id = $1
        and token_hash = $2",
        tenant.0,
        token_hash,
    )
    .fetch_optional(c)
    .await
}

pub async fn use_one_time_link(c: &mut Conn, tenant: TenantId, token_hash: &[u8], now: i64) -> Result<bool> {
    let done = query!(
        "update one_time_link
        set used_at = $3
        where tenant_id = $1
        and token_hash = $2
        and used_at is null
        and expires_at > $3",
        tenant.0,
        token_hash,
        now,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn delete_expired_one_time_links(c: &mut Conn, tenant: TenantId, before: i64) -> Result<u64> {
    let done = query!(
        "delete from one_time_link
        where tenant_id = $1
        and expires_at < $2",
        tenant.0,
        before,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}
