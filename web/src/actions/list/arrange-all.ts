import type { Action } from '../action';

export default {
  id: 'arrange-all',
  label: 'Arrange all tables compactly',

  isPossible: (desk) => desk.view.counts.tables > 1,
  run: (desk) => desk.arrange('compact'),
} satisfies Action;
