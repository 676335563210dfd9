-- The unit view: what a walk needs to know of events without reading a body. A view: dropped and
-- rebuilt from the journal. Keys are UnitKeys (128 bits of the SHA-256 of a canonical URI).

-- One row an event.
create table trace_event (
  journal      integer     not null,
  position     bigint      not null,
  event_time   timestamptz not null,
  record_time  timestamptz not null,
  event_key    uuid        not null, -- of (principal, event id): what an error declaration names
  reporter     uuid        not null,
  principal    uuid        not null,
  named        uuid[]      not null, -- the policy decides by these
  givers       uuid[],               -- source parties; null where there are none, as in all below
  takers       uuid[],               -- destination parties
  from_places  uuid[],               -- source locations
  to_places    uuid[],               -- destination locations
  places       uuid[],               -- business location and read point
  documents    uuid[],               -- business transactions
  transformation uuid,               -- of (principal, transformationID)
  product      uuid,                 -- of the goods code
  type         smallint    not null,
  marks        smallint    not null, -- bits, see Act
  division     text,
  industry     text,
  primary key (journal, position)
);
create index trace_event_transformation on trace_event (transformation) where transformation is not null;

-- One row for each naming of a unit: (unit, event, role).
create table unit_event (
  unit       uuid        not null,
  event_time timestamptz not null,
  position   bigint      not null,
  journal    integer     not null,
  role       smallint    not null,
  kind       smallint    not null,
  parent     uuid, -- of a child: what it was put into or taken out of
  quantity   numeric,
  uom        text
);
create index unit_event_unit on unit_event (unit, event_time);
create index unit_event_entry on unit_event (journal, position, role);
create index unit_event_parent on unit_event (parent, event_time) where parent is not null;
create index unit_event_child on unit_event (unit, event_time) where parent is not null;

-- Which events cite a document.
create table trace_document (
  document uuid    not null,
  position bigint  not null,
  journal  integer not null
);
create index trace_document_document on trace_document (document);

-- Which events were declared in error, and what takes their place.
create table trace_declaration (
  event_key  uuid    not null,
  position   bigint  not null,
  journal    integer not null,
  corrective uuid[]  not null -- event keys
);
create index trace_declaration_key on trace_declaration (event_key);
