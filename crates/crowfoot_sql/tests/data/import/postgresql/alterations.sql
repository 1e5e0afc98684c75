-- Of what ALTER TABLE does to a table that is there, what shows in a diagram is done and the rest is told.
create table a (id int primary key, note text);
create table b (id int, a_id int, size int);
alter table only b alter column size set storage external, alter a_id set compression lz4, alter size set storage main;
alter table b add constraint b_a foreign key (a_id) references a (id) not valid, add constraint small check (size < 9) not valid;
alter table b validate constraint b_a, validate constraint small;
alter table b add constraint waits foreign key (id) references a (id) not valid;
alter table b add constraint b_uq unique (size) using index tablespace quick;
alter table b add constraint odd check (id > 0) on sundays;
alter table a owner to somebody, enable row level security, no force row level security;
alter table a disable trigger all, set (fillfactor = 70), alter id set statistics 100;
alter table b alter constraint b_a deferrable;
alter table b inherit a;
alter table a_view owner to somebody;
