-- What is concluded about a student and a skill; rebuilt from the stream at any time.
create table skill_state (
    tenant_id uuid not null,
    student_id uuid not null,
    course_id text collate "C" not null,
    skill_id text collate "C" not null,
    level_step bigint not null,
    ready_at bigint,
    lasting_at bigint,
    placed boolean not null,
    answers bigint not null,
    last_at bigint not null,
    state bytea not null,
    constraint skill_state_pk primary key (tenant_id, student_id, course_id, skill_id)
);
