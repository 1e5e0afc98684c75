-- Domains and composite types are kept, and one that is dropped is not; one that is there already is told.
create domain year as integer not null constraint year_check check ((value >= 1901) and (value <= 2155));
alter domain public.year owner to postgres;
create domain year as text;
create domain gone as text;
drop domain gone;
comment on domain year is 'not kept';
create domain "Odd Name" as int4[];
create type place as (street text, zip text);
create table films (released public.year, "from" "Odd Name", at place, other year[]);
