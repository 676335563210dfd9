-- The journal: append-only. Rows of entry, leaf and party_uri are never updated.

-- One row a journal: who may write, and where its tree stands.
create table journal (
  id integer primary key,
  -- The log's name in leaves, receipts and tree heads; fixed with the first entry.
  name text not null,
  -- org.yuanliu.ledger.Suite: which hash; fixed with the first entry.
  suite smallint not null,
  -- Fencing: counts the writers that have held the lease. Only the newest one commits.
  epoch bigint not null,
  holder text not null,
  held_since timestamptz not null,
  -- The tree: number of leaves, root, right edge (org.yuanliu.ledger.Frontier).
  size bigint not null,
  root bytea not null,
  frontier bytea not null,
  -- When it had this state; also the newest entry's record time.
  record_time timestamptz not null,
  -- While the views are being rebuilt: the first position that they do not hold yet.
  rebuilt_to bigint
);

-- The canonical URIs of reporters and principals by their keys (UnitKey): few parties, many entries.
create table party_uri (
  key uuid primary key,
  uri text not null
);

create table entry (
  journal integer not null,
  position bigint not null,
  -- EntryKind
  kind smallint not null,
  -- Standing: how the fact is known
  standing smallint not null,
  suite smallint not null,
  leaf_version smallint not null,
  record_time timestamptz not null,
  -- The request that brought it.
  capture uuid not null,
  -- Keys of parties (UnitKey of the canonical URI, see party_uri): by whose credential it came, who
  -- answers for it, who else is named in it. The disclosure policy decides by these and by
  -- division (GB/T 2260) and industry (id of a pack).
  reporter uuid not null,
  principal uuid not null,
  named uuid[] not null,
  division text,
  industry text,
  -- Key of the identity; its content digest stands in the table identity.
  identity uuid not null,
  -- UnitKey of event_id
  event_key uuid not null,
  event_time timestamptz,
  event_type text,
  biz_step text,
  biz_location text,
  event_id text not null,
  event_hash bytea,
  hash_version text,
  salt bytea not null,
  -- Compressed (BodyCodec): a version byte, then by that version.
  body bytea not null,
  primary key (journal, position)
);

-- Bodies are compressed already.
alter table entry alter column body set storage external;

create index entry_event_key on entry (event_key);
create index entry_event_time on entry (event_time) where event_time is not null;
-- An enterprise's own list, newest first: what it answers for, and what it reported for others. Most
-- reporters report for themselves, so the second index is small.
create index entry_principal on entry (principal, position);
create index entry_reporter on entry (reporter, position) where reporter <> principal;
create index entry_biz_location on entry (biz_location) where biz_location is not null;

-- Leaf hashes in order, one row a group commit: 32 bytes each from the position first on. They stay
-- when entries are dropped at the end of their retention.
create table leaf (
  journal integer not null,
  first bigint not null,
  hashes bytea not null,
  primary key (journal, first)
);

alter table leaf alter column hashes set storage external;

-- What makes two records the same. The only table that all journals share.
create table identity (
  key uuid primary key,
  journal integer not null,
  position bigint not null,
  -- SHA-256 of what is said: the same key with another content is a conflict.
  content bytea not null
);
