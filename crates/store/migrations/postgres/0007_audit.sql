-- Who did or saw what. It holds ids, never names.
create table audit (
    tenant_id uuid not null,
    id uuid not null,
    at bigint not null,
    actor_id uuid,
    action text not null,
    subject_id uuid,
    class_id uuid,
    detail text not null,
    constraint audit_pk primary key (tenant_id, id)
);

create index audit_by_time on audit (tenant_id, at, id);
create index audit_by_subject on audit (tenant_id, subject_id, at, id);
