-- What was put before a student: enough to show it again and to judge an answer to it.
create table presentation (
    tenant_id blob not null,
    student_id blob not null,
    id blob not null,
    course_id text not null,
    item_id text not null,
    item_hash text not null,
    seed integer not null,
    lang text not null,
    purpose text not null,
    activity_id text,
    created_at integer not null,
    body blob not null,
    constraint presentation_pk primary key (tenant_id, student_id, id)
);

create index presentation_by_time on presentation (tenant_id, student_id, created_at, id);
