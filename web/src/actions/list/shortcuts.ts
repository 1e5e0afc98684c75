import type { Action } from '../action';

export default {
  id: 'shortcuts',
  label: 'Keyboard shortcuts',
  keys: ['?'],

  run: (desk) => {
    desk.dialog = 'shortcuts';
  },
} satisfies Action;
