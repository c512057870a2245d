-- One account a person; sign_in_name is stored folded, so that equal names are equal bytes.
create table person (
    tenant_id uuid not null,
    id uuid not null,
    role text not null,
    given_name text not null,
    family_name text not null,
    sign_in_name text,
    email text,
    password_hash text,
    pin_nonce bytea,
    locale text not null,
    preferences text not null,
    created_at bigint not null,
    archived_at bigint,
    constraint person_pk primary key (tenant_id, id),
    constraint person_organization foreign key (tenant_id) references organization (tenant_id)
);

create unique index person_email on person (tenant_id, lower(email));
create unique index person_sign_in_name on person (tenant_id, sign_in_name);
create index person_role on person (tenant_id, role, id);
