-- What is wrong in the body of a table is told with its place, and the rest of it is read.
CREATE TABLE broken (id int,, name text;
CREATE TABLE trailing (id int, name text,);
CREATE TABLE leading (, id int);
CREATE TABLE garbage (id int garbage words );
CREATE TABLE extra (id int) );
CREATE TABLE (id int);
CREATE TABLE IF NOT EXISTS;
CREATE TABLE nothing;
CREATE TABLE keyless (id int, other int, PRIMARY KEY, UNIQUE, FOREIGN KEY, CHECK, CONSTRAINT c, CONSTRAINT named FOREIGN KEY REFERENCES garbage);
CREATE TABLE lists (id int, PRIMARY KEY (), UNIQUE (), UNIQUE (id,,), FOREIGN KEY () REFERENCES garbage (id));
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES pairs (a, b),
  CONSTRAINT two FOREIGN KEY (a, b) REFERENCES garbage (id), FOREIGN KEY (a) REFERENCES pairs,
  FOREIGN KEY (a, ) REFERENCES garbage (id), FOREIGN KEY (a) REFERENCES);
CREATE TABLE missing_comma (id int name text, 42 int, 'c' int, a text b text c);
CREATE TABLE no_columns ();
CREATE TABLE type_open (id int, name varchar(20, other int);
CREATE TABLE t (a int
