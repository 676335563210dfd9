-- Codes of one unit, as the checks know them: the counters by the journal's end, those who follow by
-- the position that they have reached. Both directions, so that one condition finds every neighbour.
-- Owned by org.yuanliu.platform.checks.

create table check_equivalence (
  unit  text not null,
  other text not null,
  primary key (unit, other)
);

create table check_counter_equivalence (
  unit  text not null,
  other text not null,
  primary key (unit, other)
);

-- Counters stay under the codes that records name; what is counted of a unit is their sum. So what
-- was declared before is all they need.
insert into check_counter_equivalence (unit, other) select unit_code, other_code from equivalence;

-- Of several codes of a unit what the last record said counts.
alter table check_counter_said add column position bigint not null default 0;

-- The facts stand under other keys now: who follows begins anew.
delete from check_state;

comment on table check_equivalence is 'view: codes of one unit as checks know them';
comment on table check_counter_equivalence is 'view: codes of one unit as the counters know them';
