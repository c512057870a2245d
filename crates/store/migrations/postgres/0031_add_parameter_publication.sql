-- Which version was put in force when and by whom; the last one is in force. Number 0 is the constants that ship.
create table parameter_publication (
    tenant_id uuid not null,
    course_id text collate "C" not null,
    turn bigint not null,
    number bigint not null,
    published_at bigint not null,
    published_by uuid not null,
    constraint parameter_publication_pk primary key (tenant_id, course_id, turn),
    constraint parameter_publication_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);
