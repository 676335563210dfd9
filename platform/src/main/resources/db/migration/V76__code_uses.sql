-- Views of the journal, dropped and rebuilt at will. Owned by org.yuanliu.platform.codes.

-- Events that name a code which an exemption let through.
create table code_exemption_use (
  exemption uuid not null,
  journal   int not null,
  position  bigint not null,
  primary key (exemption, journal, position)
);

-- Drawings that can be asked for again by the key that came with them.
create table code_draw (
  range       uuid not null,
  drawn_by    text not null,
  key         text not null,
  from_serial bigint not null,
  count       int not null,
  -- Of the digits that nobody can guess, in hexadecimal.
  seed        text not null,
  primary key (range, drawn_by, key)
);

comment on table code_exemption_use is 'view: events with codes let through';
comment on table code_draw is 'view: drawings by their keys';
