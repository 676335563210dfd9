-- The bounds of a term's events in the index itself: a search that is led by them reads some hundred
-- of its pages instead of a page of the table for each slice and term (16,000 for a hundred rare
-- places of ten million events). Owned by org.yuanliu.platform.query.

alter table query_posting
  drop constraint query_posting_pkey,
  add primary key (term, slice, journal) include (min_time, max_time);
