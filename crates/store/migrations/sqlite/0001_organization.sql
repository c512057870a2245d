-- The school: every other table names it first.
create table organization (
    tenant_id blob not null,
    name text not null,
    host text,
    zone text not null,
    created_at integer not null,
    constraint organization_pk primary key (tenant_id)
);

create unique index organization_host on organization (host);
