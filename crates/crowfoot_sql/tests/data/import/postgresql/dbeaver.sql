-- DBeaver and pgAdmin: comments between elements, definitions with WITH and TABLESPACE, owner lines, named NOT NULL.
-- public.task definition
-- Drop table
-- DROP TABLE public.task;
CREATE TABLE public.task (
	id int4 GENERATED ALWAYS AS IDENTITY( INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START 1 CACHE 1 NO CYCLE) NOT NULL, -- the key
	title varchar(255) DEFAULT ''::character varying NOT NULL,
	parent_id int4 NULL,
	state "char" NULL,
	labels _text NULL,
	"date" timestamptz DEFAULT now() NULL,
	CONSTRAINT task_pk PRIMARY KEY (id),
	CONSTRAINT task_title_not_null NOT NULL title,
	CONSTRAINT task_un UNIQUE NULLS NOT DISTINCT (title, parent_id)
)
WITH (
	autovacuum_enabled=true
);
CREATE INDEX task_date_idx ON public.task USING brin (date) WITH (pages_per_range='32');
-- Column comments
COMMENT ON COLUMN public.task.title IS E'line\none';
COMMENT ON COLUMN public.task.id IS NULL;
-- Table Triggers
create trigger t after insert on public.task for each row execute function f();
-- Permissions
ALTER TABLE public.task OWNER TO postgres;
GRANT ALL ON TABLE public.task TO postgres;
-- public.task foreign keys
ALTER TABLE public.task ADD CONSTRAINT task_fk FOREIGN KEY (parent_id) REFERENCES public.task(id) ON DELETE SET NULL (parent_id) ON UPDATE CASCADE DEFERRABLE;
-- Table: public.note
CREATE TABLE IF NOT EXISTS public.note
(
    id integer NOT NULL DEFAULT nextval('note_id_seq'::regclass),
    body text COLLATE pg_catalog."default",
    task_id integer,
    CONSTRAINT note_pkey PRIMARY KEY (id) INCLUDE (task_id) WITH (fillfactor=90) USING INDEX TABLESPACE fast,
    CONSTRAINT note_task FOREIGN KEY (task_id)
        REFERENCES public.task (id) MATCH SIMPLE
        ON UPDATE NO ACTION
        ON DELETE CASCADE
        NOT VALID,
    CONSTRAINT body_short CHECK (char_length(body) < 100) NOT VALID
)
TABLESPACE pg_default;
ALTER TABLE IF EXISTS public.note OWNER to postgres;
