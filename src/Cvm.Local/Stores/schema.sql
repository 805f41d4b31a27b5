-- The local store. Moments are unix milliseconds (UTC), days are texts such as 2026-03-01, documents are JSON texts.
-- For a look with the sqlite3 tool, start with the views at the end.

create table customer (
  number integer primary key,
  id text not null unique,
  revision integer not null,
  due integer,            -- when a turn or a delivery is next needed
  dossier text not null
) strict;

create index customer_due on customer (due) where due is not null;

-- Everybody in order of id, narrow, so that reading through all of it is quick.
create table directory (
  customer text primary key,
  zone text,
  found_by text not null  -- id, name, e-mail and phone in upper case
) strict, without rowid;

-- Signals taken. One row each, for good: this is what makes taking them idempotent.
create table signal (
  customer text not null,
  id text not null,
  primary key (customer, id)
) strict, without rowid;

create table line (
  customer text not null,
  number integer not null,
  line text not null,
  primary key (customer, number)
) strict, without rowid;

-- day is empty for what stands rather than happens.
create table tally (
  kind text not null,
  journey text not null,
  detail text not null,
  day text not null,
  count integer not null,
  primary key (kind, journey, detail, day)
) strict, without rowid;

-- The outboxes of all dossiers, so that pages can list them. The dossier decides.
create table outbox (
  customer text not null,
  key text not null,
  state text not null,
  queued integer not null,
  entry text not null,
  primary key (customer, key)
) strict, without rowid;

create index outbox_oldest on outbox (state, queued);

-- Open cases of all dossiers, likewise.
create table open_case (
  customer text not null,
  id text not null,
  due integer not null,
  document text not null,
  primary key (customer, id)
) strict, without rowid;

create index open_case_due on open_case (due);

create table mail (
  number integer primary key,
  key text not null unique,
  customer text not null,
  at integer not null,
  message text not null
) strict;

create index mail_customer on mail (customer, number);

create table kept (
  name text primary key,
  value text not null
) strict, without rowid;

create view people as
  select id, dossier ->> '$.profile.name' as name, dossier ->> '$.profile.email' as email, dossier ->> '$.profile.phone' as phone,
    coalesce(dossier ->> '$.purchases.orders', 0) as orders, dossier ->> '$.purchases.spent' as spent,
    dossier ->> '$.ledger.tier' as tier, datetime(due / 1000, 'unixepoch') as due, revision
  from customer;

create view timeline as
  select customer, number, line ->> '$.at' as at, coalesce(line ->> '$.what', 'joined') as what, line ->> '$.journey' as journey,
    line ->> '$.step' as step, line ->> '$.subject' as subject, line ->> '$.because' as because, line ->> '$.figure' as figure
  from line;
