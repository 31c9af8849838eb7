-- Numbers are dense from 1; next_no is the next one of each kind.
create table matrix_analytics_counter (
  name varchar(16) collate "C" not null,
  next_no integer not null,
  constraint matrix_analytics_counter_pk primary key (name)
);

create table matrix_analytics_customer (
  customer_no integer not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  constraint matrix_analytics_customer_pk primary key (customer_no),
  constraint matrix_analytics_customer_owner unique (owner_type, owner_id)
);

-- name: the values of all dimensions, one per line.
create table matrix_analytics_segment (
  segment_no integer not null,
  name varchar(512) collate "C" not null,
  constraint matrix_analytics_segment_pk primary key (segment_no),
  constraint matrix_analytics_segment_name unique (name)
);

-- Words of events, such as meters. customer_no: who brought it in first.
create table matrix_analytics_name (
  name_no integer not null,
  name varchar(128) collate "C" not null,
  customer_no integer not null,
  constraint matrix_analytics_name_pk primary key (name_no),
  constraint matrix_analytics_name_name unique (name)
);
create index matrix_analytics_name_customer on matrix_analytics_name (customer_no);

-- kind: FactKind's codes. occurred_us, recorded_us: microseconds since 1970. amount: minor units. meter_no, partner_no,
-- resource_kind_no, waste_no: 0 none. success: 0 unknown, 1 succeeded, 2 failed. corrected: 1 if a correction refers to it.
create table matrix_analytics_fact (
  kind smallint not null,
  customer_no integer not null,
  fact_key varchar(192) collate "C" not null,
  event_id varchar(64) collate "C" not null,
  occurred_us bigint not null,
  recorded_us bigint not null,
  meter_no integer not null,
  partner_no integer not null,
  resource_kind_no integer not null,
  currency varchar(12) collate "C" not null,
  amount decimal(38,0) not null,
  quantity decimal(38,9) not null,
  ref_id varchar(192) collate "C" not null,
  resource_id varchar(128) collate "C" not null,
  duration_ms bigint,
  success smallint not null,
  waste_no integer not null,
  corrected smallint not null,
  constraint matrix_analytics_fact_pk primary key (kind, customer_no, fact_key)
);
create index matrix_analytics_fact_time on matrix_analytics_fact (kind, occurred_us);
create index matrix_analytics_fact_customer on matrix_analytics_fact (customer_no, kind, occurred_us);
create index matrix_analytics_fact_event on matrix_analytics_fact (event_id);
create index matrix_analytics_fact_ref on matrix_analytics_fact (ref_id, kind);

-- One row: what the rollups were made with.
create table matrix_analytics_settings (
  id smallint not null,
  revision integer not null,
  settings varchar not null,
  constraint matrix_analytics_settings_pk primary key (id)
);

-- terms: JSON of what a subscription event said.
create table matrix_analytics_subscription_version (
  event_id varchar(64) collate "C" not null,
  customer_no integer not null,
  recorded_at timestamp(6) with time zone not null,
  terms varchar not null,
  constraint matrix_analytics_subscription_version_pk primary key (event_id)
);
create index matrix_analytics_subscription_version_customer on matrix_analytics_subscription_version (customer_no);

create table matrix_analytics_rejected (
  event_id varchar(64) collate "C" not null,
  reason varchar(64) collate "C" not null,
  recorded_at timestamp(6) with time zone not null,
  constraint matrix_analytics_rejected_pk primary key (event_id)
);

-- What movements of one kind changed in a bucket. time_range: 0 hour, 1 day, 2 week, 3 month, 4 quarter, 5 year. movement: 0 new,
-- 1 reactivation, 2 expansion, 3 contraction, 4 churn, 6 transfer. parts: 16,632,000 to one minor unit.
create table matrix_analytics_mrr_rollup (
  zone_no smallint not null,
  time_range smallint not null,
  bucket_start timestamp(6) with time zone not null,
  recorded_day date not null,
  segment_no integer not null,
  currency varchar(12) collate "C" not null,
  movement smallint not null,
  parts decimal(38,0) not null,
  customers bigint not null,
  payers bigint not null,
  constraint matrix_analytics_mrr_rollup_pk
    primary key (zone_no, time_range, bucket_start, recorded_day, segment_no, currency, movement)
);

create table matrix_analytics_chart (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  spec varchar not null,
  expires_at timestamp(6) with time zone not null,
  constraint matrix_analytics_chart_pk primary key (id)
);
create index matrix_analytics_chart_owner on matrix_analytics_chart (owner_type, owner_id);
create index matrix_analytics_chart_expiry on matrix_analytics_chart (expires_at);
