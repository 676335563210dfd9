-- Legal holds: what a case, a recall or a dispute keeps from being erased or dropped. Owned by
-- org.yuanliu.platform.hold.
create table legal_hold (
  id        uuid        primary key,
  kind      text        not null, -- subject, unit, party
  target    text        not null, -- id of a person, canonical code of a unit or a party
  reference text        not null, -- number of the case
  reason    text        not null,
  set_by    text        not null,
  since     timestamptz not null,
  lifted_by text,
  lifted    timestamptz
);
create index legal_hold_target on legal_hold (target) where lifted is null;
