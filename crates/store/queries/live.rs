//! One class at this moment.

use crate::Conn;
use sqlx::{Result, query, query_as};
use store_rows::*;

pub async fn class_rows(c: &mut Conn, tenant: TenantId, class: ClassId, now: i64) -> Result<Vec<ClassRow>> {
    query_as!(
        ClassRow,
        r#"select p.id as "student_id!: StudentId", p.given_name as "given_name!", p.family_name as "family_name!",
            coalesce(h.position, 0) as "position!: i64", h.live as "live?", h.updated_at as "updated_at?"
        from enrollment e
        join person p on p.tenant_id = e.tenant_id and p.id = e.person_id
        left join student_head h on h.tenant_id = e.tenant_id and h.student_id = e.person_id
        where e.tenant_id = $1
        and e.class_id = $2
        and e.role = 'student'
        and e.starts_at <= $3
        and (e.ends_at is null or e.ends_at > $3)
        and p.archived_at is null
        order by p.id"#,
        tenant.0,
        class.0,
        now,
    )
    .fetch_all(c)
    .await
}

pub async fn class_skill_states(
    c: &mut Conn,
    tenant: TenantId,
    class: ClassId,
    course: &str,
    now: i64,
) -> Result<Vec<SkillState>> {
    query_as!(
        SkillState,
        "select s.student_id, s.course_id, s.skill_id, s.level_step, s.ready_at, s.lasting_at,
            s.placed, s.answers, s.last_at, s.state
        from enrollment e
        join skill_state s on s.tenant_id = e.tenant_id and s.student_id = e.person_id
        where e.tenant_id = $1
        and e.class_id = $2
        and e.role = 'student'
        and e.starts_at <= $4
        and (e.ends_at is null or e.ends_at > $4)
        and s.course_id = $3
        order by s.student_id, s.skill_id",
        tenant.0,
        class.0,
        course,
        now,
    )
    .fetch_all(c)
    .await
}

pub async fn class_skills(
    c: &mut Conn,
    tenant: TenantId,
    class: ClassId,
    course: &str,
    now: i64,
) -> Result<Vec<ClassSkill>> {
    query_as!(
        ClassSkill,
        "select s.student_id, s.skill_id, s.level_step, s.ready_at, s.lasting_at, s.placed, s.answers, s.last_at
        from enrollment e
        join skill_state s on s.tenant_id = e.tenant_id and s.student_id = e.person_id
        where e.tenant_id = $1
        and e.class_id = $2
        and e.role = 'student'
        and e.starts_at <= $4
        and (e.ends_at is null or e.ends_at > $4)
        and s.course_id = $3
        order by s.student_id, s.skill_id",
        tenant.0,
        class.0,
        course,
        now,
    )
    .fetch_all(c)
    .await
}

pub async fn raise_hand(c: &mut Conn, tenant: TenantId, row: &Hand) -> Result<()> {
    query!(
        "insert into hand (tenant_id, student_id, class_id, raised_at, note, lowered_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, student_id, class_id, raised_at) do nothing",
        tenant.0,
        row.student_id.0,
        row.class_id.0,
        row.raised_at,
        row.note,
        row.lowered_at,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn lower_hand(c: &mut Conn, tenant: TenantId, class: ClassId, student: StudentId, at: i64) -> Result<u64> {
    let done = query!(
        "update hand
        set lowered_at = $4
        where tenant_id = $1
        and class_id = $2
        and student_id = $3
        and lowered_at is null",
        tenant.0,
        class.0,
        student.0,
        at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn raised_hands(c: &mut Conn, tenant: TenantId, class: ClassId) -> Result<Vec<Hand>> {
    query_as!(
        Hand,
        "select student_id, class_id, raised_at, note, lowered_at
        from hand
        where tenant_id = $1
        and class_id = $2
        and lowered_at is null
        order by raised_at, student_id",
        tenant.0,
        class.0,
    )
    .fetch_all(c)
    .await
}

pub async fn hands_of_student(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Vec<Hand>> {
    query_as!(
        Hand,
        "select student_id, class_id, raised_at, note, lowered_at
        from hand
        where tenant_id = $1
        and student_id = $2
        order by raised_at, class_id",
        tenant.0,
        student.0,
    )
    .fetch_all(c)
    .await
}
