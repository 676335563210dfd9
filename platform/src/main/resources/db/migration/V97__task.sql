-- What works in the background for longer than a moment, also in a process of its own (a backup),
-- and how it ended. Owned by org.yuanliu.platform.operations.
create table task (
  id         uuid primary key,
  kind       text        not null, -- org.yuanliu.platform.operations.TaskKind
  started_at timestamptz not null,
  told_at    timestamptz not null, -- when it was last heard of
  done       bigint      not null, -- in the kind's unit
  total      bigint      not null, -- about; 0 while it is not known
  ended_at   timestamptz,
  failure    text                  -- why it ended before its end
);
create index task_kind on task (kind, started_at desc);
