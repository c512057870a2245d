-- Who did or saw what. It holds ids, never names.
create table audit (
    tenant_id blob not null,
    id blob not null,
    at integer not null,
    actor_id blob,
    action text not null,
    subject_id blob,
    class_id blob,
    detail text not null,
    constraint audit_pk primary key (tenant_id, id)
);

create index audit_by_time on audit (tenant_id, at, id);
create index audit_by_subject on audit (tenant_id, subject_id, at, id);
