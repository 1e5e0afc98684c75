-- Other spellings of the ending.
-- > comments.userId -> users.id : named after the table `users`
-- > likes.user_fk -> users.id
-- > pins.fk_user -> users.id
-- > visits.id_user -> users.id
-- > orders.customer_code -> customers.customer_code : the name of its key
create table users (id bigserial primary key, login text);
create table comments (id bigserial primary key, "userId" bigint not null, body text);
create table likes (id bigserial primary key, user_fk bigint not null, stars int);
create table pins (id bigserial primary key, fk_user bigint not null, place text);
create table visits (id bigserial primary key, id_user bigint not null, place text);
create table customers (customer_code varchar(10) primary key, name text);
create table orders (id bigserial primary key, customer_code varchar(10) not null, placed date);
create index on comments ("userId");
create index on likes (user_fk);
create index on pins (fk_user);
create index on visits (id_user);
create index on orders (customer_code);
