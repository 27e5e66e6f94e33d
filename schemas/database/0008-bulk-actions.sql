-- What a person has decided about many inquiries at once, done a few at a time.
create table bulk_action (
  id uuid primary key,
  action text not null,
  reason text not null,
  per_minute integer not null,
  made_at timestamptz not null,
  made_by text not null,
  -- When the next few may be taken; in the future while somebody works on some.
  next_at timestamptz not null,
  ended_at timestamptz,
  cancelled_by text
);
create index bulk_action_running on bulk_action (next_at) where ended_at is null;

-- The inquiries it is about, as they were when it was decided. No outcome: not done yet.
create table bulk_item (
  bulk_id uuid not null references bulk_action (id),
  inquiry_id uuid not null references inquiry (id),
  outcome text,
  primary key (bulk_id, inquiry_id)
);
create index bulk_item_left on bulk_item (bulk_id, inquiry_id) where outcome is null;
