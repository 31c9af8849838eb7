create table matrix_data_key (
  purpose varchar(64) collate "C" not null,
  version integer not null,
  state varchar(16) not null,
  kek_id varchar not null,
  wrapped bytea,
  created_at timestamp(6) with time zone not null,
  active_from timestamp(6) with time zone not null,
  retired_at timestamp(6) with time zone,
  constraint matrix_data_key_pk primary key (purpose, version)
);

create table matrix_subject_key (
  pseudonym varchar(64) collate "C" not null,
  owner_type smallint,
  owner_id varchar(128) collate "C",
  subject_id varchar collate "C",
  wrapped bytea,
  key_version integer not null,
  created_at timestamp(6) with time zone not null,
  constraint matrix_subject_key_pk primary key (pseudonym),
  constraint matrix_subject_key_person unique (owner_type, owner_id, subject_id)
);
create index matrix_subject_key_version on matrix_subject_key (key_version);
