-- Versions of the catalogues of key and encouraged products: a view of the journal's catalogue
-- entries, dropped and rebuilt at will. Owned by org.yuanliu.platform.catalogue.

create table catalogue_version (
  -- Leading digits of the division code that it holds for; empty for the nation.
  division       text not null,
  version        integer not null,
  effective_from date not null,
  body           text not null,
  primary key (division, version)
);
