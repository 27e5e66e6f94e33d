-- Why a person did something, in their own words. Beside the audit log, which holds no person's words.
create table event_reason (
  seq bigint primary key,
  words text not null
);

-- What a person has put right before the inquiry was sent. What came in stays as it came.
alter table inquiry add column corrections jsonb;
