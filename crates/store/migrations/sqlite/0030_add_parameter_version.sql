-- The engine's constants of one course, as a refit found them. A version is never changed; figures and origin are JSON.
create table parameter_version (
    tenant_id blob not null,
    course_id text not null,
    number integer not null,
    constants blob not null,
    origin text not null,
    figures text not null,
    compared_with integer not null,
    may_be_published boolean not null,
    made_at integer not null,
    made_by blob not null,
    constraint parameter_version_pk primary key (tenant_id, course_id, number),
    constraint parameter_version_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);
