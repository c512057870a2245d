-- A student asks for the teacher.
create table hand (
    tenant_id uuid not null,
    student_id uuid not null,
    class_id uuid not null,
    raised_at bigint not null,
    note text not null,
    lowered_at bigint,
    constraint hand_pk primary key (tenant_id, student_id, class_id, raised_at)
);

create index hand_by_class on hand (tenant_id, class_id, raised_at);
