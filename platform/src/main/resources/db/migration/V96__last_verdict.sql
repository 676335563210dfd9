-- What the public page said of a unit before its records were dropped, and when. The first one
-- counts: later the chain is no longer whole. Owned by org.yuanliu.platform.retention.
alter table retention_unit
  add column verdict text, -- org.yuanliu.industry.Level; null: nobody judged it
  add column verdict_at timestamptz;
