import { expect, test } from 'vitest';

import { actionInWords, actionOptions, referencingSide } from './ref-words';

test('the foreign key is where the kind of relationship puts it', () => {
  expect(referencingSide('manyToOne', 'to')).toBe('from');
  expect(referencingSide('oneToMany', 'from')).toBe('to');
  expect(referencingSide('oneToOne', 'from')).toBe('from');
  expect(referencingSide('oneToOne', 'to')).toBe('to');
  expect(referencingSide('manyToMany', 'from')).toBeNull();
});

test('every action is explained for both events', () => {
  for (const event of ['delete', 'update'] as const) {
    const options = actionOptions(event);
    expect(options.map((it) => it.id)).toEqual([
      'noAction',
      'restrict',
      'cascade',
      'setNull',
      'setDefault',
    ]);
    expect(options.every((it) => (it.detail ?? '') !== '')).toBe(true);
  }
  expect(actionInWords('delete', null)).toBe(actionInWords('delete', 'noAction'));
});
