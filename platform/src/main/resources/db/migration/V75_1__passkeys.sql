-- Passkeys (WebAuthn). Owned by org.yuanliu.platform.access.

create table passkey_user (
  account uuid primary key references account (id),
  -- What authenticators know the account by; random, so that it tells nothing.
  handle  bytea not null unique
);

create table passkey (
  id                 bytea primary key,
  account            uuid not null references account (id),
  label              text not null,
  public_key         bytea not null,
  signature_count    bigint not null,
  user_verified      boolean not null,
  transports         text[] not null,
  backup_eligible    boolean not null,
  backed_up          boolean not null,
  attestation_object bytea not null,
  client_data        bytea not null,
  created_at         timestamptz not null,
  last_used_at       timestamptz
);
create index passkey_account on passkey (account, created_at);
