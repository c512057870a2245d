-- Students whose record was erased; it holds nothing else about them, and outlives them.
create table erasure (
    tenant_id blob not null,
    student_id blob not null,
    at integer not null,
    constraint erasure_pk primary key (tenant_id, student_id)
) without rowid;
