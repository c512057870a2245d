-- A signed-in browser. Only the hash of its token is kept.
create table session (
    tenant_id blob not null,
    token_hash blob not null,
    id blob not null,
    person_id blob not null,
    class_id blob,
    created_at integer not null,
    last_seen_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    user_agent text not null,
    kind text not null,
    constraint session_pk primary key (tenant_id, token_hash),
    constraint session_person foreign key (tenant_id, person_id) references person (tenant_id, id)
);

create unique index session_id on session (tenant_id, id);
create index session_by_person on session (tenant_id, person_id, created_at);
create index session_by_class on session (tenant_id, class_id, created_at);
create index session_by_expiry on session (tenant_id, expires_at);
