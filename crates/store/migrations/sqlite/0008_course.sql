-- What is taught. A version is written in chunks and becomes visible when course.published_version names it.
create table course (
    tenant_id blob not null,
    id text not null,
    published_version text,
    title text not null,
    created_at integer not null,
    constraint course_pk primary key (tenant_id, id),
    constraint course_organization foreign key (tenant_id) references organization (tenant_id)
);

create table course_version (
    tenant_id blob not null,
    course_id text not null,
    version text not null,
    structure blob not null,
    report blob not null,
    created_at integer not null,
    published_at integer,
    constraint course_version_pk primary key (tenant_id, course_id, version),
    constraint course_version_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);

create table content (
    tenant_id blob not null,
    hash text not null,
    kind text not null,
    body blob not null,
    constraint content_pk primary key (tenant_id, hash)
);
