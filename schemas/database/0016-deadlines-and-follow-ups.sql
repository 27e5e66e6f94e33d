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

-- Keys that were made before have what their roles have now: who may hand in may link what came later, and so may archivists,
-- with the files of a letter.
update api_key set scopes = scopes || '{follow-ups:write}'
where 'inquiries:write' = any (scopes) or 'keys:manage' = any (scopes) or (role = 'archivist' and 'inquiries:act' = any (scopes));
update api_key set scopes = scopes || '{attachments:write}'
where role = 'archivist' and 'inquiries:act' = any (scopes) and not 'attachments:write' = any (scopes);
