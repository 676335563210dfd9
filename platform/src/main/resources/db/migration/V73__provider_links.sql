-- Who an OpenID Connect provider's subjects are here. Owned by org.yuanliu.platform.access.

create table provider_link (
  id           uuid primary key,
  -- As the provider's tokens say them: together they name one person for ever.
  issuer       text not null,
  subject      text not null,
  account      uuid not null references account (id),
  made_at      timestamptz not null,
  -- The administrator's account; null where a verified e-mail address made it.
  made_by      uuid references account (id),
  last_used_at timestamptz,
  unique (issuer, subject)
);
create index provider_link_account on provider_link (account);
