-- The engine's constants of one course, as a refit found them. A version is never changed; figures and origin are JSON.
create table parameter_version (
    tenant_id uuid not null,
    course_id text collate "C" not null,
    number bigint not null,
    constants bytea not null,
    origin text not null,
    figures text not null,
    compared_with bigint not null,
    may_be_published boolean not null,
    made_at bigint not null,
    made_by uuid not null,
    constraint parameter_version_pk primary key (tenant_id, course_id, number),
    constraint parameter_version_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);
