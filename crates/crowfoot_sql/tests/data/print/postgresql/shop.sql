-- Schemas, an enum, keys with names and actions, a circle, a composite and a self ref, indexes of all sorts.
CREATE SCHEMA sales;
CREATE TYPE sales.order_status AS ENUM ('new', 'paid', 'it''s shipped');

CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    "Display Name" varchar(80) DEFAULT 'nobody'::character varying NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    favourite_order bigint,
    referred_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customers_referred_by_fkey FOREIGN KEY (referred_by) REFERENCES customers (id) ON DELETE SET NULL
);
COMMENT ON TABLE customers IS 'People who buy; they''re dear to us';
COMMENT ON COLUMN customers.email IS 'in small letters';

CREATE TABLE sales.orders (
    id bigserial CONSTRAINT orders_pk PRIMARY KEY,
    customer_id bigint NOT NULL,
    status sales.order_status DEFAULT 'new'::sales.order_status NOT NULL,
    total numeric(10,2) DEFAULT 0.00 NOT NULL CONSTRAINT total_is_not_negative CHECK (total >= 0::numeric),
    token uuid DEFAULT gen_random_uuid(),
    tags text[] DEFAULT '{}'::text[],
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES public.customers (id)
        ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED
);
ALTER TABLE customers ADD CONSTRAINT favourite FOREIGN KEY (favourite_order) REFERENCES sales.orders (id) ON DELETE NO ACTION;

CREATE TABLE sales.products (
    shop integer,
    sku varchar(40),
    name text NOT NULL,
    price numeric(8,2) CHECK (price > (0)::numeric AND price < 10000),
    doubled numeric(9,2) GENERATED ALWAYS AS (price * 2) STORED,
    kind text CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))),
    PRIMARY KEY (shop, sku)
);

CREATE TABLE sales.order_lines (
    order_id bigint REFERENCES sales.orders,
    line smallint,
    shop integer NOT NULL,
    sku varchar(40) NOT NULL,
    quantity integer DEFAULT 1 NOT NULL,
    PRIMARY KEY (order_id, line),
    CONSTRAINT line_product FOREIGN KEY (shop, sku) REFERENCES sales.products (shop, sku) ON UPDATE CASCADE,
    CONSTRAINT one_line_each UNIQUE (order_id, shop, sku)
);

CREATE TABLE profiles (
    customer_id bigint PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    "user" text,
    picture bytea,
    born date,
    "select" interval
);

CREATE INDEX orders_by_customer ON sales.orders USING btree (customer_id, id DESC NULLS LAST) INCLUDE (total);
CREATE UNIQUE INDEX one_new_order ON sales.orders (customer_id) WHERE status = 'new'::sales.order_status;
CREATE INDEX orders_details ON sales.orders USING gin (details);
CREATE INDEX paid ON sales.orders (customer_id) WHERE (total > (0)::numeric);
CREATE INDEX ON customers (lower(email));
