-- Polymorphic pairs, ids of systems outside, columns of another type, keys of their own, columns that
-- only look alike: none of them is guessed.
create table posts (id bigserial primary key, title text);
create table comments (
    id bigserial primary key,
    commentable_type text not null,
    commentable_id bigint not null,
    trace_id text,
    stripe_customer_id text,
    session_id text
);
create table payments (id bigserial primary key, post_id text, status text, amount numeric(10, 2));
create table customers (id bigserial primary key, name text);
