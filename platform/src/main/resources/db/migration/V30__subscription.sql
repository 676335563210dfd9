-- Subscriptions to queries. Owned by org.yuanliu.platform.subscription.

create table query_subscription (
  key                 uuid        primary key,
  owner               text        not null, -- canonical URI of the party
  id                  text        not null, -- subscriptionID: ours, over SOAP the subscriber's
  account             uuid        not null, -- whose access counts at every delivery
  query_name          text        not null,
  definition          text,                 -- SimpleEventQuery: its parameters, JSON; else null
  dest                text        not null,
  signature_token     text,
  schedule            text,                 -- the six fields, JSON
  trigger_uri         text,                 -- neither schedule nor trigger: stream
  report_if_empty     boolean     not null,
  initial_record_time timestamptz,
  syntax              text        not null,
  cbv_form            text        not null,
  epc_format          text        not null,
  created_at          timestamptz not null,

  -- The cursor: what lies below was delivered, or is not for this subscriber.
  next_position       bigint      not null,
  -- A run that has begun goes as far as this, however many deliveries it takes.
  run_to              bigint,
  run_deliveries      bigint      not null default 0,
  -- A delivery that was begun: the positions from the cursor on, up to here. It keeps its id until
  -- the receiver has answered.
  delivery_id         uuid,
  delivery_to         bigint,
  batch_events        integer     not null, -- halved where the receiver answers 413
  due_at              timestamptz,          -- of a schedule: when it runs next
  last_run_at         timestamptz,
  last_notified_at    timestamptz,

  failures            integer     not null default 0, -- since the last success
  failing_since       timestamptz,
  last_error          text,
  retry_at            timestamptz,

  -- Whose turn it is, among the servers on this database; by the database's clock.
  lease_holder        uuid,
  lease_until         timestamptz,
  claimed_at          timestamptz,

  unique (owner, id)
);
create index query_subscription_query on query_subscription (owner, query_name, id);
