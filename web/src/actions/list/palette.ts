import type { Action } from '../action';

export default {
  id: 'palette',
  label: 'Find anything',
  keys: ['Mod+K'],

  run: (desk) => {
    desk.dialog = 'palette';
  },
} satisfies Action;
