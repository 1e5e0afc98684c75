import type { Action } from '../action';

export default {
  id: 'arrange-layers',
  label: 'Arrange all tables in layers, parents to the left',

  isPossible: (desk) => desk.view.counts.tables > 1,
  run: (desk) => desk.arrange('layered'),
} satisfies Action;
