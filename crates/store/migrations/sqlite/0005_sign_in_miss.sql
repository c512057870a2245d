-- Failed sign-ins by account and by network. The key may name an account that does not exist.
create table sign_in_miss (
    tenant_id blob not null,
    key text not null,
    misses integer not null,
    first_at integer not null,
    last_at integer not null,
    blocked_until integer not null,
    constraint sign_in_miss_pk primary key (tenant_id, key)
) without rowid;

create index sign_in_miss_by_time on sign_in_miss (tenant_id, last_at);
