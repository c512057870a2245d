-- Where a student's stream ends, and the state folded from it. Its row is the lock on the stream.
create table student_head (
    tenant_id uuid not null,
    student_id uuid not null,
    position bigint not null,
    effective_at bigint not null,
    device_clock bytea not null,
    engine_version text not null,
    parameter_version text not null,
    course_version text not null,
    state bytea not null,
    live bytea not null,
    updated_at bigint not null,
    constraint student_head_pk primary key (tenant_id, student_id),
    constraint student_head_person foreign key (tenant_id, student_id) references person (tenant_id, id)
);
