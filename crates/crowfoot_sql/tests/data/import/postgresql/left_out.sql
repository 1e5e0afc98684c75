-- What is understood but has no place in a diagram is told once a kind, at the first place.
CREATE TABLE a (id int, other int, note text, PRIMARY KEY (id) INCLUDE (other, note));
CREATE TABLE b (id int, other int, a_id int, PRIMARY KEY (id) INCLUDE (other),
  FOREIGN KEY (other, a_id) REFERENCES c (x, y) ON DELETE SET NULL (a_id),
  FOREIGN KEY (a_id) REFERENCES a ON DELETE SET DEFAULT (a_id));
CREATE TABLE c (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE typed OF some_type (PRIMARY KEY (id));
CREATE TABLE typed_too OF app.other_type;
create table patient (id int, primary key (id) with (fillfactor=70) deferrable);
