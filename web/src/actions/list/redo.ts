import type { Action } from '../action';

export default {
  id: 'redo',
  label: 'Redo',
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  isPossible: (desk) => desk.history.redo !== null,
  run: (desk) => void desk.did(desk.editor.redo()),
} satisfies Action;
