-- status, version, headers, sealed_body: null until the transaction that claimed the key is about to commit.
create table matrix_idempotency (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  operation varchar(64) collate "C" not null,
  idem_key varchar(255) collate "C" not null,
  fingerprint bytea not null,
  expires_at timestamp(6) with time zone not null,
  status smallint,
  version varchar(64),
  headers varchar,
  sealed_body bytea,
  constraint matrix_idempotency_pk primary key (owner_type, owner_id, operation, idem_key)
);
create index matrix_idempotency_expiry on matrix_idempotency (expires_at);
