-- A prefix that all tables share is no part of what they are called.
-- > shop_orders.customer_id -> shop_customers.id
-- > shop_order_lines.order_id -> shop_orders.id
-- > shop_order_lines.product_id -> shop_products.id
-- > shop_products.category_id -> shop_categories.id
create table shop_customers (id bigint auto_increment primary key, name varchar(80)) engine=InnoDB;
create table shop_categories (id bigint auto_increment primary key, name varchar(80)) engine=InnoDB;
create table shop_products (
    id bigint auto_increment primary key, category_id bigint not null, name varchar(80),
    key (category_id)
) engine=InnoDB;
create table shop_orders (
    id bigint auto_increment primary key, customer_id bigint not null, placed datetime,
    key (customer_id)
) engine=InnoDB;
create table shop_order_lines (
    id bigint auto_increment primary key, order_id bigint not null, product_id bigint not null,
    key (order_id), key (product_id)
) engine=InnoDB;
