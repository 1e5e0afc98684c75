import type { Action } from '../action';

export default {
  id: 'import-into',
  label: 'Import into this diagram',

  run: (desk) => {
    desk.dialog = 'import';
  },
} satisfies Action;
