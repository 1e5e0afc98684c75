-- Words that say a role, and trees.
-- > invoices.billing_address_id -> addresses.id : ends in the name
-- > invoices.shipping_address_id -> addresses.id
-- > messages.reply_to_message_id -> messages.id
-- > folders.parent_id -> folders.id : the same table
create table addresses (id bigserial primary key, street text);
create table invoices (
    id bigserial primary key,
    billing_address_id bigint not null,
    shipping_address_id bigint not null
);
create table messages (id bigserial primary key, reply_to_message_id bigint, body text);
create table folders (id bigserial primary key, parent_id bigint, name text);
create index on invoices (billing_address_id);
create index on invoices (shipping_address_id);
create index on messages (reply_to_message_id);
