-- Exemptions from checks and ranges of numbers: a view of the journal's code changes, dropped and
-- rebuilt at will. Owned by org.yuanliu.platform.codes.

create table code_exemption (
  id         uuid primary key,
  scheme     text not null,
  value      text not null,
  reason     text not null,
  granted_by text not null,
  -- Legal days; the second is the first on which it holds no longer.
  from_day   date not null,
  to_day     date
);
create index code_exemption_code on code_exemption (scheme, value);

create table code_range (
  id           uuid primary key,
  scheme       text not null,
  stem         text not null,
  first_serial bigint not null,
  last_serial  bigint not null,
  -- The next one to be given out; what is below it never is again.
  next_serial  bigint not null,
  -- Who may draw, besides the operator; canonical URI.
  party        text
);
create index code_range_stem on code_range (scheme, stem);
create index code_range_party on code_range (party) where party is not null;
