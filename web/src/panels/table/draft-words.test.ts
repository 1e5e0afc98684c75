import { expect, test } from 'vitest';

import { addedTo, problemsAt, staying, wasInWords } from './draft-words';

const row = (id: string, state: 'unchanged' | 'added' | 'changed' | 'removed' = 'unchanged') => ({
  id,
  state,
});

test('what a row was is told a line for each field', () => {
  expect(wasInWords({ name: 'email', isNotNull: 'yes', note: '' })).toBe(
    'name was email\nnot null was yes\nnote was empty',
  );
});

test('the row that an edit added is found wherever it stands', () => {
  expect(addedTo([row('a'), row('b')], [row('a'), row('x', 'added'), row('b')])).toBe('x');
  expect(addedTo([row('a')], [row('a')])).toBeUndefined();
});

test('rows that go are not among those that stay', () => {
  expect(staying([row('a'), row('b', 'removed')])).toEqual([row('a')]);
});

test('a problem stands at its field', () => {
  const at = (field?: string) => ({
    entity: { kind: 'table', id: 't' } as const,
    severity: 'error' as const,
    code: 'x',
    message: 'no',
    ...(field === undefined ? {} : { field }),
  });
  expect(problemsAt([at('name'), at('type'), at()], 'name')).toEqual([at('name')]);
});
