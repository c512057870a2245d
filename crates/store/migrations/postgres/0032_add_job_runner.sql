-- Who asked for a job, what came of it, and until when a server has taken it: a job whose server fell silent is taken anew.
alter table job add column asked_by uuid;
alter table job add column result text;
alter table job add column taken_until bigint not null default 0;

-- One of a kind at a time.
create unique index job_active on job (tenant_id, kind) where state in ('waiting', 'running', 'cancelling');
create index job_by_kind on job (tenant_id, kind, created_at, id);
