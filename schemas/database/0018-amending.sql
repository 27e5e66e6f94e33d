-- What is journaled can be changed in the archive.
alter table inquiry drop constraint inquiry_state_check;
alter table inquiry add constraint inquiry_state_check check (state in ('received', 'in-review', 'ready', 'sending',
  'awaiting-receipt', 'unknown-outcome', 'needs-action', 'journaled', 'amending', 'amend-stopped', 'dismissed',
  'handled-manually'));
alter table work_item drop constraint work_item_task_check;
alter table work_item add constraint work_item_task_check check (task in ('compose', 'deliver', 'settle', 'amend'));

-- What the archive was sent is kept when the plan is changed afterwards.
create table sent_plan (
  id bigint generated always as identity primary key,
  inquiry_id uuid not null references inquiry (id),
  plan jsonb not null,
  record_xml text not null,
  composed_at timestamptz not null
);
create index sent_plan_by_inquiry on sent_plan (inquiry_id, id);

create function keep_sent_plan() returns trigger language plpgsql as $$
begin
  if exists (select from inquiry where id = old.inquiry_id and state = 'amending') then
    insert into sent_plan (inquiry_id, plan, record_xml, composed_at)
    values (old.inquiry_id, old.plan, old.record_xml, old.composed_at);
  end if;
  return null;
end $$;
create trigger archive_plan_keeps_sent after update on archive_plan for each row execute function keep_sent_plan();

create trigger audit_event_tells_not_amended after insert on audit_event for each row
  when (new.action = 'inquiry.amend-stopped')
  execute function tell_webhooks('inquiry.needs-action');
-- While it lies open there is no permit, and none was ready.
create trigger audit_event_tells_amended after insert on audit_event for each row
  when (new.action = 'inquiry.amended')
  execute function tell_webhooks('permit.ready');
