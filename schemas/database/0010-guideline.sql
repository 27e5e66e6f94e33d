-- What the municipality has decided about inquiries, as data. A version never changes.
create table guideline (
  version integer generated always as identity primary key,
  document jsonb not null,
  -- Of the document as it is kept: the same guideline twice is one version.
  sha256 text not null unique,
  made_at timestamptz not null,
  made_by text not null
);

-- Which version was in force from when; the last one is in force now.
create table guideline_activation (
  id integer generated always as identity primary key,
  version integer not null references guideline (version),
  at timestamptz not null,
  by text not null
);

-- Times when the crisis management speaks for the municipality. At most one goes on at once.
create table crisis (
  id uuid primary key,
  started_at timestamptz not null,
  started_by text not null,
  ended_at timestamptz,
  ended_by text
);
create unique index crisis_one_at_once on crisis ((true)) where ended_at is null;

-- What the guideline decided when the inquiry came in, and by when the one who wrote should have an answer.
alter table inquiry add column assessment jsonb;
alter table inquiry add column answer_due_at timestamptz;
alter table inquiry add column answered_at timestamptz;
-- Inquiries with the same key share a saksmappe.
alter table inquiry add column case_key text;
create index inquiry_unanswered on inquiry (answer_due_at, id) where answer_due_at is not null and answered_at is null;
create index inquiry_by_sender on inquiry (received_by, id);
create index inquiry_by_case_key on inquiry (case_key, id) where case_key is not null;
create index inquiry_in_crisis on inquiry ((assessment ->> 'crisis'), id) where assessment ->> 'crisis' is not null;

-- A reply that the crisis management has let go, and its words when they were changed.
create table reply_release (
  inquiry_id uuid primary key references inquiry (id),
  at timestamptz not null,
  by text not null,
  words jsonb
);

alter table api_key drop constraint api_key_role_check;
alter table api_key add constraint api_key_role_check
  check (role in ('servicetorget', 'moderation', 'archivist', 'kriseledelse', 'admin'));
-- Keys that were made before have what their roles have now.
update api_key set scopes = scopes || '{guideline:manage,crisis:lead}' where 'keys:manage' = any (scopes);
