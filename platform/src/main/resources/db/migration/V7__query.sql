-- Queries of events. Owned by org.yuanliu.platform.query.

-- Queries under a name, each party's own.
create table named_query (
  owner      text        not null, -- canonical URI of the party
  name       text        not null,
  body       text        not null, -- the query as sent, JSON
  extensions text        not null, -- the prefixes that came beside it: prefix=namespace, ...
  created_at timestamptz not null,
  primary key (owner, name)
);

-- Links to next pages that were given back before they expired.
create table page_token_released (
  token      bytea       primary key, -- SHA-256
  expires_at timestamptz not null
);

-- What follows is a view of the journal: dropped and rebuilt from it.

-- One row an event: what a query selects and orders by without reading a body. Values are the first
-- 64 bits of the SHA-256 of the canonical URI; an answer is held against the event itself, so that
-- two values that fell together would cost time and never truth.
create table query_event (
  journal      integer     not null,
  position     bigint      not null,
  event_time   timestamptz not null,
  kind         smallint    not null, -- type * 4 + action
  biz_step     bigint,
  disposition  bigint,
  read_point   bigint,
  biz_location bigint,
  -- The disclosure policy decides by these.
  reporter     uuid        not null,
  principal    uuid        not null,
  named        uuid[]      not null,
  division     text,
  industry     text,
  primary key (journal, position)
);
-- In order of event time, so that the first page of a frequent value is the beginning of a range.
create index query_event_time on query_event (event_time, position);
create index query_event_kind on query_event (kind, event_time, position);
create index query_event_biz_step on query_event (biz_step, event_time, position)
  where biz_step is not null;
create index query_event_disposition on query_event (disposition, event_time, position)
  where disposition is not null;
create index query_event_read_point on query_event (read_point, event_time, position)
  where read_point is not null;
create index query_event_biz_location on query_event (biz_location, event_time, position)
  where biz_location is not null;

-- What an event may have several of, or seldom has: parties that see it, error declarations,
-- persistent dispositions, transformations, sensors, products of its items.
create table query_term (
  term       bigint      not null, -- of the kind and the value
  event_time timestamptz not null,
  position   bigint      not null,
  journal    integer     not null
);
create index query_term_term on query_term (term, event_time, position);

-- Which values there are: of steps, dispositions, read points, business locations.
create table query_word (
  field smallint not null,
  value bigint   not null,
  uri   text     not null,
  primary key (field, value)
);

-- Who sees events with a value: a row for each party of such an event, and for each division and
-- industry. The columns are named as the disclosure policy names them.
create table query_seen (
  field     smallint not null,
  value     bigint   not null,
  audience  bigint   not null,
  reporter  uuid     not null,
  principal uuid     not null,
  named     uuid[]   not null,
  division  text,
  industry  text,
  primary key (field, value, audience)
);

-- Replaced by query_event_time and query_event_biz_location.
drop index if exists entry_event_time;
drop index if exists entry_biz_location;
