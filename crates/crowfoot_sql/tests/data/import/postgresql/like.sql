-- LIKE takes names, types and NOT NULL; defaults, formulas, identities, checks, notes and keys only as far as they are included.
create table base (id serial primary key, no int generated always as identity, sum int generated always as (no * 2) stored, at date default now() not null, price int constraint positive check (price > 0), check (id > no));
comment on column base.price is 'in cents';
create table bare (like base);
create table whole (like base including all);
create table most (like base including all excluding indexes excluding comments);
create table checked (like base including constraints including generated, more text);
create table odd (like base including everything);
