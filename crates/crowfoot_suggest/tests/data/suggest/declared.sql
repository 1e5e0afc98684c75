-- What a schema leaves open where it declares the like of it was forgotten; what it leaves open
-- everywhere is not meant.
-- > invoices.customer_id -> customers.id
create table users (id int primary key, email text, password text);
create table customers (id int primary key, name text, created_by int, updated_by int);
create table products (id int primary key, name text, created_by int, updated_by int);
create table orders (id int primary key, customer_id int not null references customers (id), created_by int, updated_by int);
create table order_items (
    id int primary key,
    order_id int not null references orders (id),
    product_id int not null references products (id),
    created_by int,
    updated_by int
);
create table quotes (id int primary key, customer_id int not null references customers (id), created_by int, updated_by int);
create table tickets (id int primary key, customer_id int not null references customers (id), created_by int, updated_by int);
create table visits (id int primary key, customer_id int not null references customers (id), created_by int, updated_by int);
create table stock (id int primary key, product_id int not null references products (id), created_by int, updated_by int);
create table prices (id int primary key, product_id int not null references products (id), created_by int, updated_by int);
create table invoices (id int primary key, order_id int not null references orders (id), customer_id int not null, created_by int, updated_by int);
