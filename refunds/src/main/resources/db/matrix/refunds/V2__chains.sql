-- The next nonce of a paying address; its row is locked while one is taken.
create table matrix_crypto_nonce (
  chain varchar(64) collate "C" not null,
  address varchar(128) collate "C" not null,
  nonce bigint not null,
  constraint matrix_crypto_nonce_pk primary key (chain, address)
);

-- What was signed. fields: what is signed, as JSON; hash and raw: once it is; dead: it can never be mined.
create table matrix_crypto_tx (
  chain varchar(64) collate "C" not null,
  leg_id varchar(64) collate "C" not null,
  no integer not null,
  address varchar(128) collate "C" not null,
  nonce bigint not null,
  fields text not null,
  hash varchar(128) collate "C",
  raw text,
  dead boolean not null,
  at timestamp(6) with time zone not null,
  constraint matrix_crypto_tx_pk primary key (chain, leg_id, no),
  constraint matrix_crypto_tx_hash unique (chain, hash)
);

-- Outputs that a leg's transactions spend, until none of those can be mined.
create table matrix_crypto_input (
  chain varchar(64) collate "C" not null,
  outpoint varchar(128) collate "C" not null,
  leg_id varchar(64) collate "C" not null,
  constraint matrix_crypto_input_pk primary key (chain, outpoint)
);
create index matrix_crypto_input_leg on matrix_crypto_input (chain, leg_id);
