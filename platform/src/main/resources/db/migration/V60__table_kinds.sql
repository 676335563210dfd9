-- What a backup does with a table stands in its comment: "journal" is append-only by position and
-- is saved from where the last backup ended; "view" is left out and rebuilt from the journal; what
-- says nothing is saved whole each time.

comment on table entry is 'journal: entries in order';
comment on table leaf is 'journal: leaf hashes in order';
comment on table identity is 'journal: what makes two records the same';

comment on table party is 'view: parties';
comment on table party_code is 'view: codes of parties';
comment on table party_identity is 'view: how persons are found again';
comment on table party_stall is 'view: stalls of parties';
comment on table party_merge is 'view: parties that are one';
comment on table operator_serial is 'view: serial numbers given out';
comment on table place is 'view: places';
comment on table product is 'view: products';
comment on table document is 'view: documents';
comment on table mandate is 'view: mandates';
comment on table equivalence is 'view: codes of one unit';
comment on table code_exemption is 'view: codes let through';
comment on table code_range is 'view: ranges of numbers';
comment on table trace_event is 'view: events as a walk sees them';
comment on table unit_event is 'view: units in events';
comment on table trace_document is 'view: documents in events';
comment on table trace_declaration is 'view: events declared in error';
comment on table query_vocabulary is 'view: master data';
comment on table query_child is 'view: hierarchy of master data';
comment on table query_event is 'view: events as a query sees them';
comment on table query_slice is 'view: times of events by slices';
comment on table query_posting is 'view: values of events by slices';
comment on table query_word is 'view: values that there are';
comment on table query_seen is 'view: who sees a value';
comment on table check_counter_place is 'view: how far the counters have come';
comment on table check_counter is 'view: counters of what happens once';
comment on table check_count is 'view: what they counted';
comment on table check_mark is 'view: what was unlawful on arrival';

comment on table check_state is 'view: how far the checks have come';
comment on table check_event is 'view: events as checks see them';
comment on table check_key is 'view: what checks ask by';
comment on table check_void is 'view: events declared in error';
comment on table check_due is 'view: when a check is to be asked again';
comment on table check_place is 'view: places that checks asked for';
comment on table check_paper is 'view: documents that checks asked for';
comment on table alert is 'view: rules broken';

comment on table catalogue_version is 'view: catalogues in their versions';
