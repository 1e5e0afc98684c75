import type { Action } from '../action';

export default {
  id: 'zoom-actual',
  label: 'Zoom to 100%',
  keys: ['Mod+0'],

  run: (desk) => desk.canvas?.zoomTo(1),
} satisfies Action;
