-- Whether deliveries to an archive go on: closed for a while after many failures in a row, or paused by a person.
create table archive_gate (
  archive text primary key,
  failures integer not null default 0,
  closed_until timestamptz,
  paused_at timestamptz,
  paused_by text,
  paused_reason text
);

-- Deliveries to one saksmappe go one at a time: the second finds the place taken.
alter table work_item add column saksmappe text;
create unique index work_item_one_delivery_per_saksmappe on work_item (saksmappe)
  where lease is not null and task = 'deliver';
