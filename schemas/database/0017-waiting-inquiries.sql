-- Those that wait for the saksmappe of another are looked through whenever somebody looks at what needs a person.
create index inquiry_waiting on inquiry (id) where state = 'received' and status ? 'waitsFor';
