import { expect, test } from 'vitest';

import { ago, count } from './time';

const NOW = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:59:40Z', 'just now'],
  ['2026-03-10T11:57:00Z', '3 minutes ago'],
  ['2026-03-10T10:00:00Z', '2 hours ago'],
  ['2026-03-09T12:00:00Z', 'yesterday'],
  ['2024-03-09T12:00:00Z', '2 years ago'],
  ['2027-01-01T00:00:00Z', 'just now'],
])('%s was %s', (at, words) => {
  expect(ago(at, NOW)).toBe(words);
});

test('counts are in words', () => {
  expect(count(1, 'ref')).toBe('1 ref');
  expect(count(0, 'ref')).toBe('0 refs');
  expect(count(12_000, 'index', 'indexes')).toBe('12,000 indexes');
});
