-- Figures by subject, and what of them was published. Owned by org.yuanliu.platform.opendata.

-- How far the journal was counted, and by which packs.
create table figure_state (
  journal integer primary key,
  next    bigint not null,
  packs   text   not null
);

-- What each subject has in each figure. Never leaves the server.
create table figure_part (
  set_id   text    not null, -- industry/name
  period   text    not null,
  category text    not null,
  division text    not null, -- six digits
  subject  uuid    not null, -- UnitKey of the principal
  amount   numeric not null,
  primary key (set_id, period, category, division, subject)
);

-- The last position that changed a period.
create table figure_period (
  set_id  text   not null,
  period  text   not null,
  touched bigint not null,
  primary key (set_id, period)
);

-- Events that were declared in error.
create table figure_void (
  event_key uuid primary key
);

-- Published versions: never changed. The body is what was given out.
create table open_release (
  set_id    text        not null,
  period    text        not null,
  version   integer     not null,
  published timestamptz not null,
  size      bigint      not null, -- entries of the journal that it rests on
  body      text        not null, -- data.json
  json_sha256 text      not null, -- of the files as they are given out
  json_bytes  integer   not null,
  csv_sha256  text      not null,
  csv_bytes   integer   not null,
  primary key (set_id, period, version)
);

-- What lies behind the newest version of each, so that the next one can be held against it.
create table open_part (
  set_id   text    not null,
  period   text    not null,
  category text    not null,
  division text    not null,
  subject  uuid    not null,
  amount   numeric not null,
  primary key (set_id, period, category, division, subject)
);

comment on table figure_state is 'view: how far figures have come';
comment on table figure_part is 'view: figures by subject';
comment on table figure_period is 'view: periods that figures changed in';
comment on table figure_void is 'view: events declared in error, as figures see them';
