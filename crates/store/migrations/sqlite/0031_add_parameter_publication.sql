-- Which version was put in force when and by whom; the last one is in force. Number 0 is the constants that ship.
create table parameter_publication (
    tenant_id blob not null,
    course_id text not null,
    turn integer not null,
    number integer not null,
    published_at integer not null,
    published_by blob not null,
    constraint parameter_publication_pk primary key (tenant_id, course_id, turn),
    constraint parameter_publication_course foreign key (tenant_id, course_id) references course (tenant_id, id)
);
