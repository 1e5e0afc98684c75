-- Columns come along by INHERITS, LIKE and PARTITION OF; a query's columns are not known.
create table base (id serial primary key, made_at timestamptz not null default now(), note text);
create index base_note on base (note);
create table child (extra int) inherits (base);
create table twin (like base including all, more int);
create table plain (like base);
create table parts (id int not null, at date not null, primary key (id, at)) partition by range (at);
create table parts_1 partition of parts for values from ('2024-01-01') to ('2025-01-01');
create table parts_2 partition of parts (at default '2025-02-02') default partition by hash (id);
create table copy as select * from base;
create table lost partition of nowhere for values in (1);
create unlogged table fast (id int) with (fillfactor=70) tablespace quick;
