-- One row per owner that has facts; its lock guards what an analysis writes. part: which of 64 parts the nightly step finds it in.
create table matrix_cost_owner (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  part smallint not null,
  constraint matrix_cost_owner_pk primary key (owner_type, owner_id)
);
create index matrix_cost_owner_part on matrix_cost_owner (part, owner_type, owner_id);

-- Whole snapshots of subscriptions and machines, as events brought them.
create table matrix_cost_fact (
  event_id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  kind varchar(16) collate "C" not null,
  subject varchar(255) collate "C" not null,
  at timestamp(6) with time zone not null,
  sequence_no bigint not null,
  document varchar not null,
  constraint matrix_cost_fact_pk primary key (event_id)
);
create index matrix_cost_fact_owner on matrix_cost_fact (owner_type, owner_id);

-- One row per usage event, so that a repeated one counts once. quantity is text: its digits stay as they were published.
create table matrix_cost_usage (
  event_id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subscription_id varchar(255) collate "C",
  meter varchar(255) collate "C" not null,
  quantity varchar(128) not null,
  resource_id varchar(255) collate "C",
  cause varchar(255) collate "C",
  at timestamp(6) with time zone not null,
  constraint matrix_cost_usage_pk primary key (event_id)
);
create index matrix_cost_usage_owner on matrix_cost_usage (owner_type, owner_id, at);

-- How busy machines were; loads: JSON.
create table matrix_cost_sample (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  resource_id varchar(255) collate "C" not null,
  from_at timestamp(6) with time zone not null,
  seconds integer not null,
  loads varchar not null,
  constraint matrix_cost_sample_pk primary key (owner_type, owner_id, resource_id, from_at, seconds)
);
create index matrix_cost_sample_from on matrix_cost_sample (from_at);

create table matrix_cost_analysis (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  created_at timestamp(6) with time zone not null,
  document varchar not null,
  constraint matrix_cost_analysis_pk primary key (id)
);
create index matrix_cost_analysis_owner on matrix_cost_analysis (owner_type, owner_id, id);

-- live_key: the fingerprint while an analysis may still change the row; null afterwards. So no two writers open one finding twice.
create table matrix_cost_recommendation (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  analysis_id varchar(64) collate "C" not null,
  type varchar(16) not null,
  severity varchar(16) not null,
  status varchar(16) not null,
  live_key varchar(64) collate "C",
  expires_at timestamp(6) with time zone not null,
  version bigint not null,
  document varchar not null,
  constraint matrix_cost_recommendation_pk primary key (id),
  constraint matrix_cost_recommendation_live unique (live_key)
);
create index matrix_cost_recommendation_owner on matrix_cost_recommendation (owner_type, owner_id, id);

create table matrix_cost_baseline (
  recommendation_id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  applied_at timestamp(6) with time zone not null,
  document varchar not null,
  constraint matrix_cost_baseline_pk primary key (recommendation_id)
);
create index matrix_cost_baseline_owner on matrix_cost_baseline (owner_type, owner_id, recommendation_id);

-- Entries are only ever added: a restated bill adds a revision.
create table matrix_cost_ledger (
  recommendation_id varchar(64) collate "C" not null,
  period_start timestamp(6) with time zone not null,
  revision integer not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  document varchar not null,
  constraint matrix_cost_ledger_pk primary key (recommendation_id, period_start, revision)
);
create index matrix_cost_ledger_owner on matrix_cost_ledger (owner_type, owner_id);
