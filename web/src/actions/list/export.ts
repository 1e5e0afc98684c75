import type { Action } from '../action';

export default {
  id: 'export',
  label: 'Export',
  keys: ['Mod+E'],

  run: (desk) => {
    desk.dialog = 'export';
  },
} satisfies Action;
