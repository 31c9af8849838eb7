-- status: ACCEPTED, QUARANTINED or REJECTED. valid_until: the last day of a manual rate; null: none, or another source.
-- accepted_at: from when on conversions may use it; null until then.
create table matrix_fx_snapshot (
  id varchar(64) collate "C" not null,
  source varchar(64) collate "C" not null,
  base varchar(12) collate "C" not null,
  observed_on date not null,
  observed_at timestamp(6) with time zone not null,
  fetched_at timestamp(6) with time zone not null,
  accepted_at timestamp(6) with time zone,
  revision integer not null,
  status varchar(16) not null,
  valid_until date,
  constraint matrix_fx_snapshot_pk primary key (id),
  constraint matrix_fx_snapshot_revision unique (source, base, observed_at, revision)
);
create index matrix_fx_snapshot_newest on matrix_fx_snapshot (source, base, status, observed_on, observed_at, revision);
create index matrix_fx_snapshot_history on matrix_fx_snapshot (source, observed_on, id);
create index matrix_fx_snapshot_accepted on matrix_fx_snapshot (accepted_at);

create table matrix_fx_rate (
  snapshot_id varchar(64) collate "C" not null,
  quote varchar(12) collate "C" not null,
  mid decimal(60,30) not null,
  bid decimal(60,30),
  ask decimal(60,30),
  constraint matrix_fx_rate_pk primary key (snapshot_id, quote)
);

-- The first and the last day on which a series quoted a currency: beyond them nobody needs to search its history.
create table matrix_fx_quote (
  source varchar(64) collate "C" not null,
  base varchar(12) collate "C" not null,
  quote varchar(12) collate "C" not null,
  first_on date not null,
  last_on date not null,
  constraint matrix_fx_quote_pk primary key (source, base, quote)
);

-- note: what the source asked to be told at its next fetch. failing_since: the first failure after the last success; null: none.
create table matrix_fx_source (
  name varchar(64) collate "C" not null,
  next_attempt_at timestamp(6) with time zone not null,
  note varchar,
  failures integer not null,
  failing_since timestamp(6) with time zone,
  last_error varchar,
  constraint matrix_fx_source_pk primary key (name)
);

create table matrix_currency_preference (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  version bigint not null,
  currency varchar(12) collate "C" not null,
  locale varchar(64),
  constraint matrix_currency_preference_pk primary key (owner_type, owner_id)
);
