create table matrix_event (
  id varchar(64) collate "C" not null,
  type varchar(128) collate "C" not null,
  version integer not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subject varchar not null,
  occurred_at timestamp(6) with time zone not null,
  recorded_at timestamp(6) with time zone not null,
  visible_to varchar not null,
  idem_key varchar(255) collate "C",
  fingerprint bytea not null,
  addressed varchar not null,
  payload bytea,
  constraint matrix_event_pk primary key (id)
);
create unique index matrix_event_key on matrix_event (owner_type, owner_id, idem_key) where idem_key is not null; -- postgresql
-- h2: create unique index matrix_event_key on matrix_event (owner_type, owner_id, idem_key);
create index matrix_event_owner on matrix_event (owner_type, owner_id, id);
create index matrix_event_type on matrix_event (type, id);
create index matrix_event_recorded on matrix_event (recorded_at);

-- state: 0 open, 1 failed, 2 skipped; due_at: while claimed (node is set) the end of the lease, once failed since when.
create table matrix_event_dispatch (
  subscriber varchar(64) collate "C" not null,
  event_id varchar(64) collate "C" not null,
  state smallint not null,
  due_at timestamp(6) with time zone not null,
  node varchar(64),
  token bigint not null,
  attempts integer not null,
  error varchar not null,
  constraint matrix_event_dispatch_pk primary key (subscriber, event_id)
);
create index matrix_event_dispatch_event on matrix_event_dispatch (event_id);
create index matrix_event_dispatch_open on matrix_event_dispatch (subscriber, due_at, event_id) where state = 0; -- postgresql
-- h2: create index matrix_event_dispatch_open on matrix_event_dispatch (state, subscriber, due_at, event_id);

-- retired_at: since when its queue rows are being deleted, until nobody can add any.
create table matrix_event_subscriber (
  name varchar(64) collate "C" not null,
  inline_call boolean not null,
  retired_at timestamp(6) with time zone,
  constraint matrix_event_subscriber_pk primary key (name)
);

-- since: when a node first had the pattern; registered_at: when one last said so.
create table matrix_event_interest (
  subscriber varchar(64) collate "C" not null,
  pattern varchar(128) collate "C" not null,
  since timestamp(6) with time zone not null,
  registered_at timestamp(6) with time zone not null,
  constraint matrix_event_interest_pk primary key (subscriber, pattern)
);
