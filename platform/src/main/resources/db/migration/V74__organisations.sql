-- Organisations, the roles that people hold in them, delegation during leave. Owned by
-- org.yuanliu.platform.organisation. Ended rows stay: they tell who could do what when.

create table organisation (
  -- Canonical URI of a registered party.
  party      text primary key,
  kind       text not null,
  -- Of a department: its level, the division in its care, industries (empty: all) and functions.
  level      text,
  division   text not null default '',
  industries text[] not null default '{}',
  functions  text[] not null default '{}',
  made_at    timestamptz not null
);

create table organisation_role (
  id          uuid primary key,
  party       text not null references organisation (party),
  account     uuid not null,
  title       text not null,
  permissions text[] not null,
  valid_from  timestamptz not null,
  valid_until timestamptz,
  made_at     timestamptz not null,
  made_by     uuid not null,
  ended_at    timestamptz
);
create index organisation_role_party on organisation_role (party, valid_from);
create index organisation_role_account on organisation_role (account);

create table delegation (
  id          uuid primary key,
  role        uuid not null references organisation_role (id),
  account     uuid not null,
  permissions text[] not null,
  valid_from  timestamptz not null,
  valid_until timestamptz not null,
  reason      text not null,
  made_at     timestamptz not null,
  made_by     uuid not null,
  ended_at    timestamptz
);
create index delegation_role on delegation (role);
create index delegation_account on delegation (account);
