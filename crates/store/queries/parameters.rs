//! The engine's constants, version by version, and which of them are in force. Versions and publications are added and
//! never changed.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_parameter_version(c: &mut Conn, tenant: TenantId, row: &ParameterVersion) -> Result<()> {
    query!(
        "insert into parameter_version (
            tenant_id, course_id, number, constants, origin, figures, compared_with, may_be_published, made_at, made_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant.0,
        row.course_id,
        row.number,
        row.constants,
        row.origin,
        row.figures,
        row.compared_with,
        row.may_be_published,
        row.made_at,
        row.made_by.0,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn parameter_version(
    c: &mut Conn,
    tenant: TenantId,
    course: &str,
    number: i64,
) -> Result<Option<ParameterVersion>> {
    query_as!(
        ParameterVersion,
        "select course_id, number, constants, origin, figures, compared_with, may_be_published, made_at, made_by
        from parameter_version
        where tenant_id = $1
        and course_id = $2
        and number = $3",
        tenant.0,
        course,
        number,
    )
    .fetch_optional(c)
    .await
}

pub async fn parameter_versions(c: &mut Conn, tenant: TenantId, course: &str) -> Result<Vec<ParameterVersionLine>> {
    query_as!(
        ParameterVersionLine,
        "select number, origin, figures, compared_with, may_be_published, made_at, made_by
        from parameter_version
        where tenant_id = $1
        and course_id = $2
        order by number desc",
        tenant.0,
        course,
    )
    .fetch_all(c)
    .await
}

pub async fn insert_parameter_publication(c: &mut Conn, tenant: TenantId, row: &ParameterPublication) -> Result<()> {
    query!(
        "insert into parameter_publication (tenant_id, course_id, turn, number, published_at, published_by)
        values ($1, $2, $3, $4, $5, $6)",
        tenant.0,
        row.course_id,
        row.turn,
        row.number,
        row.published_at,
        row.published_by.0,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn parameter_publications(c: &mut Conn, tenant: TenantId, course: &str) -> Result<Vec<ParameterPublication>> {
    query_as!(
        ParameterPublication,
        "select course_id, turn, number, published_at, published_by
        from parameter_publication
        where tenant_id = $1
        and course_id = $2
        order by turn desc",
        tenant.0,
        course,
    )
    .fetch_all(c)
    .await
}

/// The last publication of every course that has one, by course.
pub async fn parameters_in_force(c: &mut Conn, tenant: TenantId) -> Result<Vec<ParameterPublication>> {
    query_as!(
        ParameterPublication,
        "select p.course_id, p.turn, p.number, p.published_at, p.published_by
        from parameter_publication p
        where p.tenant_id = $1
        and not exists (
            select 1
            from parameter_publication later
            where later.tenant_id = p.tenant_id
            and later.course_id = p.course_id
            and later.turn > p.turn)
        order by p.course_id",
        tenant.0,
    )
    .fetch_all(c)
    .await
}

pub async fn students_folded_otherwise(
    c: &mut Conn,
    tenant: TenantId,
    versions: (&str, &str),
    after: Option<StudentId>,
    limit: i64,
) -> Result<Vec<StudentId>> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    query_scalar!(
        "select student_id
        from student_head
        where tenant_id = $1
        and student_id > $2
        and position > 0
        and (engine_version <> $3 or parameter_version <> $4)
        order by student_id
        limit $5",
        tenant.0,
        after,
        versions.0,
        versions.1,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn count_students_folded_otherwise(c: &mut Conn, tenant: TenantId, versions: (&str, &str)) -> Result<i64> {
    query_scalar!(
        r#"select count(*) as "count!: i64"
        from student_head
        where tenant_id = $1
        and position > 0
        and (engine_version <> $2 or parameter_version <> $3)"#,
        tenant.0,
        versions.0,
        versions.1,
    )
    .fetch_one(c)
    .await
}

/// Students with answers in a course, and those answers, as far as they are evidence.
pub async fn course_evidence(c: &mut Conn, tenant: TenantId, course: &str) -> Result<Vec<StudentEvidence>> {
    query_as!(
        StudentEvidence,
        r#"select student_id, cast(sum(answers) as bigint) as "answers!: i64"
        from skill_state
        where tenant_id = $1
        and course_id = $2
        and answers > 0
        group by student_id
        order by student_id"#,
        tenant.0,
        course,
    )
    .fetch_all(c)
    .await
}
