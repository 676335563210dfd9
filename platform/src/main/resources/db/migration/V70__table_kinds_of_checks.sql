-- What a backup does with the tables that came since V60__table_kinds.sql told it: a rebuild makes
-- all of these anew.

comment on table alert is 'view: alerts';
comment on table check_state is 'view: how far the checks have read';
comment on table check_event is 'view: events as checks see them';
comment on table check_key is 'view: keys of events';
comment on table check_void is 'view: events declared in error';
comment on table check_due is 'view: what falls due';
comment on table check_place is 'view: places as checks see them';
comment on table check_paper is 'view: documents as checks see them';
comment on table check_counter_place is 'view: places as counters see them';
comment on table check_counter is 'view: counters';
comment on table check_count is 'view: what was counted';
comment on table check_mark is 'view: rules that a record broke';
comment on table catalogue_version is 'view: versions of catalogues';
