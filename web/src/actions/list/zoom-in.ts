import type { Action } from '../action';

export default {
  id: 'zoom-in',
  label: 'Zoom in',
  keys: ['Mod++', 'Mod+='],

  run: (desk) => desk.canvas?.zoomIn(),
} satisfies Action;
