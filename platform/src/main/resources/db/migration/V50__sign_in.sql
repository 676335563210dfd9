-- Age and history of passwords, the second factor. Owned by org.yuanliu.platform.access.

alter table account add column password_changed_at timestamptz;
update account set password_changed_at = created_at where password_hash is not null;

-- The last passwords, newest first by time, so that none comes back.
create table password_history (
  account uuid not null references account (id),
  at      timestamptz not null,
  hash    text not null,
  primary key (account, at)
);

create table second_factor (
  account      uuid primary key references account (id),
  -- Sealed under a key in the data folder: a copy of the database alone opens nothing.
  secret       bytea not null,
  created_at   timestamptz not null,
  -- Null until the first right code shows that the secret arrived.
  confirmed_at timestamptz,
  -- The step of the last code that was taken; none is taken twice.
  last_step    bigint not null default 0
);

create table recovery_code (
  account uuid not null references account (id),
  hash    bytea not null,
  used_at timestamptz,
  primary key (account, hash)
);
