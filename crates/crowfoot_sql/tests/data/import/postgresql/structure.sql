-- Rails' structure.sql: search path, versions inserted at the end, no error.
SET search_path = public, pg_catalog;
CREATE TABLE ar_internal_metadata (key character varying NOT NULL, value character varying, created_at timestamp(6) without time zone NOT NULL);
CREATE TABLE posts (
    id bigint NOT NULL,
    title character varying DEFAULT ''::character varying NOT NULL,
    author_id bigint,
    status integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE posts_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE posts_id_seq OWNED BY posts.id;
CREATE TABLE authors (id bigint NOT NULL);
ALTER TABLE ONLY posts ALTER COLUMN id SET DEFAULT nextval('posts_id_seq'::regclass);
ALTER TABLE ONLY ar_internal_metadata ADD CONSTRAINT ar_internal_metadata_pkey PRIMARY KEY (key);
ALTER TABLE ONLY posts ADD CONSTRAINT posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY authors ADD CONSTRAINT authors_pkey PRIMARY KEY (id);
CREATE INDEX index_posts_on_author_id ON posts USING btree (author_id);
ALTER TABLE ONLY posts ADD CONSTRAINT fk_rails_1 FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
SET search_path TO "$user", public;
INSERT INTO "schema_migrations" (version) VALUES
('20240101000000'),
('20240102000000');
