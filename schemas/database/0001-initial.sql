-- An inquiry and everything that hangs on it. The row is the truth; the queue only hints at it.
create table inquiry (
  id uuid primary key,
  source text not null,
  external_id text not null,
  event_key text not null,
  state text not null check (state in ('received', 'in-review', 'ready', 'sending', 'awaiting-receipt',
    'unknown-outcome', 'needs-action', 'journaled', 'dismissed', 'handled-manually')),
  status jsonb not null,
  content jsonb not null,
  received_bytes bytea not null,
  received_at timestamptz not null,
  received_by text not null,
  changed_at timestamptz not null,
  saksaar integer,
  sakssekvensnummer integer,
  journalpostnummer integer,
  -- Filled when composing begins to be done with; until then a search reads the content.
  words tsvector,
  -- Never expires: the same post's same event is one inquiry for ever.
  constraint inquiry_natural_key unique (source, external_id, event_key)
);
-- An ordinary inquiry stays in its row: compressing it and moving it out would cost intake more than it saves.
alter table inquiry set (toast_tuple_target = 8160);
create index inquiry_by_state on inquiry (state, id);
create index inquiry_by_source on inquiry (source, id);
create index inquiry_by_case on inquiry (saksaar, sakssekvensnummer, id) where saksaar is not null;
create index inquiry_by_words on inquiry using gin (words);

-- What is to be done next with an open inquiry. No row: nothing to do, or a person's turn.
-- It is only ever made in the statement or transaction that writes its inquiry, so there is no foreign key: the check
-- would cost every intake a tenth.
create table work_item (
  inquiry_id uuid primary key,
  task text not null check (task in ('compose', 'deliver', 'settle')),
  due_at timestamptz not null,
  -- Failed tries of this task, and when the first of them was: the retry plan counts from there.
  tries integer not null default 0,
  first_failed_at timestamptz,
  -- Names the queue job, so that a job of an earlier task is never taken for this one.
  generation integer not null default 1,
  enqueued integer not null default 0,
  enqueued_until timestamptz,
  lease uuid,
  leased_until timestamptz
);
create index work_item_by_due on work_item (due_at);

create table attempt (
  id bigint generated always as identity primary key,
  inquiry_id uuid not null references inquiry (id),
  task text not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null,
  code text,
  message text
);
create index attempt_by_inquiry on attempt (inquiry_id, id);

create table archive_plan (
  inquiry_id uuid primary key references inquiry (id),
  plan jsonb not null,
  record_xml text not null,
  composed_at timestamptz not null
);

-- Write-ahead ledger of what was done at the archive.
create table delivery_step (
  inquiry_id uuid not null references inquiry (id),
  name text not null,
  started_at timestamptz not null,
  done_at timestamptz,
  result jsonb,
  primary key (inquiry_id, name)
);

create table attachment (
  id uuid primary key,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  file_name text not null,
  stored_at timestamptz not null,
  stored_by text not null
);

create table idempotency_key (
  actor text not null,
  key text not null,
  inquiry_id uuid not null references inquiry (id) deferrable initially deferred,
  at timestamptz not null,
  primary key (actor, key)
);

create table api_key (
  id text primary key,
  secret_sha256 text not null,
  label text not null,
  role text not null check (role in ('servicetorget', 'moderation', 'archivist', 'admin')),
  scopes text[] not null,
  made_at timestamptz not null,
  made_by text not null,
  revoked_at timestamptz
);

create table audit_event (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  facts jsonb not null default '{}'
);
create index audit_event_by_subject on audit_event (subject, seq);

-- The audit log is append-only, also for us.
create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function forbid_change();
create trigger audit_event_never_emptied before truncate on audit_event
  for each statement execute function forbid_change();
