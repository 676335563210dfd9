-- Master data of vocabularies (EPCIS 2.0 §6.5), each party's own statements. A view of the journal.
-- Owned by org.yuanliu.platform.query. The columns from reporter on are named as the disclosure
-- policy names them.

create table query_vocabulary (
  id        text    not null, -- canonical URI of the element
  type      text    not null, -- the vocabulary, full name
  body      text    not null, -- the element as JSON, attribute names in full
  reporter  uuid    not null,
  principal uuid    not null,
  named     uuid[]  not null,
  division  text,
  industry  text,
  primary key (id, type, principal)
);
create index query_vocabulary_type on query_vocabulary (type, id);

create table query_child (
  parent    text    not null,
  child     text    not null,
  type      text    not null,
  reporter  uuid    not null,
  principal uuid    not null,
  named     uuid[]  not null,
  division  text,
  industry  text,
  primary key (parent, child, type, principal)
);
