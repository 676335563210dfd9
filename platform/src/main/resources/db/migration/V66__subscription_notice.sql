-- What a receiver is told instead of events. Owned by org.yuanliu.platform.subscription.

alter table query_subscription
  -- The exception that it was told of last, since which nothing was answered; null: none.
  add column told text,
  -- The query was deleted: the receiver is told, then the row goes. Nobody sees it any more.
  add column ending boolean not null default false;
