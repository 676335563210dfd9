-- The transparency log over the journal's tree: keys, tiles, checkpoints, what others' logs showed.

-- Keys with which the log, or this server as a witness of others, signs and has signed.
create table ledger_key (
  -- 1: the log's own, 2: as a witness.
  purpose smallint not null,
  -- C2SP verifier key, name+id+base64.
  vkey text not null,
  since timestamptz not null,
  -- Null while it is in use; one of each purpose is.
  retired timestamptz,
  -- Where the private half is: file, database, process, pkcs11.
  holder text not null,
  -- PKCS #8 sealed under the key-encryption key, where the holder is the database.
  sealed bytea,
  -- A note signed by the key before, which names this one; null for the first, or if the old one was lost.
  succession text,
  primary key (purpose, vkey)
);
create unique index ledger_key_current on ledger_key (purpose) where retired is null;

-- Full tiles of level 1 and up (C2SP tlog-tiles): 8 KB over 65,536 leaves. Those of level 0 are the leaf
-- hashes themselves, in the journal's own table.
create table ledger_tile (
  journal integer not null,
  level smallint not null,
  index bigint not null,
  hashes bytea not null,
  primary key (journal, level, index)
);
alter table ledger_tile alter column hashes set storage external;

-- What was published, one a second at most while events arrive, with the signatures that it got.
create table ledger_checkpoint (
  journal integer not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  published timestamptz not null,
  cosignatures smallint not null,
  primary key (journal, size)
);
create index ledger_checkpoint_published on ledger_checkpoint (journal, published);

-- The last checkpoint of each day, for publication elsewhere; never deleted.
create table ledger_anchor (
  journal integer not null,
  day date not null,
  note text not null,
  made timestamptz not null,
  primary key (journal, day)
);

-- As a witness of other logs: the newest tree of each that was cosigned.
create table ledger_watched (
  origin text primary key,
  size bigint not null,
  root bytea not null,
  note text not null,
  cosigned timestamptz not null
);

-- Random secrets that every server of the database shares.
create table ledger_secret (
  name text primary key,
  value bytea not null
);

-- The tree head of a job as it was signed.
alter table capture_job add column head_note text;
