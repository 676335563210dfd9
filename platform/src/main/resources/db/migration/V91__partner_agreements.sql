-- Data sets agreed with partner platforms. Owned by org.yuanliu.platform.organisation. Ended rows
-- stay: they tell who could see what when.
create table partner_agreement (
  id          uuid primary key,
  party       text not null references organisation (party),
  -- Leading digits of division codes; empty for the nation.
  division    text not null,
  industries  text[] not null,
  reference   text not null,
  valid_from  timestamptz not null,
  valid_until timestamptz not null,
  made_at     timestamptz not null,
  made_by     uuid not null,
  ended_at    timestamptz
);
create index partner_agreement_party on partner_agreement (party);
