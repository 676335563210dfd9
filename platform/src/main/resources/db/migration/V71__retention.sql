-- What retention knows of the journal's ranges, and what is left of units whose records were
-- dropped. Owned by org.yuanliu.platform.retention.

-- One row for each class in a closed range. Read again from the range when it is due.
create table retention_class (
  first   bigint not null, -- the range's first position
  class   text   not null,
  rule    text   not null, -- law and term
  entries bigint not null,
  due     timestamptz,     -- when the last of them is over; null: never
  primary key (first, class)
);

-- Units that had records which were dropped: no gap in a trace without its reason.
create table retention_unit (
  unit    uuid        primary key, -- UnitKey
  before  timestamptz not null,    -- event time of the last one that was dropped
  class   text        not null,
  rule    text        not null,
  entries bigint      not null
);
