-- Small facts about the school's installation.
create table setting (
    tenant_id uuid not null,
    key text not null,
    value text not null,
    constraint setting_pk primary key (tenant_id, key)
);
