-- What is not understood is told with its place, and all tables are there.
create table a (id int primary key, b strange thing here, c int not null);
crate table x (id int);
create table b (id int references a(id) on delete explode, check id > 0, foreign key (id), c int);
alter table a frobnicate, add column d int;
create table c id int;
frob the database;
create table d (id int, , e int,);
create table e (id int
create table f (id int);
create unique index on a (nothing);
create table a (other int);
select 1;
create table "" (id int);
insert into a values (1, 'it');
update a set c = 1;
grant all on a to b;
create table g (id int, id text);
create table g2 (primary key (id), id int);
