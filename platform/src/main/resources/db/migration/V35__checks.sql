-- The view of the packs' checks: what they look at, what they found. Dropped and rebuilt from the
-- journal. Owned by org.yuanliu.platform.checks. Keys are UnitKeys of the texts that they stand for.

-- How far the view follows the journal, and by which packs it was made: others make it anew.
create table check_state (
  journal integer primary key,
  next    bigint  not null,
  packs   text    not null
);

-- One row an event that belongs to a link of a pack.
create table check_event (
  journal     integer     not null,
  position    bigint      not null,
  event_key   uuid        not null, -- of (principal, event id): what an error declaration names
  event_time  timestamptz not null,
  reporter    uuid        not null,
  principal   uuid        not null,
  named       uuid[]      not null,
  division    text,
  industry    text,
  place       uuid,                 -- read again when the place is registered
  fact        text        not null, -- FactCodec
  primary key (journal, position)
);
create index check_event_key on check_event (event_key);
create index check_event_place on check_event (place) where place is not null;

-- By what checks ask for events: a unit, a party, elements, a document.
create table check_key (
  key        uuid        not null,
  event_time timestamptz not null,
  position   bigint      not null,
  journal    integer     not null
);
create index check_key_key on check_key (key, event_time);
create index check_key_entry on check_key (journal, position);

-- Events declared in error.
create table check_void (
  event_key uuid primary key
);

-- When the passing of time alone may change what is found for an event.
create table check_due (
  due      timestamptz not null,
  journal  integer     not null,
  position bigint      not null,
  primary key (due, journal, position)
);
create index check_due_entry on check_due (journal, position);

-- What kind each place was from which position on.
create table check_place (
  place    uuid    not null,
  journal  integer not null,
  position bigint  not null,
  kind     text,
  primary key (place, journal, position)
);

-- What documents say, as of the position that the view has reached.
create table check_paper (
  id         text    not null,
  registrant text    not null,
  since      bigint  not null, -- position of the first statement
  type       text    not null,
  subject    text,
  body       text    not null, -- FactCodec
  weight     integer not null, -- less counts more
  primary key (id, registrant)
);
create index check_paper_subject on check_paper (subject, type) where subject is not null;

-- What was found, one row for each time that it was raised.
create table alert (
  finding    uuid        not null, -- of (event, pack, check, key)
  raised_at  timestamptz not null,
  cleared_at timestamptz,          -- null while it is open
  journal    integer     not null,
  position   bigint      not null,
  industry   text        not null,
  pack_version integer   not null,
  check_id   text        not null,
  level      smallint    not null, -- AlertLevel
  key        text        not null,
  link       text        not null,
  event_id   text        not null,
  event_time timestamptz not null,
  units      text[]      not null,
  unit       text,                 -- the one that it is counted by, where it is
  reporter   uuid        not null, -- the policy decides by these
  principal  uuid        not null,
  named      uuid[]      not null,
  division   text,
  primary key (finding, raised_at)
);
create index alert_entry on alert (journal, position);
create index alert_raised on alert (raised_at desc, finding desc);
create index alert_open on alert (raised_at desc, finding desc) where cleared_at is null;
create index alert_principal on alert (principal, raised_at desc);

-- Kept in the journal's own transaction, which may be ahead of the rest.

create table check_counter_place (
  place    uuid    not null,
  journal  integer not null,
  position bigint  not null,
  kind     text,
  primary key (place, journal, position)
);

-- Counters of what may happen once: how often it has happened, net of returns.
create table check_counter (
  key uuid   primary key,
  net bigint not null
);

-- What an event added, for when it is declared to be in error.
create table check_count (
  event_key uuid     not null,
  key       uuid     not null,
  delta     smallint not null,
  primary key (event_key, key)
);

-- Records that broke a one-time rule by what was known when they were stored. Never taken back.
create table check_mark (
  journal  integer not null,
  position bigint  not null,
  check_id text    not null,
  key      text    not null,
  primary key (journal, position, check_id, key)
);
