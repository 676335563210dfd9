-- Parties, places, products, documents, mandates, equivalences: a view of the journal's registry
-- changes, dropped and rebuilt at will. Owned by org.yuanliu.platform.registry.
-- Bodies are the JSON of the face's records; the columns beside them are what is searched by.

-- Counts the changes. A cache knows by it whether what it holds is older than a change.
create table registry_state (
  id      smallint primary key,
  version bigint not null
);
insert into registry_state (id, version) values (1, 0);

create table party (
  -- Canonical URI of the first code.
  id          text primary key,
  kind        text not null,
  division    text,
  revision    integer not null,
  -- Who registered it.
  registrant  text not null,
  -- The party that keeps, while they are merged. The row itself stays as it was.
  merged_into text,
  body        text not null
);
create index party_merged_into on party (merged_into) where merged_into is not null;
create index party_division on party (division, id);

create table party_code (
  code  text primary key,
  party text not null
);

-- Keyed digest of name and identity number: finds a person again, tells nothing of him.
create table party_identity (
  identity_index text primary key,
  party          text not null
);

create table party_stall (
  market text not null,
  party  text not null,
  primary key (market, party)
);
create index party_stall_party on party_stall (party);

create table party_merge (
  id     uuid primary key,
  kept   text not null,
  merged text not null,
  undone boolean not null
);

-- The highest serial number given out by each node: none is given twice.
create table operator_serial (
  node        text primary key,
  last_serial integer not null
);

create table place (
  id         text primary key,
  division   text not null,
  party      text,
  revision   integer not null,
  registrant text not null,
  body       text not null
);

create table product (
  code       text primary key,
  revision   integer not null,
  registrant text not null,
  body       text not null
);

create table document (
  id         text primary key,
  revision   integer not null,
  registrant text not null,
  issuer     text,
  body       text not null
);

create table mandate (
  id             text primary key,
  reporter       text not null,
  principal      text not null,
  revoked_from   timestamptz,
  revoked_reason text,
  body           text not null
);
create index mandate_principal on mandate (principal);
create index mandate_reporter on mandate (reporter);

-- Both directions, so that one condition finds every neighbour.
create table equivalence (
  unit       uuid not null,
  other      uuid not null,
  unit_code  text not null,
  other_code text not null,
  primary key (unit, other)
);
