-- Cases for which a department looks beyond its divisions and industries. Owned by
-- org.yuanliu.platform.access.

create table access_case (
  id        uuid primary key,
  -- The department's; nobody else's account uses it.
  party     text not null,
  -- As its files name it.
  number    text not null,
  reason    text not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  -- Ends by itself; closed earlier by hand.
  ends_at   timestamptz not null,
  closed_at timestamptz
);
create index access_case_party on access_case (party, opened_at);
