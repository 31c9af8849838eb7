create table matrix_tax_ruleset (
  id smallint not null,
  version bigint not null,
  constraint matrix_tax_ruleset_pk primary key (id)
);

-- changed_in: the version of the rule set that was the first to have the row as it is.
create table matrix_tax_rule (
  id varchar(64) collate "C" not null,
  rule varchar not null,
  recorded_at timestamp(6) with time zone not null,
  superseded_at timestamp(6) with time zone,
  changed_in bigint not null,
  constraint matrix_tax_rule_pk primary key (id)
);
create index matrix_tax_rule_changed on matrix_tax_rule (changed_in);

create table matrix_tax_registration (
  seller varchar(64) collate "C" not null,
  jurisdiction varchar(64) collate "C" not null,
  scheme varchar(16) not null,
  valid_from date not null,
  valid_to date,
  tax_id varchar(64),
  constraint matrix_tax_registration_pk primary key (seller, jurisdiction, scheme, valid_from)
);

create table matrix_tax_exemption (
  id varchar(64) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  version bigint not null,
  valid_to date,
  exemption varchar not null,
  constraint matrix_tax_exemption_pk primary key (id)
);
create index matrix_tax_exemption_holder on matrix_tax_exemption (owner_type, owner_id, id);

create table matrix_tax_calculation (
  id varchar(64) collate "C" not null,
  calculation varchar not null,
  expires_at timestamp(6) with time zone not null,
  constraint matrix_tax_calculation_pk primary key (id)
);
create index matrix_tax_calculation_expiry on matrix_tax_calculation (expires_at);

create table matrix_tax_transaction (
  id varchar(64) collate "C" not null,
  seller varchar(64) collate "C" not null,
  reference varchar(128) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  committed_at timestamp(6) with time zone not null,
  calculation varchar not null,
  constraint matrix_tax_transaction_pk primary key (id),
  constraint matrix_tax_transaction_reference unique (seller, reference)
);
create index matrix_tax_transaction_owner on matrix_tax_transaction (owner_type, owner_id, id);

-- The tax ids that a business showed; who relied on an id is told when its register changes its answer.
create table matrix_tax_reliance (
  prefix varchar(2) collate "C" not null,
  number varchar(32) collate "C" not null,
  transaction_id varchar(64) collate "C" not null,
  constraint matrix_tax_reliance_pk primary key (prefix, number, transaction_id)
);

-- no: 0 is the line itself, net and tax; its taxes are numbered from 1.
create table matrix_tax_component (
  transaction_id varchar(64) collate "C" not null,
  line_no integer not null,
  no integer not null,
  line_id varchar(64) collate "C" not null,
  seller varchar(64) collate "C" not null,
  tax_date date not null,
  sign smallint not null,
  currency varchar(12) not null,
  jurisdiction varchar(64) not null,
  tax_type varchar(16) not null,
  rate decimal(30, 12),
  reason varchar(32) not null,
  category varchar(4),
  base decimal(60, 30) not null,
  tax decimal(60, 30) not null,
  reversed_base decimal(60, 30) not null,
  reversed_tax decimal(60, 30) not null,
  constraint matrix_tax_component_pk primary key (transaction_id, line_no, no)
);
create index matrix_tax_component_filing on matrix_tax_component (seller, tax_date) where no > 0; -- postgresql
-- h2: create index matrix_tax_component_filing on matrix_tax_component (seller, tax_date);

create table matrix_tax_reversal (
  id varchar(64) collate "C" not null,
  transaction_id varchar(64) collate "C" not null,
  seller varchar(64) collate "C" not null,
  reference varchar(128) collate "C" not null,
  reversed_at timestamp(6) with time zone not null,
  undone_by varchar(64) collate "C",
  reversal varchar not null,
  constraint matrix_tax_reversal_pk primary key (id),
  constraint matrix_tax_reversal_reference unique (seller, reference)
);
create index matrix_tax_reversal_transaction on matrix_tax_reversal (transaction_id, id);

create table matrix_tax_turnover (
  seller varchar(64) collate "C" not null,
  counts varchar(64) collate "C" not null,
  period varchar(7) collate "C" not null,
  currency varchar(12) collate "C" not null,
  amount decimal(60, 30) not null,
  sales bigint not null,
  constraint matrix_tax_turnover_pk primary key (seller, counts, period, currency)
);

-- Who judges a threshold holds its row, as sums of other months and currencies are rows of their own.
create table matrix_tax_turnover_lock (
  seller varchar(64) collate "C" not null,
  counts varchar(64) collate "C" not null,
  constraint matrix_tax_turnover_lock_pk primary key (seller, counts)
);

create table matrix_tax_crossing (
  seller varchar(64) collate "C" not null,
  threshold varchar(64) collate "C" not null,
  period varchar(16) collate "C" not null,
  constraint matrix_tax_crossing_pk primary key (seller, threshold, period)
);
