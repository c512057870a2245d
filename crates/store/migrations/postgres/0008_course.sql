-- What is taught. A version is written in chunks and becomes visible when course.published_version names it.
create table course (
    tenant_id uuid not null,
    id text collate "C" not null,
    published_version text,
    title text not null,
    created_at bigint not null,
    constraint course_pk primary key (tenant_id, id),
    constraint course_organization foreign key (tenant_id) references organization (tenant_id)
);

create table course_version (
    tenant_id uuid not null,
    course_id text collate "C" not null,
    version text collate "C" not null,
    structure bytea not null,
    report bytea not null,
    created_at bigint not null,
    published_at bigint,
    constraint course_version_pk primary key (tenant_id, course_id, version),
    constraint course_version_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);

create table content (
    tenant_id uuid not null,
    hash text collate "C" not null,
    kind text not null,
    body bytea not null,
    constraint content_pk primary key (tenant_id, hash)
);
