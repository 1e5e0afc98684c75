import type { Action } from '../action';

export default {
  id: 'zoom-fit',
  label: 'Fit the diagram into the view',
  keys: ['Shift+1', '!'],

  run: (desk) => desk.canvas?.fit(),
} satisfies Action;
