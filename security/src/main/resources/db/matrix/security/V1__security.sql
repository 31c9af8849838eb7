-- first_at, last_at: 4 or 6 for the family, and the address in hex, so that text order is the order of addresses.
create table matrix_ip_rule (
  id varchar(64) collate "C" not null,
  scope varchar(300) collate "C" not null,
  owner varchar(140) collate "C" not null,
  first_at varchar(33) collate "C" not null,
  last_at varchar(33) collate "C" not null,
  action varchar(32) not null,
  note varchar(500) not null,
  expires_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  created_by varchar(300) collate "C" not null,
  hits bigint not null,
  last_hit_at timestamp(6) with time zone,
  constraint matrix_ip_rule_pk primary key (id),
  constraint matrix_ip_rule_same unique (scope, first_at, last_at, action)
);
create index matrix_ip_rule_scope on matrix_ip_rule (scope, id);
create index matrix_ip_rule_owner on matrix_ip_rule (owner, scope);

create table matrix_geo_rule (
  id varchar(64) collate "C" not null,
  scope varchar(300) collate "C" not null,
  owner varchar(140) collate "C" not null,
  matches varchar(64) collate "C" not null,
  action varchar(32) not null,
  note varchar(500) not null,
  expires_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  created_by varchar(300) collate "C" not null,
  constraint matrix_geo_rule_pk primary key (id),
  constraint matrix_geo_rule_same unique (scope, matches, action)
);
create index matrix_geo_rule_scope on matrix_geo_rule (scope, id);
create index matrix_geo_rule_owner on matrix_geo_rule (owner, scope);

create table matrix_access_policy (
  scope varchar(300) collate "C" not null,
  ip_default varchar(32) not null,
  geo_default varchar(32) not null,
  unknown_country varchar(32) not null,
  private_address varchar(32) not null,
  ip_allow_overrides_geo boolean not null,
  precedence varchar(32) not null,
  step_up_seconds bigint not null,
  second_factor_from timestamp(6) with time zone,
  version bigint not null,
  constraint matrix_access_policy_pk primary key (scope)
);

create table matrix_security_epoch (
  slot integer not null,
  epoch bigint not null,
  constraint matrix_security_epoch_pk primary key (slot)
);

create table matrix_api_key (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  name varchar(200) not null,
  hash varchar(64) collate "C" not null,
  hint varchar(32) not null,
  scopes text not null,
  state varchar(16) not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(300) collate "C" not null,
  ends_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  constraint matrix_api_key_pk primary key (id),
  constraint matrix_api_key_hash unique (hash)
);
create index matrix_api_key_by_owner on matrix_api_key (owner_type, owner_id, id);
create index matrix_api_key_end on matrix_api_key (state, ends_at);

-- Locked while an owner's keys are counted and one is added.
create table matrix_api_key_owner (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  constraint matrix_api_key_owner_pk primary key (owner_type, owner_id)
);

create table matrix_audit_entry (
  id varchar(80) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  owner_pseudonym varchar(64) collate "C",
  actor varchar(300) collate "C" not null,
  actor_pseudonym varchar(64) collate "C",
  action varchar(128) not null,
  category varchar(32) not null,
  success boolean not null,
  recorded_at timestamp(6) with time zone not null,
  body bytea not null,
  constraint matrix_audit_entry_pk primary key (id)
);
create index matrix_audit_entry_owner on matrix_audit_entry (owner_type, owner_id, id);
create index matrix_audit_entry_age on matrix_audit_entry (category, recorded_at, id);
create index matrix_audit_entry_by_actor on matrix_audit_entry (actor, id);
create index matrix_audit_entry_by_action on matrix_audit_entry (action, id);
create index matrix_audit_entry_actor_pseudonym on matrix_audit_entry (actor_pseudonym);
create index matrix_audit_entry_owner_pseudonym on matrix_audit_entry (owner_pseudonym);

create table matrix_audit_hold (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  owner_pseudonym varchar(64) collate "C",
  from_at timestamp(6) with time zone not null,
  to_at timestamp(6) with time zone not null,
  keeps_persons boolean not null,
  constraint matrix_audit_hold_pk primary key (id)
);

-- Entries that wait for their number; those without a body are set aside.
create table matrix_audit_queue (
  log varchar(40) collate "C" not null,
  entry_id varchar(80) collate "C" not null,
  queued_at timestamp(6) with time zone not null,
  aside boolean not null,
  constraint matrix_audit_queue_pk primary key (log, entry_id)
);

create table matrix_audit_log (
  log varchar(40) collate "C" not null,
  size bigint not null,
  root bytea not null,
  state varchar(16) not null,
  constraint matrix_audit_log_pk primary key (log)
);

create table matrix_audit_leaf (
  log varchar(40) collate "C" not null,
  seq bigint not null,
  entry_id varchar(80) collate "C" not null,
  constraint matrix_audit_leaf_pk primary key (log, seq),
  constraint matrix_audit_leaf_entry unique (entry_id)
);

create table matrix_audit_tile (
  log varchar(40) collate "C" not null,
  tile_level integer not null,
  tile_index bigint not null,
  hashes bytea not null,
  constraint matrix_audit_tile_pk primary key (log, tile_level, tile_index)
);

create table matrix_audit_checkpoint (
  log varchar(40) collate "C" not null,
  size bigint not null,
  note text not null,
  signed_at timestamp(6) with time zone not null,
  constraint matrix_audit_checkpoint_pk primary key (log, size)
);

create table matrix_audit_signing_key (
  log varchar(40) collate "C" not null,
  verifier_key varchar(300) not null,
  sealed bytea not null,
  constraint matrix_audit_signing_key_pk primary key (log)
);

-- How far the log was sent to whom.
create table matrix_audit_cursor (
  name varchar(64) collate "C" not null,
  next_seq bigint not null,
  constraint matrix_audit_cursor_pk primary key (name)
);

create table matrix_erasure (
  pseudonym varchar(64) collate "C" not null,
  state varchar(16) not null,
  at timestamp(6) with time zone not null,
  hold_id varchar(64) collate "C",
  constraint matrix_erasure_pk primary key (pseudonym)
);
create index matrix_erasure_open on matrix_erasure (state, at);

create table matrix_totp_device (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subject_id varchar(128) collate "C" not null,
  account varchar(128) not null,
  algorithm varchar(16) not null,
  digits integer not null,
  period_seconds integer not null,
  sealed bytea not null,
  state varchar(16) not null,
  last_step bigint not null,
  drift integer not null,
  version bigint not null,
  created_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone,
  constraint matrix_totp_device_pk primary key (id)
);
create index matrix_totp_device_subject on matrix_totp_device (owner_type, owner_id, subject_id, id);

create table matrix_factor_guard (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subject_id varchar(128) collate "C" not null,
  failures integer not null,
  locked_at timestamp(6) with time zone,
  guesses integer not null,
  guesses_at timestamp(6) with time zone not null,
  hard_locked boolean not null,
  constraint matrix_factor_guard_pk primary key (owner_type, owner_id, subject_id)
);

-- A code that is used is deleted.
create table matrix_recovery_code (
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subject_id varchar(128) collate "C" not null,
  slot integer not null,
  salt bytea not null,
  hash bytea not null,
  constraint matrix_recovery_code_pk primary key (owner_type, owner_id, subject_id, slot)
);

-- A proof that is used is deleted.
create table matrix_factor_verification (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  subject_id varchar(128) collate "C" not null,
  verified_at timestamp(6) with time zone not null,
  constraint matrix_factor_verification_pk primary key (id)
);
create index matrix_factor_verification_at on matrix_factor_verification (verified_at);
