import { describe, expect, it } from 'vitest';

import { fitName } from './names';

/** With letters of size 10, about 5.8 pixels each. */
const check = (name: string, letters: number, rows: number) =>
  fitName(name, letters * 5.9, rows * 12, 10);

describe('fitName', () => {
  it('leaves a name that fits as it is', () => {
    expect(check('order_items', 11, 1)).toEqual(['order_items']);
  });

  it('breaks where words meet', () => {
    expect(check('order_items', 7, 2)).toEqual(['order_', 'items']);
    expect(check('TimeSeriesResults', 10, 3)).toEqual(['TimeSeries', 'Results']);
  });

  it('cuts what does not fit', () => {
    expect(check('organizations', 11, 2)).toEqual(['organizati…']);
    expect(check('microbiologyevents', 8, 1)).toEqual(['microbi…']);
    expect(check('role_permissions', 14, 1)).toEqual(['role_permissi…']);
    expect(check('order_items_archive', 6, 3)).toEqual(['order_', 'items_', 'archi…']);
  });

  it('gives up where nothing could be read', () => {
    expect(check('orders', 3, 2)).toEqual([]);
    expect(check('organizations', 6, 2)).toEqual([]);
  });
});
