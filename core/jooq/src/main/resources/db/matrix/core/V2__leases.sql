-- ends_at: null once released. Rows are never deleted, so that tokens only ever rise.
create table matrix_lease (
  lease_key varchar(255) collate "C" not null,
  node varchar(64) not null,
  token bigint not null,
  ends_at timestamp(6) with time zone,
  constraint matrix_lease_pk primary key (lease_key)
);
