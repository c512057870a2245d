-- A lesson that a teacher asks for, and of whom.
create table assignment (
    tenant_id uuid not null,
    id uuid not null,
    class_id uuid not null,
    course_id text not null,
    lesson_id text not null,
    note text not null,
    due_at bigint,
    created_by uuid not null,
    created_at bigint not null,
    cancelled_at bigint,
    constraint assignment_pk primary key (tenant_id, id),
    constraint assignment_class foreign key (tenant_id, class_id) references class (tenant_id, id)
);

create index assignment_by_class on assignment (tenant_id, class_id, created_at, id);

create table assignment_student (
    tenant_id uuid not null,
    assignment_id uuid not null,
    student_id uuid not null,
    done_at bigint,
    constraint assignment_student_pk primary key (tenant_id, assignment_id, student_id),
    constraint assignment_student_assignment foreign key (tenant_id, assignment_id) references assignment (tenant_id, id)
);

create index assignment_by_student on assignment_student (tenant_id, student_id, assignment_id);
