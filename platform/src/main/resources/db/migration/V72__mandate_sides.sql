-- Mandates that one side has proposed and the other not yet accepted. Owned by
-- org.yuanliu.platform.registry.

-- REPORTER or PRINCIPAL, whose word is awaited; null where both have given it.
alter table mandate add column waits_for text;
