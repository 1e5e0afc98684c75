-- The outermost parentheses of a default say nothing; an heir's own default is the one that counts.
create table base (id serial, made_at timestamptz default (current_timestamp at time zone 'UTC'), n int default ((1 + 2)));
create sequence shared;
create table heir (id int default nextval('shared'::regclass) not null, extra int) inherits (base);
create table other (id int default nextval('shared'::regclass) not null);
