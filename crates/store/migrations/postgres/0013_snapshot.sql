-- A fold to start from, so that a late event costs no refold of the whole stream.
create table snapshot (
    tenant_id uuid not null,
    student_id uuid not null,
    position bigint not null,
    effective_at bigint not null,
    engine_version text not null,
    parameter_version text not null,
    content_version text not null,
    state bytea not null,
    constraint snapshot_pk primary key (tenant_id, student_id, position)
);

create index snapshot_by_time on snapshot (tenant_id, student_id, effective_at, position);
