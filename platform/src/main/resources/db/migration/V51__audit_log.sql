-- The audit as a Merkle log of its own, and append-only by the database's own hand.
-- Owned by org.yuanliu.platform.access. What was written before has no position.

alter table audit add column position bigint;
create unique index audit_position on audit (position);
create index audit_party on audit (party, at);

-- Hashes stay when the records' time is over, so that the tree can still be recomputed.
create table audit_leaf (
  position bigint primary key,
  hash     bytea not null
);

-- One row: the right edge of the tree. Whoever appends locks it.
create table audit_head (
  one      boolean primary key default true check (one),
  size     bigint not null,
  frontier bytea
);
insert into audit_head (size) values (0);

-- 网络安全法 第二十一条: logs are kept for six months at least. Nothing is ever changed, and nothing
-- younger is removed, whoever asks, short of dropping this trigger.
create function audit_keeps() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'audit' then
    if old.at < now() - interval '6 months' then
      return old;
    end if;
  end if;
  raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_keeps before update or delete on audit
  for each row execute function audit_keeps();
create trigger audit_stays before truncate on audit
  for each statement execute function audit_keeps();
create trigger audit_leaf_keeps before update or delete on audit_leaf
  for each row execute function audit_keeps();
create trigger audit_leaf_stays before truncate on audit_leaf
  for each statement execute function audit_keeps();
