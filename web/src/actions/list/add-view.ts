import type { Action } from '../action';

export default {
  id: 'add-view',
  label: 'New view',
  isPossible: (desk) => desk.view.counts.tables > 0,
  run: (desk) => desk.addView(),
} satisfies Action;
