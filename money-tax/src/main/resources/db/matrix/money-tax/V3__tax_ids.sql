-- What registers said of tax ids. standing: the last answer, which an unavailable register doesn't change.
create table matrix_tax_id_check (
  prefix varchar(2) collate "C" not null,
  number varchar(32) collate "C" not null,
  version bigint not null,
  status varchar(16) not null,
  checked_at timestamp(6) with time zone,
  consultation_number varchar(255),
  requester varchar(34),
  standing varchar(16),
  last_valid_at timestamp(6) with time zone,
  unsettled_since timestamp(6) with time zone,
  failures integer not null,
  due_at timestamp(6) with time zone,
  constraint matrix_tax_id_check_pk primary key (prefix, number)
);
create index matrix_tax_id_check_due on matrix_tax_id_check (due_at) where due_at is not null; -- postgresql
-- h2: create index matrix_tax_id_check_due on matrix_tax_id_check (due_at);

create table matrix_tax_id_watch (
  prefix varchar(2) collate "C" not null,
  number varchar(32) collate "C" not null,
  owner_type smallint not null,
  owner_id varchar(128) collate "C" not null,
  constraint matrix_tax_id_watch_pk primary key (prefix, number, owner_type, owner_id)
);
