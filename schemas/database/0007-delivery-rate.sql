-- When the next delivery may begin, where an archive is to be given no more than so many a minute.
alter table archive_gate add column next_delivery_at timestamptz;
