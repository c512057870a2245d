-- The record: one append-only stream a student. Everything a teacher sees can be rebuilt from it.
create table event (
    tenant_id blob not null,
    student_id blob not null,
    position integer not null,
    id blob not null,
    kind text not null,
    schema integer not null,
    actor text not null,
    origin text not null,
    device text not null,
    device_seq integer not null,
    claimed_at integer not null,
    received_at integer not null,
    effective_at integer not null,
    school_day text not null,
    client blob not null,
    server blob not null,
    derived boolean not null,
    constraint event_pk primary key (tenant_id, student_id, position)
);

create unique index event_id on event (tenant_id, student_id, id);
create index event_by_order on event (tenant_id, student_id, effective_at, device, device_seq, id);
create index event_by_kind on event (tenant_id, student_id, kind, position);
