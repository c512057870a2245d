-- What was put before a student: enough to show it again and to judge an answer to it.
create table presentation (
    tenant_id uuid not null,
    student_id uuid not null,
    id uuid not null,
    course_id text not null,
    item_id text not null,
    item_hash text not null,
    seed bigint not null,
    lang text not null,
    purpose text not null,
    activity_id text,
    created_at bigint not null,
    body bytea not null,
    constraint presentation_pk primary key (tenant_id, student_id, id)
);

create index presentation_by_time on presentation (tenant_id, student_id, created_at, id);
