import { expect, test } from 'vitest';

import { keysInWords, keysOf } from './keys';
import { actions } from './registry';

test('no two actions share an id or a shortcut', () => {
  const ids = actions.map((it) => it.id);
  const keys = actions.flatMap((it) => it.keys ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  [{ key: 'z', ctrlKey: true }, false, 'Mod+Z'],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, false, 'Mod+Shift+Z'],
  [{ key: 'z', metaKey: true }, true, 'Mod+Z'],
  [{ key: 'Delete' }, false, 'Delete'],
  [{ key: '?', shiftKey: true }, false, '?'],
])('%o is a shortcut', (event, onMac, keys) => {
  expect(keysOf(event as KeyboardEvent, onMac)).toBe(keys);
});

test('shortcuts are written as people of the computer do', () => {
  expect(keysInWords('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(keysInWords('Mod+Shift+Z', true)).toBe('⌘⇧Z');
});
