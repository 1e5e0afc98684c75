-- Templates' placeholders are part of names.
CREATE TABLE @schema.person (person_id integer NOT NULL);
ALTER TABLE @schema.person ADD CONSTRAINT xpk_person PRIMARY KEY NONCLUSTERED (person_id);
CREATE TABLE ${schema}.visit (visit_id integer NOT NULL PRIMARY KEY, person_id integer REFERENCES @schema.person (person_id));
CREATE TABLE {prefix}users (id serial primary key);
CREATE TABLE :schema.notes (id serial primary key, user_id int references {prefix}users);
CREATE TABLE /*_*/page (page_id int primary key);
