-- Every common type has a name in the other dialects, and what has none is told.
CREATE TABLE everything (
    a smallint,
    b integer DEFAULT 7,
    c bigint,
    d real,
    e double precision DEFAULT 1.5,
    f numeric,
    g numeric(12,4),
    h money,
    i char(3) DEFAULT 'EUR'::bpchar,
    j varchar(200),
    k varchar,
    l text DEFAULT 'a long one'::text,
    m bytea,
    n date DEFAULT CURRENT_DATE,
    o time,
    p time with time zone,
    q timestamp(3) without time zone,
    r timestamptz DEFAULT '2020-01-01 00:00:00+00'::timestamp with time zone,
    s interval,
    t boolean DEFAULT false,
    u uuid,
    v json,
    w jsonb,
    x xml,
    y inet,
    z macaddr,
    aa bit(8),
    ab bit varying(16),
    ac point,
    ad tsvector,
    ae integer[],
    af int4range,
    ag oid
);
CREATE TABLE long_keys (
    url text PRIMARY KEY,
    path varchar(2000) UNIQUE,
    body text
);
CREATE INDEX long_keys_body ON long_keys (body);
CREATE TABLE short_refs (
    id smallint PRIMARY KEY,
    url text REFERENCES long_keys (url),
    big bigint REFERENCES short_refs (id)
);
