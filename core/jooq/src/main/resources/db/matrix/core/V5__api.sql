-- Which dated version of the API each account is pinned to (api.md, H17).

create table matrix_api_pin (
    owner_type smallint not null,
    owner_id varchar(128) collate "C" not null,
    version date not null,
    set_at timestamp(6) with time zone not null,
    constraint matrix_api_pin_pk primary key (owner_type, owner_id)
);
