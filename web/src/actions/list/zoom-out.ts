import type { Action } from '../action';

export default {
  id: 'zoom-out',
  label: 'Zoom out',
  keys: ['Mod+-'],

  run: (desk) => desk.canvas?.zoomOut(),
} satisfies Action;
