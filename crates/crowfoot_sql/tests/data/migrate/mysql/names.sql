-- Names: swaps, what is called after columns and tables, enum values, order of columns.
CREATE TABLE a (id int PRIMARY KEY, x int, y int, UNIQUE (x), g int GENERATED ALWAYS AS (x + y) STORED, CHECK (x > y));
CREATE TABLE b (id int PRIMARY KEY, a_id int, FOREIGN KEY (a_id) REFERENCES a (id));
CREATE TABLE c (id int PRIMARY KEY, b_id int, second_id int, state enum('on', 'off'), FOREIGN KEY (b_id) REFERENCES b (id), FOREIGN KEY (second_id) REFERENCES b (id));
--- after
-- table a b
-- table b a
-- column b x y
-- column b y x
-- column a a_id parent_id
CREATE TABLE b (id int PRIMARY KEY, x int, y int, UNIQUE (y), g int GENERATED ALWAYS AS (y + x) STORED, CHECK (y > x));
CREATE TABLE a (id int PRIMARY KEY, parent_id int, FOREIGN KEY (parent_id) REFERENCES b (id));
CREATE TABLE c (second_id int, id int PRIMARY KEY, state enum('on', 'off'), FOREIGN KEY (second_id) REFERENCES a (id));
--- rows
INSERT INTO a (id, x, y) VALUES (1, 3, 2);
INSERT INTO b VALUES (7, 1);
INSERT INTO c VALUES (1, 7, 7, 'on');
--- look before
SELECT id, x, y, g FROM a; SELECT id, a_id FROM b; SELECT id, second_id, state FROM c;
--- look after
SELECT id, y, x, g FROM b; SELECT id, parent_id FROM a; SELECT id, second_id, state FROM c;
