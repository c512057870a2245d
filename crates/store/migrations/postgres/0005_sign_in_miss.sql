-- Failed sign-ins by account and by network. The key may name an account that does not exist.
create table sign_in_miss (
    tenant_id uuid not null,
    key text not null,
    misses bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    blocked_until bigint not null,
    constraint sign_in_miss_pk primary key (tenant_id, key)
);

create index sign_in_miss_by_time on sign_in_miss (tenant_id, last_at);
