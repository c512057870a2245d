-- A student asks for the teacher.
create table hand (
    tenant_id blob not null,
    student_id blob not null,
    class_id blob not null,
    raised_at integer not null,
    note text not null,
    lowered_at integer,
    constraint hand_pk primary key (tenant_id, student_id, class_id, raised_at)
);

create index hand_by_class on hand (tenant_id, class_id, raised_at);
