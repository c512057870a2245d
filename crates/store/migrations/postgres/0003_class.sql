-- Who learns with whom. An enrollment that ended stays, as a record of who could see what.
create table class (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    code text not null,
    course_id text,
    created_at bigint not null,
    archived_at bigint,
    constraint class_pk primary key (tenant_id, id),
    constraint class_organization foreign key (tenant_id) references organization (tenant_id)
);

create unique index class_code on class (tenant_id, code);

create table enrollment (
    tenant_id uuid not null,
    class_id uuid not null,
    person_id uuid not null,
    role text not null,
    starts_at bigint not null,
    ends_at bigint,
    constraint enrollment_pk primary key (tenant_id, class_id, person_id, role),
    constraint enrollment_class foreign key (tenant_id, class_id) references class (tenant_id, id),
    constraint enrollment_person foreign key (tenant_id, person_id) references person (tenant_id, id)
);

create index enrollment_by_person on enrollment (tenant_id, person_id, class_id);
