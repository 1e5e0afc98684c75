import { expect, test } from 'vitest';

import type { RefForm } from '../core/generated/model';
import { actionInWords, actionOptions, followed, referencingSide } from './ref-words';

const BASE: RefForm = {
  id: 'r',
  fromTable: 'orders',
  toTable: 'users',
  pairs: [{ from: 'user_id', to: 'id' }],
  cardinality: 'manyToOne',
  keySide: 'from',
  fromOptional: null,
  toOptional: null,
  onDelete: null,
  onUpdate: null,
  deferrable: null,
  name: '',
  color: '',
  note: '',
  inactive: false,
};

test('what others save of other fields is kept by an open form', () => {
  const theirs: RefForm = { ...BASE, onDelete: 'cascade' };
  expect(followed({ ...BASE, name: 'mine' }, BASE, theirs)).toEqual({
    form: { ...theirs, name: 'mine' },
    isOverlapping: false,
  });
});

test('an open form that is not edited follows', () => {
  const theirs: RefForm = { ...BASE, pairs: [{ from: 'buyer_id', to: 'id' }], note: 'new' };
  expect(followed(BASE, BASE, theirs)).toEqual({ form: theirs, isOverlapping: false });
});

test('the same field changed by others is told, and both ends of a ref are one', () => {
  const mine: RefForm = { ...BASE, pairs: [{ from: 'payer_id', to: 'id' }] };
  const theirs: RefForm = { ...BASE, toTable: 'people', pairs: [{ from: 'user_id', to: 'key' }] };
  expect(followed(mine, BASE, theirs)).toEqual({ form: mine, isOverlapping: true });
  expect(followed(mine, BASE, mine)).toEqual({ form: mine, isOverlapping: false });
});

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
