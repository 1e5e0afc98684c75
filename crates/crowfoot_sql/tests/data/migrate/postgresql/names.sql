-- Tables, their columns and all that is called after them get other names; two tables swap theirs.
CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, boss_id integer REFERENCES users (id));
CREATE TABLE a (id integer PRIMARY KEY, x integer, y integer, CHECK (x > y));
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a (id));
CREATE TABLE kept (id integer CONSTRAINT kept_key PRIMARY KEY, b_id integer CONSTRAINT to_b REFERENCES b (id));
CREATE INDEX kept_b ON kept (b_id);
--- after
-- table users people
-- column people email mail
-- table a b
-- table b a
-- column b x y
-- column b y x
CREATE TABLE people (id serial PRIMARY KEY, mail text UNIQUE, boss_id integer REFERENCES people (id));
CREATE TABLE b (id integer PRIMARY KEY, y integer, x integer, CHECK (y > x));
CREATE TABLE a (id integer PRIMARY KEY, a_id integer REFERENCES b (id));
CREATE TABLE kept (id integer CONSTRAINT kept_key PRIMARY KEY, b_id integer CONSTRAINT to_b REFERENCES a (id));
CREATE INDEX kept_b ON kept (b_id);
--- rows
INSERT INTO users (email, boss_id) VALUES ('a@x', NULL), ('b@x', 1);
INSERT INTO a VALUES (1, 3, 2);
INSERT INTO b VALUES (7, 1);
INSERT INTO kept VALUES (1, 7);
--- look before
SELECT * FROM users; SELECT id, x, y FROM a; SELECT * FROM b; SELECT * FROM kept;
--- look after
SELECT * FROM people; SELECT id, y, x FROM b; SELECT * FROM a; SELECT * FROM kept;
