-- An enterprise's list comes from the index of queries since V7: nothing asks these any more, and each
-- entry paid for them.
drop index if exists entry_principal;
drop index if exists entry_reporter;
