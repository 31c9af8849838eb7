-- Amounts are decimals of the row's currency. attention: flags joined by commas; empty: none. document: the rest, as JSON.
create table matrix_payment (
  id varchar(128) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  currency varchar(12) collate "C" not null,
  captured decimal(60,30) not null,
  refunded decimal(60,30) not null,
  reserved decimal(60,30) not null,
  disputed decimal(60,30) not null,
  tax decimal(60,30) not null,
  tax_allocated decimal(60,30) not null,
  subscription_id varchar(128) collate "C",
  paid_at timestamp(6) with time zone not null,
  attention varchar(255) not null,
  document text not null,
  version bigint not null,
  constraint matrix_payment_pk primary key (id),
  constraint matrix_payment_balances check (refunded >= 0 and reserved >= 0 and disputed >= 0 and tax_allocated >= 0)
);
create index matrix_payment_owner on matrix_payment (owner_id, owner_type, id);
create index matrix_payment_subscription on matrix_payment (subscription_id, paid_at);

create table matrix_payment_capture (
  provider varchar(32) collate "C" not null,
  provider_ref varchar(400) collate "C" not null,
  payment_id varchar(128) collate "C" not null,
  constraint matrix_payment_capture_pk primary key (provider, provider_ref)
);

-- key_space: host, self or matrix. status: as before the legs begin, or as followed from them when one was last settled.
-- due_at: when a scheduled refund starts, or an approval expires.
create table matrix_refund (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  key_space varchar(16) collate "C" not null,
  idem_key varchar(255) collate "C" not null,
  fingerprint bytea not null,
  payment_id varchar(128) collate "C" not null,
  currency varchar(12) collate "C" not null,
  amount decimal(60,30) not null,
  tax decimal(60,30) not null,
  reason varchar(32) collate "C" not null,
  status varchar(32) collate "C" not null,
  attention varchar(255) not null,
  due_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  document text not null,
  version bigint not null,
  constraint matrix_refund_pk primary key (id),
  constraint matrix_refund_key unique (owner_id, owner_type, key_space, idem_key)
);
create index matrix_refund_owner on matrix_refund (owner_id, owner_type, id);
create index matrix_refund_payment on matrix_refund (payment_id, id);
create index matrix_refund_due on matrix_refund (due_at);

create table matrix_refund_history (
  refund_id varchar(64) collate "C" not null,
  seq integer not null,
  at timestamp(6) with time zone not null,
  event varchar(64) not null,
  leg_id varchar(64) collate "C",
  actor varchar(128),
  detail varchar,
  constraint matrix_refund_history_pk primary key (refund_id, seq)
);

-- next_at: when something is due; while a lease runs, its end; null: nothing is. fence: how often it was claimed.
create table matrix_refund_leg (
  id varchar(64) collate "C" not null,
  refund_id varchar(64) collate "C" not null,
  payment_id varchar(128) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  capture_id varchar(128) collate "C" not null,
  provider varchar(32) collate "C" not null,
  currency varchar(12) collate "C" not null,
  amount decimal(60,30) not null,
  tax decimal(60,30) not null,
  status varchar(32) collate "C" not null,
  provider_ref varchar(255) collate "C",
  next_at timestamp(6) with time zone,
  lease_until timestamp(6) with time zone,
  fence bigint not null,
  serial boolean not null,
  document text not null,
  constraint matrix_refund_leg_pk primary key (id),
  constraint matrix_refund_leg_ref unique (provider, provider_ref)
);
create index matrix_refund_leg_refund on matrix_refund_leg (refund_id, id);
create index matrix_refund_leg_payment on matrix_refund_leg (payment_id, id);
create index matrix_refund_leg_due on matrix_refund_leg (provider, next_at, id) where next_at is not null; -- postgresql
-- h2: create index matrix_refund_leg_due on matrix_refund_leg (provider, next_at, id);

create table matrix_refund_attempt (
  leg_id varchar(64) collate "C" not null,
  no integer not null,
  idem_key varchar(64) collate "C" not null,
  node varchar(64) not null,
  at timestamp(6) with time zone not null,
  constraint matrix_refund_attempt_pk primary key (leg_id, no)
);
create index matrix_refund_attempt_at on matrix_refund_attempt (at);

