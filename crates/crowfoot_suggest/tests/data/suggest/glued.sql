-- Glued names in small letters, keys that people give out.
-- > orders.custno -> customers.custno
-- > orderlines.orderid -> orders.orderid
-- > orderlines.itemid -> items.itemid
-- > items.supplierid -> suppliers.supplierid
create table customers (custno integer primary key, name varchar(40));
create table suppliers (supplierid integer primary key, name varchar(40));
create table items (itemid integer primary key, supplierid integer, title varchar(40));
create table orders (orderid integer primary key, custno integer not null, placed date);
create table orderlines (
    orderid integer not null,
    linenumber integer not null,
    itemid integer not null,
    primary key (orderid, linenumber)
);
