//! Courses, their versions, and content by the hash of its bytes.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;

pub async fn save_course(c: &mut Conn, tenant: TenantId, row: &Course) -> Result<()> {
    query!(
        "insert into course (tenant_id, id, published_version, title, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, id) do update
        set title = excluded.title",
        tenant.0,
        row.id,
        row.published_version,
        row.title,
        row.created_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn course(c: &mut Conn, tenant: TenantId, id: &str) -> Result<Option<Course>> {
    query_as!(
        Course,
        "select id, published_version, title, created_at
        from course
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn courses(c: &mut Conn, tenant: TenantId) -> Result<Vec<Course>> {
    query_as!(
        Course,
        "select id, published_version, title, created_at
        from course
        where tenant_id = $1
        order by id",
        tenant.0,
    )
    .fetch_all(c)
    .await
}

pub async fn insert_course_version(c: &mut Conn, tenant: TenantId, row: &CourseVersion) -> Result<()> {
    query!(
        "insert into course_version (tenant_id, course_id, version, structure, report, created_at, published_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, course_id, version) do nothing",
        tenant.0,
        row.course_id,
        row.version,
        row.structure,
        row.report,
        row.created_at,
        row.published_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn course_version(
    c: &mut Conn,
    tenant: TenantId,
    course: &str,
    version: &str,
) -> Result<Option<CourseVersion>> {
    query_as!(
        CourseVersion,
        "select course_id, version, structure, report, created_at, published_at
        from course_version
        where tenant_id = $1
        and course_id = $2
        and version = $3",
        tenant.0,
        course,
        version,
    )
    .fetch_optional(c)
    .await
}

pub async fn published_course_version(c: &mut Conn, tenant: TenantId, course: &str) -> Result<Option<CourseVersion>> {
    query_as!(
        CourseVersion,
        "select v.course_id, v.version, v.structure, v.report, v.created_at, v.published_at
        from course k
        join course_version v
            on v.tenant_id = k.tenant_id and v.course_id = k.id and v.version = k.published_version
        where k.tenant_id = $1
        and k.id = $2",
        tenant.0,
        course,
    )
    .fetch_optional(c)
    .await
}

pub async fn course_versions(c: &mut Conn, tenant: TenantId, course: &str) -> Result<Vec<CourseVersionLine>> {
    query_as!(
        CourseVersionLine,
        "select course_id, version, created_at, published_at
        from course_version
        where tenant_id = $1
        and course_id = $2
        order by created_at desc, version desc",
        tenant.0,
        course,
    )
    .fetch_all(c)
    .await
}

pub async fn publish_course(c: &mut Conn, tenant: TenantId, course: &str, version: &str, at: i64) -> Result<u64> {
    query!(
        "update course_version
        set published_at = coalesce(published_at, $4)
        where tenant_id = $1
        and course_id = $2
        and version = $3",
        tenant.0,
        course,
        version,
        at,
    )
    .execute(&mut *c)
    .await?;
    let done = query!(
        "update course
        set published_version = $3
        where tenant_id = $1
        and id = $2
        and exists (
            select 1
            from course_version v
            where v.tenant_id = $1
            and v.course_id = $2
            and v.version = $3)",
        tenant.0,
        course,
        version,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn insert_content(c: &mut Conn, tenant: TenantId, row: &Content) -> Result<()> {
    query!(
        "insert into content (tenant_id, hash, kind, body)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, hash) do nothing",
        tenant.0,
        row.hash,
        row.kind,
        row.body,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn content(c: &mut Conn, tenant: TenantId, hash: &str) -> Result<Option<Content>> {
    query_as!(
        Content,
        "select hash, kind, body
        from content
        where tenant_id = $1
        and hash = $2",
        tenant.0,
        hash,
    )
    .fetch_optional(c)
    .await
}

pub async fn contents(c: &mut Conn, tenant: TenantId, after_hash: &str, limit: i64) -> Result<Vec<Content>> {
    query_as!(
        Content,
        "select hash, kind, body
        from content
        where tenant_id = $1
        and hash > $2
        order by hash
        limit $3",
        tenant.0,
        after_hash,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn content_hashes(c: &mut Conn, tenant: TenantId, after_hash: &str, limit: i64) -> Result<Vec<String>> {
    query_scalar!(
        "select hash
        from content
        where tenant_id = $1
        and hash > $2
        order by hash
        limit $3",
        tenant.0,
        after_hash,
        limit,
    )
    .fetch_all(c)
    .await
}
