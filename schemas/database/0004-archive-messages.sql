-- What an archive sends of itself, such as a receipt: kept here before it is acknowledged to the other side.
create table archive_message (
  id bigint generated always as identity primary key,
  archive text not null,
  -- The other side's name for it: what comes twice is one row.
  remote_id text not null,
  correlation text,
  kind text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  kept_at timestamptz not null,
  -- Whose plan it answers; none when we know of no such plan.
  inquiry_id uuid references inquiry (id),
  -- new: nobody has looked at it. heard: somebody has. past: what it answers was found to be lost, and sent once more.
  standing text not null default 'new' check (standing in ('new', 'heard', 'past')),
  constraint archive_message_once unique (archive, remote_id)
);
create index archive_message_by_inquiry on archive_message (inquiry_id, id) where standing <> 'past';
create index archive_message_unmatched on archive_message (archive) where inquiry_id is null;

-- An answer names the plan that it is about.
create index archive_plan_by_plan_id on archive_plan ((plan ->> 'planId'));
