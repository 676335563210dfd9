-- Whether an agreement with a partner platform names commercial secrets too. Owned by
-- org.yuanliu.platform.organisation. What was agreed before named none.
alter table partner_agreement add column secrets boolean not null default false;
