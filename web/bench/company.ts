/** Numbers that are the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const MODULES = ['billing', 'catalog', 'crm', 'hr', 'audit', 'shipping', 'support', 'learning'];
const THINGS = ['invoice', 'item', 'batch', 'session', 'event', 'entry', 'policy', 'ticket'];
const FIELDS = [
  'name varchar(255)',
  'description text',
  'amount numeric(12,2)',
  'quantity integer NOT NULL',
  'starts_at timestamptz',
  'is_active boolean NOT NULL',
  'metadata jsonb',
];
/** Tables that stand and refer together. */
const MODULE = 18;

/**
 * The SQL of a schema as companies have them: modules of tables that refer to each other, a few
 * hubs that everything refers to, some self-refs; about 10 columns and 1.5 refs a table. The first
 * table, `hub_0`, has the most refs.
 */
export function company(nTables: number): string {
  const below = numbers(nTables);
  const nHubs = Math.min(12, Math.max(2, Math.floor(nTables / 8)));
  const names: string[] = [];
  const statements: string[] = [];
  for (let at = 0; at < nTables; at++) {
    const module = MODULES[Math.floor(at / MODULE) % MODULES.length];
    const name = at < nHubs ? `hub_${at}` : `${module}_${THINGS[below(THINGS.length)]}_${at}`;
    names.push(name);
    const columns = ['id bigint PRIMARY KEY'];
    const nRefs = at < nHubs ? below(2) : ([0, 1, 1, 1, 2, 2, 2, 3, 3, 4][below(10)] ?? 0);
    for (let key = 0; key < nRefs; key++) {
      const target = names[targetOf(at, nHubs, below)] ?? name;
      const needed = below(10) < 6 ? ' NOT NULL' : '';
      columns.push(`ref_${key}_id bigint${needed} REFERENCES ${target} (id)`);
    }
    const nFields = 4 + below(10);
    for (let i = 0; i < nFields; i++) columns.push(`f${i}_${FIELDS[below(FIELDS.length)]}`);
    statements.push(`CREATE TABLE ${name} (\n  ${columns.join(',\n  ')}\n);\n`);
  }
  return statements.join('\n');
}

/** Which table a ref of the table `at` points at: a hub, itself, a neighbour, or any before it. */
function targetOf(at: number, nHubs: number, below: (n: number) => number): number {
  const kind = below(100);
  // The first hubs are more wanted than the others.
  if (kind < 38) return Math.min(at, below(below(nHubs) + 1));
  if (kind < 43) return at;
  const module = Math.max(nHubs, Math.floor(at / MODULE) * MODULE);
  if (kind < 90 && at > module) return module + below(at - module);
  return below(Math.max(1, at));
}
