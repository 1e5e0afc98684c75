-- Columns come, go, get other names, types and defaults; what depends on them follows.
CREATE TABLE users (
    id integer PRIMARY KEY,
    name varchar(50) NOT NULL,
    age integer DEFAULT 18,
    score integer,
    is_admin boolean DEFAULT false NOT NULL,
    born varchar(20),
    old_stuff text,
    total integer GENERATED ALWAYS AS (age + score) STORED,
    CHECK (age > 0)
);

CREATE INDEX ON users (name);

CREATE INDEX users_lower_name ON users (lower(name)) WHERE age > 1;

CREATE TABLE orders (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id),
    note text
);
--- after
-- column users name full_name
CREATE TABLE users (
    id bigint PRIMARY KEY,
    full_name text NOT NULL,
    age bigint DEFAULT 21 NOT NULL,
    score integer,
    is_admin integer DEFAULT 0 NOT NULL,
    born date,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    total integer GENERATED ALWAYS AS (age + score) STORED,
    CHECK (age > 0)
);

COMMENT ON COLUMN users.full_name IS 'As people say it.';

CREATE INDEX ON users (full_name);

CREATE INDEX users_lower_name ON users (lower(full_name)) WHERE age > 1;

CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    note text DEFAULT 'none'
);
--- rows
INSERT INTO users (id, name, age, score, is_admin, born, old_stuff) VALUES
    (1, 'Ada', 36, 7, true, '1815-12-10', 'x'), (2, 'Ben', 5, 1, false, NULL, NULL);
INSERT INTO orders (user_id, note) VALUES (1, 'first'), (2, NULL);
--- look before
SELECT id, name, age, score, is_admin::int, born, total FROM users ORDER BY id;
SELECT * FROM orders ORDER BY id;
--- look after
SELECT id, full_name, age, score, is_admin, born, total FROM users ORDER BY id;
SELECT * FROM orders ORDER BY id;
