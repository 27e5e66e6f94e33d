-- Those that wait for the saksmappe of another are looked through whenever somebody looks at what needs a person.
create index inquiry_waiting on inquiry (id) where state = 'received' and status ? 'waitsFor';

-- What happens while an endpoint is disabled waits for it, like what waited before.
create or replace function tell_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook_endpoint where disabled_because is distinct from 'removed' and types && tg_argv) then
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
  cross join lateral (select new.action = 'inquiry.category-changed' as is_change) action
  -- What is most urgent comes first.
  cross join lateral (values
    (1, 'inquiry.emergency', assessment #>> '{decisions,emergency,value}' = 'true'
        and (not is_change or new.facts ->> 'emergency' = 'true')),
    (2, 'inquiry.received', true),
    (3, 'reply.held', answer_due_at is not null and assessment ->> 'crisis' is not null
        and assessment #>> '{decisions,reply,value}' is not null),
    (4, 'inquiry.needs-action', true),
    (5, 'inquiry.journaled', true),
    (6, 'permit.ready', assessment #>> '{decisions,deletion,value}' = 'true'
        and (not is_change or (new.facts ->> 'deletion' = 'true' and state in ('journaled', 'handled-manually')))),
    (7, 'inquiry.failed', true)
  ) told (n, type, is_so)
  join webhook_endpoint endpoint on endpoint.disabled_because is distinct from 'removed' and told.type = any (endpoint.types)
  where inquiry.id = new.subject::uuid and told.type = any (tg_argv) and told.is_so
  order by told.n, endpoint.id;
  return null;
end $$;
