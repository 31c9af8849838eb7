create table matrix_webhook_endpoint (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  version bigint not null,
  status varchar(16) not null,
  disabled_reason varchar(32),
  settings bytea not null,
  sealed_headers bytea not null,
  failing_since timestamp(6) with time zone,
  failures integer not null,
  created_at timestamp(6) with time zone not null,
  constraint matrix_webhook_endpoint_pk primary key (id)
);
create index matrix_webhook_endpoint_owner on matrix_webhook_endpoint (owner_type, owner_id, id);

create table matrix_webhook_key (
  id varchar(64) collate "C" not null,
  endpoint_id varchar(64) collate "C" not null,
  kind varchar(16) not null,
  sealed bytea not null,
  expires_at timestamp(6) with time zone,
  constraint matrix_webhook_key_pk primary key (id)
);
create index matrix_webhook_key_endpoint on matrix_webhook_key (endpoint_id, id);

create table matrix_webhook_route (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  version bigint not null,
  constraint matrix_webhook_route_pk primary key (owner_type, owner_id)
);

-- Made with the endpoint and never deleted, so that tokens only ever rise, and an owner's deliveries are found when their endpoint
-- is gone. lease_until: null once released.
create table matrix_webhook_lease (
  endpoint_id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  node varchar(64) not null,
  token bigint not null,
  lease_until timestamp(6) with time zone,
  blocked_until timestamp(6) with time zone,
  wake_at timestamp(6) with time zone,
  breaker varchar(255) not null,
  constraint matrix_webhook_lease_pk primary key (endpoint_id)
);
create index matrix_webhook_lease_wake on matrix_webhook_lease (wake_at);

-- state: 0 queued, 1 retrying, 2 delivered, 3 exhausted, 4 cancelled, 5 expired. No index has a column that changes when a queued
-- delivery is delivered, so that PostgreSQL moves the row in place; what is queued stands in a table of its own.
-- open_subject: the subject while it is open, of a delivery that keeps its subject's order. exhausted_at: finished_at, if exhausted.
create table matrix_webhook_delivery (
  id varchar(64) collate "C" not null,
  endpoint_id varchar(64) collate "C" not null,
  event_id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  type varchar(128) collate "C" not null,
  subject varchar collate "C" not null,
  ordered boolean not null,
  cause varchar(16) not null,
  state smallint not null,
  version bigint not null,
  attempts integer not null,
  deferrals integer not null,
  requests integer not null,
  created_at timestamp(6) with time zone not null,
  first_request_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  open_subject varchar collate "C",
  finished_at timestamp(6) with time zone,
  exhausted_at timestamp(6) with time zone,
  end_reason varchar(32),
  last_status integer,
  last_error varchar(32),
  constraint matrix_webhook_delivery_pk primary key (id),
  constraint matrix_webhook_delivery_event unique (endpoint_id, event_id)
);
create index matrix_webhook_delivery_created on matrix_webhook_delivery (endpoint_id, created_at, id);
create index matrix_webhook_delivery_retrying on matrix_webhook_delivery (endpoint_id, due_at) where due_at is not null; -- postgresql
-- h2: create index matrix_webhook_delivery_retrying on matrix_webhook_delivery (endpoint_id, due_at);
create index matrix_webhook_delivery_exhausted on matrix_webhook_delivery (endpoint_id, exhausted_at) where exhausted_at is not null; -- postgresql
-- h2: create index matrix_webhook_delivery_exhausted on matrix_webhook_delivery (endpoint_id, exhausted_at);

-- A subject may be longer than an index entry, so its beginning stands for it. Room for a second version of each row in its page.
-- [jooq ignore start]
create index matrix_webhook_delivery_subject on matrix_webhook_delivery (endpoint_id, left(open_subject, 64), event_id) where open_subject is not null; -- postgresql
alter table matrix_webhook_delivery set (fillfactor = 60); -- postgresql
-- [jooq ignore stop]
-- h2: create index matrix_webhook_delivery_subject on matrix_webhook_delivery (endpoint_id, open_subject, event_id);

-- The deliveries that are queued.
create table matrix_webhook_queue (
  endpoint_id varchar(64) collate "C" not null,
  delivery_id varchar(64) collate "C" not null,
  constraint matrix_webhook_queue_pk primary key (endpoint_id, delivery_id)
);

create table matrix_webhook_attempt (
  id varchar(64) collate "C" not null,
  delivery_id varchar(64) collate "C" not null,
  endpoint_id varchar(64) collate "C" not null,
  number integer not null,
  started_at timestamp(6) with time zone not null,
  outcome varchar(16) not null,
  status integer,
  error varchar(32),
  url varchar not null,
  key_ids varchar not null,
  remote_address varchar,
  reply_headers varchar not null,
  reply_body bytea not null,
  truncated boolean not null,
  late boolean not null,
  dns_micros integer not null,
  connect_micros integer not null,
  tls_micros integer not null,
  first_byte_micros integer not null,
  total_micros integer not null,
  constraint matrix_webhook_attempt_pk primary key (id)
);
create index matrix_webhook_attempt_delivery on matrix_webhook_attempt (delivery_id, id);

-- How far a recovery has come. phase: FAILED, MISSED or LATE; cursor_at, cursor_id: the last row that it has dealt with.
-- running_for: the endpoint, while it is RUNNING, so that there is one at most.
create table matrix_webhook_recovery (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  endpoint_id varchar(64) collate "C" not null,
  include varchar(16) not null,
  state varchar(16) not null,
  phase varchar(16) not null,
  since_at timestamp(6) with time zone not null,
  until_at timestamp(6) with time zone not null,
  cursor_at timestamp(6) with time zone,
  cursor_id varchar(64) collate "C",
  requeued bigint not null,
  added bigint not null,
  created_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone,
  running_for varchar(64) collate "C",
  constraint matrix_webhook_recovery_pk primary key (id),
  constraint matrix_webhook_recovery_running unique (running_for)
);
create index matrix_webhook_recovery_state on matrix_webhook_recovery (state, id);

-- When something limited was last done; taken: microseconds since 1970, newest last.
create table matrix_webhook_quota (
  endpoint_id varchar(64) collate "C" not null,
  what varchar(32) not null,
  taken varchar(1000) not null,
  constraint matrix_webhook_quota_pk primary key (endpoint_id, what)
);
