import type { Action } from '../action';

export default {
  id: 'select-all',
  label: 'Select everything',
  keys: ['Mod+A'],

  run: (desk) => desk.canvas?.selectAll(),
} satisfies Action;
