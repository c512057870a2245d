//! Schools, their settings and their people.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_organization(c: &mut Conn, tenant: TenantId, row: &Organization) -> Result<()> {
    query!(
        "insert into organization (tenant_id, name, host, zone, created_at)
        values ($1, $2, $3, $4, $5)",
        tenant.0,
        row.name,
        row.host,
        row.zone,
        row.created_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn organization(c: &mut Conn, tenant: TenantId) -> Result<Option<Organization>> {
    query_as!(
        Organization,
        "select tenant_id, name, host, zone, created_at
        from organization
        where tenant_id = $1",
        tenant.0,
    )
    .fetch_optional(c)
    .await
}

pub async fn organizations(c: &mut Conn) -> Result<Vec<Organization>> {
    query_as!(
        Organization,
        "select tenant_id, name, host, zone, created_at
        from organization
        order by tenant_id",
    )
    .fetch_all(c)
    .await
}

pub async fn organization_by_host(c: &mut Conn, host: &str) -> Result<Option<Organization>> {
    query_as!(
        Organization,
        "select tenant_id, name, host, zone, created_at
        from organization
        where host = $1",
        host,
    )
    .fetch_optional(c)
    .await
}

pub async fn update_organization(
    c: &mut Conn,
    tenant: TenantId,
    name: &str,
    host: Option<&str>,
    zone: &str,
) -> Result<u64> {
    let done = query!(
        "update organization
        set name = $2, host = $3, zone = $4
        where tenant_id = $1",
        tenant.0,
        name,
        host,
        zone,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn insert_person(c: &mut Conn, tenant: TenantId, row: &Person) -> Result<()> {
    query!(
        "insert into person (
            tenant_id, id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        tenant.0,
        row.id.0,
        row.role,
        row.given_name,
        row.family_name,
        row.sign_in_name,
        row.email,
        row.password_hash,
        row.pin_nonce,
        row.locale,
        row.preferences,
        row.created_at,
        row.archived_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn person(c: &mut Conn, tenant: TenantId, id: PersonId) -> Result<Option<Person>> {
    query_as!(
        Person,
        "select id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at
        from person
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
    )
    .fetch_optional(c)
    .await
}

pub async fn person_by_email(c: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Person>> {
    query_as!(
        Person,
        "select id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at
        from person
        where tenant_id = $1
        and lower(email) = lower($2)",
        tenant.0,
        email,
    )
    .fetch_optional(c)
    .await
}

pub async fn person_by_sign_in_name(c: &mut Conn, tenant: TenantId, sign_in_name: &str) -> Result<Option<Person>> {
    query_as!(
        Person,
        "select id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at
        from person
        where tenant_id = $1
        and sign_in_name = $2",
        tenant.0,
        sign_in_name,
    )
    .fetch_optional(c)
    .await
}

pub async fn student_by_class_code(
    c: &mut Conn,
    tenant: TenantId,
    code: &str,
    sign_in_name: &str,
    now: i64,
) -> Result<Option<Person>> {
    query_as!(
        Person,
        "select p.id, p.role, p.given_name, p.family_name, p.sign_in_name, p.email,
            p.password_hash, p.pin_nonce, p.locale, p.preferences, p.created_at, p.archived_at
        from class k
        join enrollment e on e.tenant_id = k.tenant_id and e.class_id = k.id
        join person p on p.tenant_id = e.tenant_id and p.id = e.person_id
        where k.tenant_id = $1
        and k.code = $2
        and k.archived_at is null
        and e.role = 'student'
        and e.starts_at <= $4
        and (e.ends_at is null or e.ends_at > $4)
        and p.sign_in_name = $3
        and p.archived_at is null",
        tenant.0,
        code,
        sign_in_name,
        now,
    )
    .fetch_optional(c)
    .await
}

pub async fn people_by_role(c: &mut Conn, tenant: TenantId, role: &str) -> Result<Vec<Person>> {
    query_as!(
        Person,
        "select id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at
        from person
        where tenant_id = $1
        and role = $2
        and archived_at is null
        order by id",
        tenant.0,
        role,
    )
    .fetch_all(c)
    .await
}

pub async fn people(c: &mut Conn, tenant: TenantId, after: Option<PersonId>, limit: i64) -> Result<Vec<Person>> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    query_as!(
        Person,
        "select id, role, given_name, family_name, sign_in_name, email,
            password_hash, pin_nonce, locale, preferences, created_at, archived_at
        from person
        where tenant_id = $1
        and id > $2
        order by id
        limit $3",
        tenant.0,
        after,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn update_person(c: &mut Conn, tenant: TenantId, row: &Person) -> Result<u64> {
    let done = query!(
        "update person
        set role = $3, given_name = $4, family_name = $5, sign_in_name = $6, email = $7,
            password_hash = $8, pin_nonce = $9, locale = $10, preferences = $11, archived_at = $12
        where tenant_id = $1
        and id = $2",
        tenant.0,
        row.id.0,
        row.role,
        row.given_name,
        row.family_name,
        row.sign_in_name,
        row.email,
        row.password_hash,
        row.pin_nonce,
        row.locale,
        row.preferences,
        row.archived_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn set_password_hash(
    c: &mut Conn,
    tenant: TenantId,
    id: PersonId,
    password_hash: Option<&str>,
) -> Result<u64> {
    let done = query!(
        "update person
        set password_hash = $3
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
        password_hash,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn set_pin_nonce(c: &mut Conn, tenant: TenantId, id: PersonId, pin_nonce: Option<&[u8]>) -> Result<u64> {
    let done = query!(
        "update person
        set pin_nonce = $3
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
        pin_nonce,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn set_preferences(
    c: &mut Conn,
    tenant: TenantId,
    id: PersonId,
    locale: &str,
    preferences: &str,
) -> Result<u64> {
    let done = query!(
        "update person
        set locale = $3, preferences = $4
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
        locale,
        preferences,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn archive_person(c: &mut Conn, tenant: TenantId, id: PersonId, at: Option<i64>) -> Result<u64> {
    let done = query!(
        "update person
        set archived_at = $3
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn setting(c: &mut Conn, tenant: TenantId, key: &str) -> Result<Option<String>> {
    query_scalar!(
        "select value
        from setting
        where tenant_id = $1
        and key = $2",
        tenant.0,
        key,
    )
    .fetch_optional(c)
    .await
}

pub async fn save_setting(c: &mut Conn, tenant: TenantId, key: &str, value: &str) -> Result<()> {
    query!(
        "insert into setting (tenant_id, key, value)
        values ($1, $2, $3)
        on conflict (tenant_id, key) do update
        set value = excluded.value",
        tenant.0,
        key,
        value,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn delete_setting(c: &mut Conn, tenant: TenantId, key: &str) -> Result<u64> {
    let done = query!(
        "delete from setting
        where tenant_id = $1
        and key = $2",
        tenant.0,
        key,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}
