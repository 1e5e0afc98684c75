-- Domains and composite types come back for PostgreSQL, before the tables, in their schema; elsewhere
-- columns have the type that the domain is based on, and what it says besides is told.
create schema staff;
create domain percent as numeric(5, 2) constraint percent_range check (value >= 0 and value <= 100);
create domain staff.badge as text default 'none';
create domain small_percent as percent;
create type place as (street text, zip varchar(10));
alter domain staff.badge add constraint badge_short check (length(value) < 20) not valid;
create table grades (id int primary key, score percent, half small_percent, shares public.percent[], home place);
set search_path = staff, public;
create table people (id int primary key, badge badge, score percent default 50);
