-- Several parties may each state what a document says: a number is no secret, and an answer that it
-- is taken would tell who has it. Owned by org.yuanliu.platform.registry.
alter table document
  -- Version of the registry when this statement was first made: the order of statements.
  add column since bigint not null default 0,
  drop constraint document_pkey,
  add primary key (id, registrant);
