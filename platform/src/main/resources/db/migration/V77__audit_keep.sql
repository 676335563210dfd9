-- How long the audit is kept is a setting; the database holds to it too, and never to less than six
-- months. Owned by org.yuanliu.platform.access.

create table audit_keep (
  one  boolean primary key default true check (one),
  days integer not null check (days >= 184)
);
insert into audit_keep (days) values (365);

create or replace function audit_keeps() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'audit' then
    if old.at < now() - interval '6 months'
        and old.at < now() - make_interval(days => (select days from audit_keep)) then
      return old;
    end if;
  end if;
  raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
end
$$;
