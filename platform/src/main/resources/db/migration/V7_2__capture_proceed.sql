-- What happens to a document some of whose events are wrong (1 rollback, 2 proceed), and what was
-- wrong with the events that were not stored. Owned by org.yuanliu.platform.capture.
alter table capture_job add column behaviour smallint not null default 1;
alter table capture_job add column errors text;
