-- Counters of all rules that refuse, not only of what may happen once: amounts are no whole numbers,
-- and how far a counter may go stands in documents or was said by an earlier record. Owned by
-- org.yuanliu.platform.checks, kept in the journal's own transaction.

alter table check_counter alter column net type numeric;
alter table check_count alter column delta type numeric;

-- What documents say, as of the journal's end.
create table check_counter_paper (
  id         text    not null,
  registrant text    not null,
  since      bigint  not null,
  type       text    not null,
  subject    text,
  body       text    not null, -- FactCodec
  weight     integer not null,
  primary key (id, registrant)
);
create index check_counter_paper_subject on check_counter_paper (subject, type)
  where subject is not null;

-- What the last record said of a unit that limits a counter: key of (pack, element, unit).
create table check_counter_said (
  key   uuid    primary key,
  value numeric not null
);

comment on table check_counter_paper is 'view: documents as the counters know them';
comment on table check_counter_said is 'view: limits that records have told';
