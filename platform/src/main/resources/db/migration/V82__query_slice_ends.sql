-- The events at both ends of a slice's time. A few late events, or such of a clock that is ahead, would
-- else make the whole slice look as early or as late as they are. Slices from before have none and are
-- searched by their bounds alone, until the next ./yuanliu rebuild. Owned by
-- org.yuanliu.platform.query.

alter table query_slice
  add column earliest bytea, -- SliceEnd
  add column latest   bytea;
