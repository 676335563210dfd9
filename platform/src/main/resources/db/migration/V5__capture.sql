-- Capture jobs: documents that were taken (202), and what became of them.
-- Owned by org.yuanliu.platform.capture.

create table capture_job (
  id              uuid primary key,
  -- Canonical URI of the credential's party, and how facts are known that it declares:
  -- a job is finished after a restart even where the key is gone by then.
  reporter        text not null,
  standing        smallint not null,
  received_at     timestamptz not null,
  -- 1 running, 2 done, 3 failed; the codes never change their meaning.
  state           smallint not null,
  event_count     integer not null,
  -- gzip of the document while the job runs; of the document without its events when it is done
  -- (they are in the journal); null when it failed, for nothing of a refused document is kept.
  body            bytea,
  finished_at     timestamptz,
  duplicate_count integer,
  -- Ranges of journal positions, both ends included: [[17,116],[120,120]]
  positions       text,
  -- The tree head of the commit.
  head_log        text,
  head_size       bigint,
  head_root       bytea,
  -- Why it failed, in both languages.
  problem         text
);

-- The reporter's own list, newest first.
create index capture_job_reporter on capture_job (reporter, received_at desc, id);

-- What is to be finished after a restart.
create index capture_job_running on capture_job (id) where state = 1;
