-- Personal values, taken out of events before they are stored. No column holds one in clear. Owned by
-- org.yuanliu.platform.personal; saved whole by a backup, for erasure changes rows.

-- Key-encryption keys by name; the keys themselves lie elsewhere (a folder, the environment, a KMS).
create table personal_kek (
  name    text primary key,
  created timestamptz not null,
  retired timestamptz -- null: the one in use
);
create unique index personal_kek_in_use on personal_kek ((true)) where retired is null;

-- Keys of this platform, wrapped under a key-encryption key.
create table personal_secret (
  purpose text primary key, -- index: what values are found by; documents: kept documents
  kek     text  not null,
  sealed  bytea not null
);

-- A person, known by the keyed digest of what identifies him. Erasure takes digest and key away.
create table personal_subject (
  id      uuid        primary key,
  digest  bytea       unique,
  kek     text,
  sealed  bytea, -- the data key, wrapped
  cipher  smallint    not null, -- Gcm
  created timestamptz not null,
  erased  timestamptz,
  check ((erased is null) = (sealed is not null)),
  check ((sealed is null) = (kek is null)),
  check (erased is null or digest is null)
);
create index personal_subject_kek on personal_subject (kek) where kek is not null;

-- A value of an event. In the event's body stands the commitment.
create table personal_value (
  journal    integer not null,
  position   bigint  not null,
  commitment bytea   not null,
  subject    uuid    not null,
  element    text    not null, -- local name of the field
  digest     bytea,            -- keyed: how an exact value is found
  sealed     bytea,            -- salt and value
  erased     timestamptz,
  primary key (journal, position, commitment),
  check ((erased is null) = (sealed is not null)),
  check (erased is null or digest is null)
);
create index personal_value_digest on personal_value (digest) where digest is not null;
create index personal_value_subject on personal_value (subject);
