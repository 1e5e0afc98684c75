/** Orders with lines that have a composite key, and shipments that could refer to them. */
export const SHOP = `
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text NOT NULL UNIQUE,
  manager_id bigint
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE order_lines (
  order_id bigint REFERENCES orders (id),
  line_no integer,
  sku text,
  PRIMARY KEY (order_id, line_no)
);
CREATE TABLE shipments (
  id bigint PRIMARY KEY,
  order_id bigint,
  line_no integer
);
`;

/** So many tables, each of which refers to the one before it. */
export function chain(n: number): string {
  const tables = ['CREATE TABLE t0000 (id bigint PRIMARY KEY);'];
  for (let i = 1; i < n; i += 1) {
    const [name, before] = [i, i - 1].map((it) => `t${String(it).padStart(4, '0')}`);
    tables.push(
      `CREATE TABLE ${name} (id bigint PRIMARY KEY, parent_id bigint REFERENCES ${before} (id));`,
    );
  }
  return tables.join('\n');
}
