-- Where a student's stream ends, and the state folded from it. Its row is the lock on the stream.
create table student_head (
    tenant_id blob not null,
    student_id blob not null,
    position integer not null,
    effective_at integer not null,
    device_clock blob not null,
    engine_version text not null,
    parameter_version text not null,
    course_version text not null,
    state blob not null,
    live blob not null,
    updated_at integer not null,
    constraint student_head_pk primary key (tenant_id, student_id),
    constraint student_head_person foreign key (tenant_id, student_id) references person (tenant_id, id)
);
