-- Who is told of what happens to inquiries. An endpoint is disabled, never erased.
create table webhook_endpoint (
  id uuid primary key,
  url text not null,
  description text not null,
  types text[] not null,
  -- Signs what is sent, so it is kept as it is. The one before signs too until it expires.
  secret text not null,
  earlier_secret text,
  earlier_until timestamptz,
  made_at timestamptz not null,
  made_by text not null,
  disabled_at timestamptz,
  disabled_because text check (disabled_because in ('person', 'removed', 'gone', 'failing')),
  succeeded_at timestamptz,
  failed_at timestamptz,
  failure text,
  failing_since timestamptz,
  -- Nothing is sent before this: the endpoint has asked for it.
  held_until timestamptz,
  check ((disabled_at is null) = (disabled_because is null))
);

-- What they are told, written where it happens. `due_at` is null when nothing is left to do with it.
create table webhook_message (
  seq bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  endpoint_id uuid not null references webhook_endpoint (id),
  -- Null for a test.
  inquiry_id uuid,
  type text not null,
  at timestamptz not null,
  data jsonb not null,
  due_at timestamptz,
  tries integer not null default 0,
  lease uuid,
  leased_until timestamptz,
  outcome text check (outcome in ('delivered', 'given-up', 'dropped'))
);
create index webhook_message_due on webhook_message (endpoint_id, due_at) where due_at is not null;
create index webhook_message_in_order on webhook_message (endpoint_id, inquiry_id, seq) where due_at is not null;
create index webhook_message_by_endpoint on webhook_message (endpoint_id, seq);
create index webhook_message_by_age on webhook_message (at);

create table webhook_attempt (
  seq bigint generated always as identity primary key,
  message_seq bigint not null references webhook_message (seq) on delete cascade,
  at timestamptz not null,
  milliseconds integer not null,
  status integer,
  failure text
);
create index webhook_attempt_by_message on webhook_attempt (message_seq, seq);
create index webhook_attempt_by_age on webhook_attempt (at);

-- Tells those who want to know, in the transaction that does it; the arguments are what the event can be told as. Ids, codes
-- and numbers only; saksnummer and journalpost only when nothing about the inquiry is restricted.
create function tell_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook_endpoint where disabled_at is null and types && tg_argv) then
    return null;
  end if;
  insert into webhook_message (endpoint_id, inquiry_id, type, at, data, due_at)
  select endpoint.id, inquiry.id, told.type, new.at, jsonb_strip_nulls(jsonb_build_object(
      'state', inquiry.state,
      'category', inquiry.assessment ->> 'category',
      'code', inquiry.status #>> '{trouble,code}',
      'saksnummer', case when is_open then saksaar || '/' || sakssekvensnummer end,
      'journalpost', case when is_open then saksaar || '/' || sakssekvensnummer || '-' || journalpostnummer end
    )), new.at
  from inquiry
  left join archive_plan on archive_plan.inquiry_id = inquiry.id
  cross join lateral (select not coalesce(jsonb_path_exists(plan, '$.**.skjerming'), false)
      and inquiry.content #>> '{mark,protectedPerson}' is distinct from 'true'
      and case when corrections -> 'restriction' is null then assessment #>> '{decisions,restriction,value}' is null
               else corrections ->> 'restriction' = 'open' end as is_open) restriction
  -- What is most urgent comes first.
  cross join lateral (values
    (1, 'inquiry.emergency', assessment #>> '{decisions,emergency,value}' = 'true'),
    (2, 'inquiry.received', true),
    (3, 'reply.held', answer_due_at is not null and assessment ->> 'crisis' is not null
        and assessment #>> '{decisions,reply,value}' is not null),
    (4, 'inquiry.needs-action', true),
    (5, 'inquiry.journaled', true),
    (6, 'permit.ready', assessment #>> '{decisions,deletion,value}' = 'true'),
    (7, 'inquiry.failed', true)
  ) told (n, type, is_so)
  join webhook_endpoint endpoint on endpoint.disabled_at is null and told.type = any (endpoint.types)
  where inquiry.id = new.subject::uuid and told.type = any (tg_argv) and told.is_so
  order by told.n, endpoint.id;
  return null;
end $$;
create trigger audit_event_tells_received after insert on audit_event for each row
  when (new.action = 'inquiry.received')
  execute function tell_webhooks('inquiry.emergency', 'inquiry.received', 'reply.held');
create trigger audit_event_tells_needs_action after insert on audit_event for each row
  when (new.action in ('inquiry.needs-action', 'inquiry.held'))
  execute function tell_webhooks('inquiry.needs-action');
create trigger audit_event_tells_journaled after insert on audit_event for each row
  when (new.action in ('inquiry.journaled', 'inquiry.handled-manually'))
  execute function tell_webhooks('inquiry.journaled', 'permit.ready');
create trigger audit_event_tells_failed after insert on audit_event for each row
  when (new.action = 'inquiry.dismissed')
  execute function tell_webhooks('inquiry.failed');

-- Keys that were made before have what their roles have now.
update api_key set scopes = scopes || '{webhooks:manage}' where 'keys:manage' = any (scopes);
