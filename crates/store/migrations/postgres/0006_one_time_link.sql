-- Links that work once, such as the one that makes the first administrator.
create table one_time_link (
    tenant_id uuid not null,
    token_hash bytea not null,
    purpose text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint one_time_link_pk primary key (tenant_id, token_hash)
);
