import type { Action } from '../action';

export default {
  id: 'review-suggestions',
  label: 'Review suggested foreign keys',
  isPossible: (desk) => desk.view.counts.tables > 0,
  run: (desk) => desk.show({ kind: 'suggestions' }),
} satisfies Action;
