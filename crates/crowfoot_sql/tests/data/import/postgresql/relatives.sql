-- Relatives of PostgreSQL: CockroachDB's families and inline indexes, H2's kinds of tables, Redshift's keys.
CREATE TABLE public.users (
	id UUID NOT NULL DEFAULT gen_random_uuid(),
	name STRING(50) NULL,
	city_id INT8 NOT NULL DEFAULT unique_rowid(),
	CONSTRAINT users_pkey PRIMARY KEY (id ASC),
	UNIQUE INDEX users_name_key (name ASC),
	INDEX users_city_idx (city_id DESC) STORING (name),
	FAMILY "primary" (id, name, city_id)
);
CREATE CACHED TABLE PUBLIC.CITY(
    ID BIGINT DEFAULT (NEXT VALUE FOR PUBLIC.CITY_SEQ) NOT NULL NULL_TO_DEFAULT,
    NAME CHARACTER VARYING(255) SELECTIVITY 50,
    PLACE GEOMETRY(POINT, 4326),
    INDEX GEOMETRY(POINT)
);
ALTER TABLE PUBLIC.CITY ADD CONSTRAINT PUBLIC.CITY_PK PRIMARY KEY(ID);
ALTER TABLE PUBLIC.USERS ADD CONSTRAINT USERS_CITY FOREIGN KEY(CITY_ID) REFERENCES PUBLIC.CITY(ID) NOCHECK;
create table events (id bigint identity(1,1) encode az64, at timestamp sortkey, user_id uuid distkey references users (id), primary key (id)) diststyle key compound sortkey (at, id);
