import type { Action } from '../action';

export default {
  id: 'undo',
  label: 'Undo',
  keys: ['Mod+Z'],
  isPossible: (desk) => desk.history.undo !== null,
  run: (desk) => void desk.did(desk.editor.undo()),
} satisfies Action;
