-- Long work in the background, and how far it is.
create table job (
    tenant_id blob not null,
    id blob not null,
    kind text not null,
    state text not null,
    progress_done integer not null,
    progress_total integer not null,
    detail text not null,
    created_at integer not null,
    started_at integer,
    finished_at integer,
    error text,
    constraint job_pk primary key (tenant_id, id)
);

create index job_by_state on job (tenant_id, state, created_at, id);
