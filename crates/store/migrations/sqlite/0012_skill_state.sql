-- What is concluded about a student and a skill; rebuilt from the stream at any time.
create table skill_state (
    tenant_id blob not null,
    student_id blob not null,
    course_id text not null,
    skill_id text not null,
    level_step integer not null,
    ready_at integer,
    lasting_at integer,
    placed boolean not null,
    answers integer not null,
    last_at integer not null,
    state blob not null,
    constraint skill_state_pk primary key (tenant_id, student_id, course_id, skill_id)
) without rowid;
