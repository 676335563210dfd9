-- By what law a hold was set, and why and by what law it was lifted. Owned by
-- org.yuanliu.platform.hold.
alter table legal_hold
  add column law text not null default '', -- empty for those from before
  add column lift_reason text,
  add column lift_law text;
