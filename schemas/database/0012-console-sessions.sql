-- Who is signed in to the form. The cookie has the id; here is only its SHA-256.
create table console_session (
  id_sha256 text primary key,
  key_id text not null references api_key (id),
  started_at timestamptz not null,
  used_at timestamptz not null,
  -- The administrator who marked last, for the form to propose next time.
  marked_by uuid
);
create index console_session_by_start on console_session (started_at);
