create table matrix_note (
  id varchar(64) collate "C" not null,
  text varchar not null,
  constraint matrix_note_pk primary key (id)
);
