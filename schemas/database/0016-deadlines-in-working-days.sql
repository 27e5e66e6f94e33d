-- A deadline is counted in hours or in working days: {"hours": 24} or {"workingDays": 3}. What was decided stays decided.
update guideline set document = regexp_replace(
  document::text, '"answerWithinHours": (\d+)', '"answerWithin": {"hours": \1}', 'g')::jsonb
where document::text like '%answerWithinHours%';

update inquiry set assessment = regexp_replace(
  regexp_replace(
    assessment::text,
    '"answerWithinHours": \{"rule": ("[^"]*"), "value": (\d+)\}', '"answerWithin": {"rule": \1, "value": {"hours": \2}}', 'g'),
  '"answerWithinHours": (\d+)', '"answerWithin": {"hours": \1}', 'g')::jsonb
where assessment::text like '%answerWithinHours%';
