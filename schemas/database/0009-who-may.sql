-- Who may act in the municipality's name. A change is a new version; none is ever changed or erased.
create table administrator (
  id uuid not null,
  version integer not null check (version > 0),
  name text not null,
  acts_as text[] not null,
  unit text not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  may text[] not null check (may <> '{}' and may <@ '{mark,reply,delete}'),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (id, version)
);

-- The municipality's own accounts on the platforms, all of them in each version; the last one counts.
create table own_pages (
  version integer primary key check (version > 0),
  pages jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);

create function forbid_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger administrator_append_only before update or delete on administrator
  for each row execute function forbid_rewriting();
create trigger own_pages_append_only before update or delete on own_pages
  for each row execute function forbid_rewriting();

-- Keys that were made before have what their roles have now: somebody must be able to appoint the first administrator.
update api_key set scopes = scopes || '{administrators:read,administrators:manage}' where 'keys:manage' = any (scopes);
update api_key set scopes = scopes || '{administrators:read}'
  where 'inquiries:read' = any (scopes) and not 'administrators:read' = any (scopes);
