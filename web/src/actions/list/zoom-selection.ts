import type { Action } from '../action';

export default {
  id: 'zoom-selection',
  label: 'Fit the selection into the view',
  keys: ['Shift+2', '@'],

  run: (desk) => desk.canvas?.fitSelection(),
} satisfies Action;
