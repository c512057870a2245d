-- Links that work once, such as the one that makes the first administrator.
create table one_time_link (
    tenant_id blob not null,
    token_hash blob not null,
    purpose text not null,
    created_at integer not null,
    expires_at integer not null,
    used_at integer,
    constraint one_time_link_pk primary key (tenant_id, token_hash)
);
