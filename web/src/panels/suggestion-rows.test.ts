import { expect, test } from 'vitest';

import type { SuggestionRow } from '../core/generated/model';
import { grouped, shownOf } from './suggestion-rows';

function row(from: string, to: string, confidence: number): SuggestionRow {
  const [fromTable = '', toTable = ''] = [from, to].map((it) => it.split('.')[0]);
  return {
    ...{ key: `${from}>${to}`, fromTable, fromColumns: [], toTable, toColumns: [], from, to },
    ...{ symbol: '>', cardinality: 'manyToOne', confidence, reason: `it names \`${toTable}\`` },
  };
}

const ROWS = [
  row('lines.order_id', 'orders.id', 0.95),
  row('orders.user_id', 'users.id', 0.9),
  row('users.manager_id', 'users.id', 0.6),
  row('notes.(a, b)', 'users.(a, b)', 0.8),
];

test('targets stand above what would refer to them', () => {
  const lines = grouped(ROWS).map((it) =>
    it.kind === 'target' ? `${it.label} ${it.keys.length}` : it.row.from,
  );
  expect(lines).toEqual([
    ...['orders 1', 'lines.order_id'],
    ...['users 3', 'orders.user_id', 'users.manager_id', 'notes.(a, b)'],
  ]);
});

test('words, confidence and table choose', () => {
  const shown = (...by: [string, number, string?]) => shownOf(ROWS, ...by).map((it) => it.from);
  expect(shown('', 0.9)).toEqual(['lines.order_id', 'orders.user_id']);
  expect(shown('USERS manager', 0)).toEqual(['users.manager_id']);
  expect(shown('', 0, 'orders')).toEqual(['orders.user_id']);
  expect(shown('nothing', 0)).toEqual([]);
});
