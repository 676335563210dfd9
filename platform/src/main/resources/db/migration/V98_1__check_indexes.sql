-- What follows the journal to judge it writes fewer index entries. Owned by
-- org.yuanliu.platform.checks.

-- Events of a place are read again from the journal.
drop index check_event_place;

-- An event that is taken out is found by its own keys and time.
drop index check_key_entry;

-- Warnings are listed only where they are asked for, and there may be many more of them.
drop index alert_open;
create index alert_open on alert (raised_at desc, finding desc)
  where cleared_at is null and level <> 3;
