-- Long work in the background, and how far it is.
create table job (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null,
    state text not null,
    progress_done bigint not null,
    progress_total bigint not null,
    detail text not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    error text,
    constraint job_pk primary key (tenant_id, id)
);

create index job_by_state on job (tenant_id, state, created_at, id);
