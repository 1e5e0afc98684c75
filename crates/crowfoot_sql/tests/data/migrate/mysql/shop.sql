-- Columns, keys, counting, inline enums, comments, foreign keys with the indexes they bring.
CREATE TABLE users (
    id int NOT NULL AUTO_INCREMENT,
    email varchar(100) NOT NULL,
    name varchar(50) DEFAULT 'x' COMMENT 'As said',
    state enum('new', 'old') NOT NULL DEFAULT 'new',
    age int CHECK (age > 0),
    created timestamp NULL DEFAULT CURRENT_TIMESTAMP,
    total int GENERATED ALWAYS AS (age * 2) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY email (email),
    KEY by_name (name)
) ENGINE=InnoDB COMMENT='People';
CREATE TABLE orders (
    id int PRIMARY KEY,
    user_id int NOT NULL,
    other_id int,
    note text,
    CONSTRAINT positive CHECK (length(note) > 0),
    CHECK (user_id > 0),
    FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT other FOREIGN KEY (other_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE TABLE lines (order_id int, n int, PRIMARY KEY (order_id, n), FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE);
CREATE TABLE gone (id int PRIMARY KEY, order_id int, FOREIGN KEY (order_id) REFERENCES orders (id));
--- after
-- table users people
-- column people name full_name
CREATE TABLE people (
    id bigint NOT NULL AUTO_INCREMENT,
    code char(3),
    full_name varchar(80) NOT NULL DEFAULT 'x' COMMENT 'As said',
    email varchar(100) NOT NULL,
    state enum('new', 'old', 'gone') NOT NULL DEFAULT 'new',
    age int CHECK (age > 1),
    created timestamp NULL DEFAULT CURRENT_TIMESTAMP,
    total int GENERATED ALWAYS AS (age * 3) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY mail (email),
    KEY by_name (full_name)
) ENGINE=InnoDB COMMENT='All people';
CREATE TABLE orders (
    id int PRIMARY KEY AUTO_INCREMENT,
    user_id bigint NOT NULL,
    other_id bigint,
    note text NOT NULL,
    day date,
    CONSTRAINT positive CHECK (length(note) > 0 AND user_id <> 5),
    CHECK (user_id > 1),
    KEY by_user (user_id, day),
    FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT other FOREIGN KEY (other_id) REFERENCES people (id) ON DELETE SET NULL
);
CREATE TABLE lines (id int AUTO_INCREMENT PRIMARY KEY, order_id int, n int, UNIQUE (n), FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE);
CREATE TABLE fresh (id int PRIMARY KEY, line_id int, FOREIGN KEY (line_id) REFERENCES lines (id));
--- rows
INSERT INTO users (email, name, age) VALUES ('a@x', 'Ada', 36), ('b@x', 'Ben', 5);
INSERT INTO orders (id, user_id, other_id, note) VALUES (7, 2, 2, 'n');
INSERT INTO `lines` VALUES (7, 1);
--- look before
SELECT id, email, name, age, state FROM users; SELECT id, user_id, other_id, note FROM orders; SELECT order_id, n FROM `lines`;
--- look after
SELECT id, email, full_name, age, state FROM people; SELECT id, user_id, other_id, note FROM orders; SELECT order_id, n FROM `lines`;
