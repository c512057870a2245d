//! A student's stream of events, and what is folded from it.

use crate::Conn;
use sqlx::{Result, query, query_as, query_scalar};
use store_rows::*;
use uuid::Uuid;

pub async fn insert_presentation(c: &mut Conn, tenant: TenantId, row: &Presentation) -> Result<()> {
    put!(
        c,
        "insert into presentation (
            tenant_id, student_id, id, course_id, item_id, item_hash, seed,
            lang, purpose, activity_id, created_at, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        tenant.0,
        row.student_id.0,
        row.id,
        row.course_id,
        row.item_id,
        row.item_hash,
        row.seed,
        row.lang,
        row.purpose,
        row.activity_id,
        row.created_at,
        row.body,
    )
}

pub async fn presentation(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    id: Uuid,
) -> Result<Option<Presentation>> {
    query_as!(
        Presentation,
        "select student_id, id, course_id, item_id, item_hash, seed,
            lang, purpose, activity_id, created_at, body
        from presentation
        where tenant_id = $1
        and student_id = $2
        and id = $3",
        tenant.0,
        student.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn presentations(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    before: i64,
    limit: i64,
) -> Result<Vec<Presentation>> {
    query_as!(
        Presentation,
        "select student_id, id, course_id, item_id, item_hash, seed,
            lang, purpose, activity_id, created_at, body
        from presentation
        where tenant_id = $1
        and student_id = $2
        and created_at < $3
        order by created_at desc, id desc
        limit $4",
        tenant.0,
        student.0,
        before,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn recent_items(c: &mut Conn, tenant: TenantId, student: StudentId, limit: i64) -> Result<Vec<RecentItem>> {
    query_as!(
        RecentItem,
        "select item_id, item_hash, purpose, seed, created_at
        from presentation
        where tenant_id = $1
        and student_id = $2
        order by created_at desc, id desc
        limit $3",
        tenant.0,
        student.0,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn insert_event(c: &mut Conn, tenant: TenantId, row: &Event) -> Result<()> {
    put!(
        c,
        "insert into event (
            tenant_id, student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        tenant.0,
        row.student_id.0,
        row.position,
        row.id,
        row.kind,
        row.schema,
        row.actor,
        row.origin,
        row.device,
        row.device_seq,
        row.claimed_at,
        row.received_at,
        row.effective_at,
        row.school_day,
        row.client,
        row.server,
        row.derived,
    )
}

pub async fn event_by_id(c: &mut Conn, tenant: TenantId, student: StudentId, id: Uuid) -> Result<Option<Event>> {
    query_as!(
        Event,
        "select student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived
        from event
        where tenant_id = $1
        and student_id = $2
        and id = $3",
        tenant.0,
        student.0,
        id,
    )
    .fetch_optional(c)
    .await
}

pub async fn events_in_order(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    after: &EventOrder,
    limit: i64,
) -> Result<Vec<Event>> {
    query_as!(
        Event,
        "select student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived
        from event
        where tenant_id = $1
        and student_id = $2
        and (effective_at, device, device_seq, id) > ($3, $4, $5, $6)
        order by effective_at, device, device_seq, id
        limit $7",
        tenant.0,
        student.0,
        after.effective_at,
        after.device,
        after.device_seq,
        after.id,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn events_after_position(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    after: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    query_as!(
        Event,
        "select student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived
        from event
        where tenant_id = $1
        and student_id = $2
        and position > $3
        order by position
        limit $4",
        tenant.0,
        student.0,
        after,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn newest_events(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    kind: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    query_as!(
        Event,
        "select student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived
        from event
        where tenant_id = $1
        and student_id = $2
        and kind = $3
        and position < $4
        order by position desc
        limit $5",
        tenant.0,
        student.0,
        kind,
        before,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn newest_events_of_kinds(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    kinds: [&str; 4],
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    query_as!(
        Event,
        "select student_id, position, id, kind, schema, actor, origin, device, device_seq,
            claimed_at, received_at, effective_at, school_day, client, server, derived
        from event
        where tenant_id = $1
        and student_id = $2
        and kind in ($3, $4, $5, $6)
        and position < $7
        order by position desc
        limit $8",
        tenant.0,
        student.0,
        kinds[0],
        kinds[1],
        kinds[2],
        kinds[3],
        before,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn student_head(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<Option<StudentHead>> {
    query_as!(
        StudentHead,
        "select student_id, position, effective_at, device_clock, engine_version, parameter_version,
            course_version, state, live, updated_at
        from student_head
        where tenant_id = $1
        and student_id = $2",
        tenant.0,
        student.0,
    )
    .fetch_optional(c)
    .await
}

pub async fn head_beside_skills(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<HeadBesideSkill>> {
    query_as!(
        HeadBesideSkill,
        r#"select h.student_id, h.position, h.effective_at, h.device_clock, h.engine_version, h.parameter_version,
            h.course_version, h.updated_at, s.skill_id as "skill_id?", s.state as "skill_state?"
        from student_head h
        left join skill_state s on s.tenant_id = h.tenant_id
            and s.student_id = h.student_id
            and s.course_id = $3
            and s.skill_id in ($4, $5, $6, $7, $8, $9, $10, $11)
        where h.tenant_id = $1
        and h.student_id = $2"#,
        tenant.0,
        student.0,
        course,
        skills[0],
        skills[1],
        skills[2],
        skills[3],
        skills[4],
        skills[5],
        skills[6],
        skills[7],
    )
    .fetch_all(c)
    .await
}

/// As [`head_beside_skills`], with whether the stream has an event.
pub async fn head_beside_skills_and_event(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    event: Uuid,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<LockedBesideSkill>> {
    query_as!(
        LockedBesideSkill,
        r#"select h.student_id, h.position, h.effective_at, h.device_clock, h.engine_version, h.parameter_version,
            h.course_version, h.updated_at, s.skill_id as "skill_id?", s.state as "skill_state?",
            exists (
                select 1
                from event e
                where e.tenant_id = h.tenant_id
                and e.student_id = h.student_id
                and e.id = $12
            ) as "event_known!: bool"
        from student_head h
        left join skill_state s on s.tenant_id = h.tenant_id
            and s.student_id = h.student_id
            and s.course_id = $3
            and s.skill_id in ($4, $5, $6, $7, $8, $9, $10, $11)
        where h.tenant_id = $1
        and h.student_id = $2"#,
        tenant.0,
        student.0,
        course,
        skills[0],
        skills[1],
        skills[2],
        skills[3],
        skills[4],
        skills[5],
        skills[6],
        skills[7],
        event,
    )
    .fetch_all(c)
    .await
}

/// Students with a stream, in the order of their ids.
pub async fn students_with_record(
    c: &mut Conn,
    tenant: TenantId,
    after: Option<StudentId>,
    limit: i64,
) -> Result<Vec<StudentId>> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    query_scalar!(
        "select student_id
        from student_head
        where tenant_id = $1
        and student_id > $2
        order by student_id
        limit $3",
        tenant.0,
        after,
        limit,
    )
    .fetch_all(c)
    .await
}

pub async fn open_student_head(c: &mut Conn, tenant: TenantId, student: StudentId) -> Result<()> {
    let nothing: &[u8] = &[];
    query!(
        "insert into student_head (
            tenant_id, student_id, position, effective_at, device_clock, engine_version,
            parameter_version, course_version, state, live, updated_at)
        values ($1, $2, 0, 0, $3, '', '', '', $3, $3, 0)
        on conflict (tenant_id, student_id) do nothing",
        tenant.0,
        student.0,
        nothing,
    )
    .execute(c)
    .await?;
    Ok(())
}

pub async fn save_student_head(c: &mut Conn, tenant: TenantId, row: &StudentHead) -> Result<()> {
    let done = query!(
        "update student_head
        set position = $3, effective_at = $4, device_clock = $5, engine_version = $6,
            parameter_version = $7, course_version = $8, state = $9, live = $10, updated_at = $11
        where tenant_id = $1
        and student_id = $2",
        tenant.0,
        row.student_id.0,
        row.position,
        row.effective_at,
        row.device_clock,
        row.engine_version,
        row.parameter_version,
        row.course_version,
        row.state,
        row.live,
        row.updated_at,
    )
    .execute(c)
    .await?;
    match done.rows_affected() {
        0 => Err(sqlx::Error::RowNotFound),
        _ => Ok(()),
    }
}

pub async fn skill_states(c: &mut Conn, tenant: TenantId, student: StudentId, course: &str) -> Result<Vec<SkillState>> {
    query_as!(
        SkillState,
        "select student_id, course_id, skill_id, level_step, ready_at, lasting_at, placed, answers, last_at, state
        from skill_state
        where tenant_id = $1
        and student_id = $2
        and course_id = $3
        order by skill_id",
        tenant.0,
        student.0,
        course,
    )
    .fetch_all(c)
    .await
}

pub async fn touched_skill_states(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    course: &str,
    skills: [&str; 8],
) -> Result<Vec<SkillState>> {
    query_as!(
        SkillState,
        "select student_id, course_id, skill_id, level_step, ready_at, lasting_at, placed, answers, last_at, state
        from skill_state
        where tenant_id = $1
        and student_id = $2
        and course_id = $3
        and skill_id in ($4, $5, $6, $7, $8, $9, $10, $11)
        order by skill_id",
        tenant.0,
        student.0,
        course,
        skills[0],
        skills[1],
        skills[2],
        skills[3],
        skills[4],
        skills[5],
        skills[6],
        skills[7],
    )
    .fetch_all(c)
    .await
}

pub async fn save_skill_state(c: &mut Conn, tenant: TenantId, row: &SkillState) -> Result<()> {
    put!(
        c,
        "insert into skill_state (
            tenant_id, student_id, course_id, skill_id, level_step, ready_at, lasting_at,
            placed, answers, last_at, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (tenant_id, student_id, course_id, skill_id) do update
        set level_step = excluded.level_step, ready_at = excluded.ready_at, lasting_at = excluded.lasting_at,
            placed = excluded.placed, answers = excluded.answers, last_at = excluded.last_at, state = excluded.state",
        tenant.0,
        row.student_id.0,
        row.course_id,
        row.skill_id,
        row.level_step,
        row.ready_at,
        row.lasting_at,
        row.placed,
        row.answers,
        row.last_at,
        row.state,
    )
}

pub async fn delete_skill_states(c: &mut Conn, tenant: TenantId, student: StudentId, course: &str) -> Result<u64> {
    let done = query!(
        "delete from skill_state
        where tenant_id = $1
        and student_id = $2
        and course_id = $3",
        tenant.0,
        student.0,
        course,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn insert_snapshot(c: &mut Conn, tenant: TenantId, row: &Snapshot) -> Result<()> {
    query!(
        "insert into snapshot (
            tenant_id, student_id, position, effective_at, engine_version, parameter_version,
            content_version, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (tenant_id, student_id, position) do update
        set effective_at = excluded.effective_at, engine_version = excluded.engine_version,
            parameter_version = excluded.parameter_version, content_version = excluded.content_version,
            state = excluded.state",
        tenant.0,
        row.student_id.0,
        row.position,
        row.effective_at,
        row.engine_version,
        row.parameter_version,
        row.content_version,
        row.state,
    )
    .execute(c)
    .await?;
    Ok(())
}

/// The newest snapshot that a fold of events from `effective_at` on can start from.
pub async fn snapshot_before(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    effective_at: i64,
) -> Result<Option<Snapshot>> {
    query_as!(
        Snapshot,
        "select student_id, position, effective_at, engine_version, parameter_version, content_version, state
        from snapshot
        where tenant_id = $1
        and student_id = $2
        and effective_at < $3
        order by effective_at desc, position desc
        limit 1",
        tenant.0,
        student.0,
        effective_at,
    )
    .fetch_optional(c)
    .await
}

/// Snapshots that a late event made untrue.
pub async fn delete_snapshots_from(
    c: &mut Conn,
    tenant: TenantId,
    student: StudentId,
    effective_at: i64,
) -> Result<u64> {
    let done = query!(
        "delete from snapshot
        where tenant_id = $1
        and student_id = $2
        and effective_at >= $3",
        tenant.0,
        student.0,
        effective_at,
    )
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}
