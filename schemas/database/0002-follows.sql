-- The inquiry that this one comes after. Found the other way too: the earlier one's journaling wakes the later.
-- Checked when it is taken in, and no inquiry is ever removed, so there is no foreign key for every intake to pay for.
alter table inquiry add column follows uuid;
create index inquiry_by_followed on inquiry (follows) where follows is not null;
