//! Classes and who is in them. An enrollment counts at a time `now` from `starts_at` until just before `ends_at`.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;

pub async fn insert_class(c: &mut Conn, tenant: TenantId, row: &Class) -> Result<()> {
    query!(
        "insert into class (tenant_id, id, name, code, course_id, created_at, archived_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        tenant.0,
        row.id.0,
        row.name,
        row.code,
        row.course_id,
        row.created_at,
        row.archived_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn class(c: &mut Conn, tenant: TenantId, id: ClassId) -> Result<Option<Class>> {
    query_as!(
        Class,
        "select id, name, code, course_id, created_at, archived_at
        from class
        where tenant_id = $1
        and id = $2",
        tenant.0,
        id.0,
    )
    .fetch_optional(c)
    .await
}

pub async fn class_by_code(c: &mut Conn, tenant: TenantId, code: &str) -> Result<Option<Class>> {
    query_as!(
        Class,
        "select id, name, code, course_id, created_at, archived_at
        from class
        where tenant_id = $1
        and code = $2",
        tenant.0,
        code,
    )
    .fetch_optional(c)
    .await
}

pub async fn classes(c: &mut Conn, tenant: TenantId) -> Result<Vec<Class>> {
    query_as!(
        Class,
        "select id, name, code, course_id, created_at, archived_at
        from class
        where tenant_id = $1
        order by id",
        tenant.0,
    )
    .fetch_all(c)
    .await
}

pub async fn update_class(c: &mut Conn, tenant: TenantId, row: &Class) -> Result<u64> {
    let done = query!(
        "update class
        set name = $3, code = $4, course_id = $5, archived_at = $6
        where tenant_id = $1
        and id = $2",
        tenant.0,
        row.id.0,
        row.name,
        row.code,
        row.course_id,
        row.archived_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn enroll(c: &mut Conn, tenant: TenantId, row: &Enrollment) -> Result<()> {
    query!(
        "insert into enrollment (tenant_id, class_id, person_id, role, starts_at, ends_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, class_id, person_id, role) do update
        set starts_at = excluded.starts_at, ends_at = excluded.ends_at",
        tenant.0,
        row.class_id.0,
        row.person_id.0,
        row.role,
        row.starts_at,
        row.ends_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn end_enrollment(
    c: &mut Conn,
    tenant: TenantId,
    class: ClassId,
    person: PersonId,
    role: &str,
    ends_at: i64,
) -> Result<u64> {
    let done = query!(
        "update enrollment
        set ends_at = $5
        where tenant_id = $1
        and class_id = $2
        and person_id = $3
        and role = $4",
        tenant.0,
        class.0,
        person.0,
        role,
        ends_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn enrollments(c: &mut Conn, tenant: TenantId, class: ClassId, person: PersonId) -> Result<Vec<Enrollment>> {
    query_as!(
        Enrollment,
        "select class_id, person_id, role, starts_at, ends_at
        from enrollment
        where tenant_id = $1
        and class_id = $2
        and person_id = $3
        order by role",
        tenant.0,
        class.0,
        person.0,
    )
    .fetch_all(c)
    .await
}

pub async fn classes_of_person(
    c: &mut Conn,
    tenant: TenantId,
    person: PersonId,
    now: i64,
) -> Result<Vec<ClassOfPerson>> {
    query_as!(
        ClassOfPerson,
        "select k.id, k.name, k.code, k.course_id, k.created_at, k.archived_at, e.role, e.ends_at
        from enrollment e
        join class k on k.tenant_id = e.tenant_id and k.id = e.class_id
        where e.tenant_id = $1
        and e.person_id = $2
        and e.starts_at <= $3
        and (e.ends_at is null or e.ends_at > $3)
        order by k.created_at, k.id, e.role",
        tenant.0,
        person.0,
        now,
    )
    .fetch_all(c)
    .await
}

pub async fn class_people(c: &mut Conn, tenant: TenantId, class: ClassId, now: i64) -> Result<Vec<ClassPerson>> {
    query_as!(
        ClassPerson,
        "select p.id, e.role, p.given_name, p.family_name, p.sign_in_name, p.pin_nonce, p.locale,
            e.starts_at, e.ends_at, p.archived_at
        from enrollment e
        join person p on p.tenant_id = e.tenant_id and p.id = e.person_id
        where e.tenant_id = $1
        and e.class_id = $2
        and e.starts_at <= $3
        and (e.ends_at is null or e.ends_at > $3)
        order by p.id, e.role",
        tenant.0,
        class.0,
        now,
    )
    .fetch_all(c)
    .await
}

pub async fn enrollments_of_person(c: &mut Conn, tenant: TenantId, person: PersonId) -> Result<Vec<Enrollment>> {
    query_as!(
        Enrollment,
        "select class_id, person_id, role, starts_at, ends_at
        from enrollment
        where tenant_id = $1
        and person_id = $2
        order by starts_at, class_id, role",
        tenant.0,
        person.0,
    )
    .fetch_all(c)
    .await
}
