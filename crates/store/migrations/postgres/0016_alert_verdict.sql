-- What a teacher said about an alert: right or wrong.
create table alert_verdict (
    tenant_id uuid not null,
    id uuid not null,
    class_id uuid not null,
    student_id uuid not null,
    rule text not null,
    basis text not null,
    verdict text not null,
    note text not null,
    by_id uuid not null,
    at bigint not null,
    constraint alert_verdict_pk primary key (tenant_id, id)
);

create index alert_verdict_by_student on alert_verdict (tenant_id, student_id, at);
create index alert_verdict_by_class on alert_verdict (tenant_id, class_id, at);
