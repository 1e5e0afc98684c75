-- What the schema declares is learnt: a name that no table has leads where it leads elsewhere.
-- > gadgets.kind_id -> terms.id : refer to
create table terms (id bigserial primary key, word text);
create table plants (id bigserial primary key, kind_id bigint not null references terms (id));
create table animals (id bigserial primary key, kind_id bigint not null references terms (id));
create table stones (id bigserial primary key, kind_id bigint not null references terms (id));
create table tools (id bigserial primary key, kind_id bigint not null references terms (id));
create table gadgets (id bigserial primary key, kind_id bigint not null, name text);
create table owners (id bigserial primary key, name text);
create table houses (id bigserial primary key, owner_id bigint not null references owners (id));
