-- Moderation tools that send us what their users do. A change is a new version; none is ever changed or erased.
create table callback_client (
  id uuid not null,
  version integer not null check (version > 0),
  registration jsonb not null,
  -- Of the public key, as DER: no two tools may sign with the same key.
  key_sha256 text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  ended_at timestamptz,
  primary key (id, version)
);
create trigger callback_client_append_only before update or delete on callback_client
  for each row execute function forbid_rewriting();

-- Journalposter that somebody else made of what came later by e-mail or letter, in the same saksmappe.
create table linked_journalpost (
  inquiry_id uuid not null references inquiry (id),
  saksaar integer not null,
  sakssekvensnummer integer not null,
  journalpostnummer integer not null,
  journalpost_system_id text not null,
  archive text not null,
  linked_at timestamptz not null,
  linked_by text not null,
  primary key (inquiry_id, saksaar, sakssekvensnummer, journalpostnummer)
);

-- Keys that were made before have what their roles have now.
update api_key set scopes = scopes || '{callbacks:manage}' where 'keys:manage' = any (scopes);
