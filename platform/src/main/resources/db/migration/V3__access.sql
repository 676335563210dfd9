-- Accounts, keys, the sign-in guard and the audit. Owned by org.yuanliu.platform.access.

create table account (
  id              uuid primary key,
  name            text not null,
  -- Lower case: one name, however it is typed.
  name_key        text not null unique,
  -- Argon2id with its parameters; null for accounts that only have keys.
  password_hash   text,
  -- Canonical URI of the party it acts for.
  party           text not null,
  viewer_kind     text not null,
  division_prefix text not null default '',
  industries      text[] not null default '{}',
  permissions     text[] not null default '{}',
  standing        smallint not null,
  created_at      timestamptz not null,
  disabled_at     timestamptz
);

create table api_key (
  id                  uuid primary key,
  account             uuid not null references account (id),
  label               text not null,
  -- The part that may be shown; look-ups go by it.
  prefix              text not null unique,
  -- SHA-256 of the whole key. 256 random bits need no salt and no slow hash.
  hash                bytea not null,
  permissions         text[] not null,
  standing            smallint not null,
  requests_per_second integer,
  created_at          timestamptz not null,
  expires_at          timestamptz,
  revoked_at          timestamptz,
  -- To the minute or so; writing every use would cost more than the use.
  last_used_at        timestamptz
);

create index api_key_account on api_key (account);

-- Failed sign-ins by the digest of the name as typed: a name that does not exist is guarded alike,
-- so that the guard does not tell which names exist.
create table sign_in_guard (
  name_digest    bytea primary key,
  failures       integer not null,
  window_started timestamptz not null,
  locked_until   timestamptz
);

create index sign_in_guard_window on sign_in_guard (window_started);

-- Who saw and did what. Only ever inserted into.
create table audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  request_id text not null,
  account    uuid,
  party      text,
  role       text not null,
  api_key    uuid,
  address    text not null,
  method     text not null,
  route      text not null,
  object     text,
  status     smallint not null,
  outcome    text not null
);

create index audit_at on audit (at);
create index audit_account on audit (account, at);
