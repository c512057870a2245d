-- Students whose record was erased; it holds nothing else about them, and outlives them.
create table erasure (
    tenant_id uuid not null,
    student_id uuid not null,
    at bigint not null,
    constraint erasure_pk primary key (tenant_id, student_id)
);
