-- The index behind queries, anew: a view of the journal, filled by ./yuanliu rebuild. Owned by
-- org.yuanliu.platform.query.

drop table query_term;
drop table query_event;

-- One row an event. Terms stand for values: they are the first 64 bits of the SHA-256 of a value in canonical form, mixed
-- with the kind of the value; an answer is held against the event itself, so that two values that
-- fell together would cost time and never truth.
create table query_event (
  journal    integer     not null,
  position   bigint      not null,
  event_time timestamptz not null,
  terms      bigint[]    not null, -- everything that a query can ask for, and who sees it
  -- The disclosure policy decides by these.
  reporter   uuid        not null,
  principal  uuid        not null,
  named      uuid[]      not null,
  division   text,
  industry   text,
  primary key (journal, position)
);
create index query_event_time on query_event (event_time, position);

-- The journal cut into slices of some thousand positions, each written once when it is full. What
-- comes behind the last slice is found in query_event alone.
create table query_slice (
  journal  integer     not null,
  first    bigint      not null, -- the first position
  events   integer     not null, -- how many positions
  min_time timestamptz not null, -- of its events
  max_time timestamptz not null,
  times    bytea       not null, -- event times, position by position (SliceTimes)
  primary key (journal, first)
);
create index query_slice_min_time on query_slice (min_time, first);
create index query_slice_max_time on query_slice (max_time, first);
alter table query_slice alter column times set storage external;

-- Which positions of a slice have a term: one row for each term that a slice has. A frequent value
-- costs a bit an event instead of an index entry an event. No other index: time bounds are read from
-- the rows, and many of them are read in the order of query_slice.
create table query_posting (
  term       bigint      not null,
  slice      bigint      not null, -- query_slice.first
  journal    integer     not null,
  min_time   timestamptz not null, -- of the events that have the term
  max_time   timestamptz not null,
  bits       bytea       not null, -- offsets from the first position (Postings)
  primary key (term, slice, journal)
);
