import type { Action } from '../action';

export default {
  id: 'add-ref',
  label: 'New ref',
  keys: ['R'],
  isPossible: (desk) => desk.view.counts.tables > 0,
  run: (desk) => desk.show({ kind: 'newRef', seed: {} }),
} satisfies Action;
