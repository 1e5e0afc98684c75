-- The basic rule: without `_id` a column has the name of a table, in singular or plural.
-- > orders.user_id -> users.id : named after the table `users`
-- > order_lines.order_id -> orders.id
-- > categories.parent_id -> categories.id : the same table
-- > products.category_id -> categories.id
-- > enrolments.course_id -> courses.id
-- > enrolments.person_id -> people.id
-- > enrolments.address_id -> addresses.id
-- > headlines.news_id -> news.id
create table users (id bigserial primary key, name text);
create table orders (id bigserial primary key, user_id bigint not null, placed_at timestamptz);
create table order_lines (id bigserial primary key, order_id bigint not null, amount int);
create table categories (id bigserial primary key, parent_id bigint, name text);
create table products (id bigserial primary key, category_id bigint, price numeric(10, 2));
create table courses (id bigserial primary key, title text);
create table people (id bigserial primary key, name text);
create table addresses (id bigserial primary key, street text);
create table enrolments (
    id bigserial primary key,
    course_id bigint not null,
    person_id bigint not null,
    address_id bigint
);
create table news (id bigserial primary key, body text);
create table headlines (id bigserial primary key, news_id bigint not null);
