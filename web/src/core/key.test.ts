import { expect, test, vi } from 'vitest';

import { freshKey } from './key';

test('a key is a random UUID, on pages too that are not secure', () => {
  const secure = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
    throw new Error('not on this page');
  });
  const keys = new Set(Array.from({ length: 100 }, freshKey));
  secure.mockRestore();
  expect(keys.size).toBe(100);
  for (const key of keys) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
