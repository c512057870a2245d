-- A signed-in browser. Only the hash of its token is kept.
create table session (
    tenant_id uuid not null,
    token_hash bytea not null,
    id uuid not null,
    person_id uuid not null,
    class_id uuid,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    user_agent text not null,
    kind text not null,
    constraint session_pk primary key (tenant_id, token_hash),
    constraint session_person foreign key (tenant_id, person_id) references person (tenant_id, id)
);

create unique index session_id on session (tenant_id, id);
create index session_by_person on session (tenant_id, person_id, created_at);
create index session_by_class on session (tenant_id, class_id, created_at);
create index session_by_expiry on session (tenant_id, expires_at);
