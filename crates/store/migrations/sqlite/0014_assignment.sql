-- A lesson that a teacher asks for, and of whom.
create table assignment (
    tenant_id blob not null,
    id blob not null,
    class_id blob not null,
    course_id text not null,
    lesson_id text not null,
    note text not null,
    due_at integer,
    created_by blob not null,
    created_at integer not null,
    cancelled_at integer,
    constraint assignment_pk primary key (tenant_id, id),
    constraint assignment_class foreign key (tenant_id, class_id) references class (tenant_id, id)
);

create index assignment_by_class on assignment (tenant_id, class_id, created_at, id);

create table assignment_student (
    tenant_id blob not null,
    assignment_id blob not null,
    student_id blob not null,
    done_at integer,
    constraint assignment_student_pk primary key (tenant_id, assignment_id, student_id),
    constraint assignment_student_assignment foreign key (tenant_id, assignment_id) references assignment (tenant_id, id)
);

create index assignment_by_student on assignment_student (tenant_id, student_id, assignment_id);
