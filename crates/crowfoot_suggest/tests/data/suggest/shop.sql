-- A shop with ids of 64 bits and no key declared.
-- > carts.customer_id -> customers.id
-- > cart_items.cart_id -> carts.id
-- > cart_items.product_id -> products.id
-- > products.category_id -> categories.id
-- > products.brand_id -> brands.id
-- > categories.parent_id -> categories.id
-- > orders.customer_id -> customers.id
-- > orders.billing_address_id -> addresses.id
-- > orders.shipping_address_id -> addresses.id
-- > addresses.customer_id -> customers.id
-- > order_items.order_id -> orders.id
-- > order_items.product_id -> products.id
-- > payments.order_id -> orders.id
-- > reviews.product_id -> products.id
-- > reviews.customer_id -> customers.id
create table customers (id bigint primary key, email varchar(200), stripe_customer_id varchar(40));
create table addresses (id bigint primary key, customer_id bigint not null, street text, city text);
create table categories (id bigint primary key, parent_id bigint, name text);
create table brands (id bigint primary key, name text);
create table products (
    id bigint primary key,
    category_id bigint not null,
    brand_id bigint,
    name text,
    sku varchar(20)
);
create table carts (id bigint primary key, customer_id bigint, created timestamp);
create table cart_items (
    cart_id bigint not null,
    product_id bigint not null,
    quantity int not null,
    primary key (cart_id, product_id)
);
create table orders (
    id bigint primary key,
    customer_id bigint not null,
    billing_address_id bigint not null,
    shipping_address_id bigint not null,
    status varchar(20) not null
);
create table order_items (
    id bigint primary key,
    order_id bigint not null,
    product_id bigint not null,
    quantity int not null
);
create table payments (
    id bigint primary key,
    order_id bigint not null,
    transaction_id varchar(60),
    amount numeric(10, 2)
);
create table reviews (
    id bigint primary key,
    product_id bigint not null,
    customer_id bigint not null,
    stars int
);
