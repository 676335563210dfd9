-- Which log this one follows, where a restore ended behind what that one had published.
-- Owned by org.yuanliu.platform.transparency.

create table ledger_predecessor (
  -- Name of the log that ended.
  log        text primary key,
  -- Where this one took its entries over.
  size       bigint not null,
  root       bytea not null,
  -- The newest checkpoint that it is known to have published, as a signed note.
  published  text,
  -- Its verifier keys, one a line, the one in use last first.
  keys       text not null,
  -- What was its successor's name.
  successor  text not null,
  begun      timestamptz not null
);
