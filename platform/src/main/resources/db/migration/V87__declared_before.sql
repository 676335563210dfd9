-- Entries that had declared records to be in error before a document did so again: a JSON list, null
-- for none. Owned by org.yuanliu.platform.capture.

alter table capture_job add column declared_before text;
