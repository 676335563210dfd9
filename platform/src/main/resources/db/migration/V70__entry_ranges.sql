-- Entries in ranges of positions, so that what retention has ended is dropped as a table and never
-- row by row. The open range has no end; it is closed about once a month (EntryRanges). What there
-- was until now becomes the first range as it stands. Owned by org.yuanliu.platform.journal.
alter table entry rename to entry_0;
comment on table entry_0 is null;
create table entry (like entry_0 including all) partition by range (position);
comment on table entry is 'journal: entries in order';
alter table entry attach partition entry_0 for values from (minvalue) to (maxvalue);
