-- Foreign keys in all forms, forward, across schemas, without columns, composite; names and actions.
create schema if not exists shop;
set search_path to shop, public;
create table orders (
  region_id int, no int,
  customer int references customers on delete cascade,
  agent int constraint agent_fk references public.agents (id) match full on update set null on delete set default not deferrable,
  parent_region int, parent_no int,
  primary key (region_id, no),
  constraint parent foreign key (parent_region, parent_no) references orders (region_id, no) on delete no action deferrable initially deferred,
  foreign key (customer, region_id) references customers (id, region) match simple
);
create table customers (id int primary key, region int, unique (id, region));
create table public.agents (id int primary key references shop.customers, boss int unique references agents(id));
create table lines (
  region_id int, order_no int, line int,
  constraint lines_pk primary key (region_id, order_no, line),
  constraint lines_order foreign key (region_id, order_no) references shop.orders on delete cascade on update restrict,
  constraint odd foreign key (line) references nowhere (id),
  exclude using gist (line with =) where (line > 0)
);
alter table lines add constraint odd foreign key (line) references customers (id);
alter table lines add constraint odd foreign key (line) references customers (id);
alter table if exists missing add column x int;
alter table lines add foreign key (gone) references customers (id);
