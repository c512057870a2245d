-- The record: one append-only stream a student. Everything a teacher sees can be rebuilt from it.
create table event (
    tenant_id uuid not null,
    student_id uuid not null,
    position bigint not null,
    id uuid not null,
    kind text not null,
    schema bigint not null,
    actor text not null,
    origin text not null,
    device text collate "C" not null,
    device_seq bigint not null,
    claimed_at bigint not null,
    received_at bigint not null,
    effective_at bigint not null,
    school_day text not null,
    client bytea not null,
    server bytea not null,
    derived boolean not null,
    constraint event_pk primary key (tenant_id, student_id, position)
);

create unique index event_id on event (tenant_id, student_id, id);
create index event_by_order on event (tenant_id, student_id, effective_at, device, device_seq, id);
create index event_by_kind on event (tenant_id, student_id, kind, position);