-- source: a leg or a dispute; refund_id: null for disputes.
create table matrix_refund_ledger (
  source varchar(64) collate "C" not null,
  kind varchar(32) collate "C" not null,
  account varchar(32) collate "C" not null,
  currency varchar(12) collate "C" not null,
  amount decimal(60,30) not null,
  payment_id varchar(128) collate "C" not null,
  refund_id varchar(64) collate "C",
  at timestamp(6) with time zone not null,
  constraint matrix_refund_ledger_pk primary key (source, kind, account, currency)
);
create index matrix_refund_ledger_payment on matrix_refund_ledger (payment_id, source, kind);

create table matrix_account_credit (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  currency varchar(12) collate "C" not null,
  balance decimal(60,30) not null,
  constraint matrix_account_credit_pk primary key (owner_id, owner_type, currency),
  constraint matrix_account_credit_balance check (balance >= 0)
);

create table matrix_account_credit_entry (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  kind varchar(16) collate "C" not null,
  idem_key varchar(255) collate "C" not null,
  currency varchar(12) collate "C" not null,
  amount decimal(60,30) not null,
  at timestamp(6) with time zone not null,
  constraint matrix_account_credit_entry_pk primary key (owner_id, owner_type, kind, idem_key)
);

-- next_at: when it is fetched, or a reminder is due; null: nothing is. fence: how often it was claimed.
create table matrix_dispute (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  payment_id varchar(128) collate "C" not null,
  provider varchar(32) collate "C" not null,
  dispute_ref varchar(255) collate "C" not null,
  status varchar(32) collate "C" not null,
  respond_by timestamp(6) with time zone,
  next_at timestamp(6) with time zone,
  lease_until timestamp(6) with time zone,
  fence bigint not null,
  document text not null,
  version bigint not null,
  constraint matrix_dispute_pk primary key (id),
  constraint matrix_dispute_ref unique (provider, dispute_ref)
);
create index matrix_dispute_owner on matrix_dispute (owner_id, owner_type, id);
create index matrix_dispute_payment on matrix_dispute (payment_id, id);
create index matrix_dispute_due on matrix_dispute (provider, next_at, id);
create index matrix_dispute_respond_by on matrix_dispute (respond_by, id);

-- One row for each thing that a notification or a feed names. event_id: the provider's; feed:REF where a feed named it.
-- kind: refund, dispute, or nothing where the notification names neither.
create table matrix_refund_notification (
  provider varchar(32) collate "C" not null,
  event_id varchar(300) collate "C" not null,
  no integer not null,
  kind varchar(16) collate "C" not null,
  own_ref varchar(64) collate "C",
  provider_ref varchar(255) collate "C",
  capture_ref varchar(255) collate "C",
  received_at timestamp(6) with time zone not null,
  next_at timestamp(6) with time zone,
  lease_until timestamp(6) with time zone,
  fence bigint not null,
  rounds integer not null,
  constraint matrix_refund_notification_pk primary key (provider, event_id, no)
);
create index matrix_refund_notification_due on matrix_refund_notification (provider, next_at);
create index matrix_refund_notification_capture on matrix_refund_notification (provider, capture_ref);
create index matrix_refund_notification_received on matrix_refund_notification (received_at);

create table matrix_refund_feed (
  provider varchar(32) collate "C" not null,
  since timestamp(6) with time zone not null,
  begun_at timestamp(6) with time zone not null,
  next_page varchar(1000),
  constraint matrix_refund_feed_pk primary key (provider)
);

-- What is sealed. kind: destination (of a refund) or evidence (of a dispute), in parts of at most 1 MiB.
create table matrix_refund_secret (
  kind varchar(16) collate "C" not null,
  record_id varchar(64) collate "C" not null,
  part integer not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  sealed bytea not null,
  at timestamp(6) with time zone not null,
  constraint matrix_refund_secret_pk primary key (kind, record_id, part)
);
create index matrix_refund_secret_owner on matrix_refund_secret (owner_id, owner_type);
create index matrix_refund_secret_at on matrix_refund_secret (kind, at);
