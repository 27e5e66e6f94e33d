-- Which inquiry founds the saksmappe that those with the same key share: of one post, of one thread, of one person and
-- category. One row for each key, so that of those that are made ready in the same moment one founds it and the others see.
create table case_founder (
  key text primary key,
  inquiry_id uuid not null references inquiry (id)
);
