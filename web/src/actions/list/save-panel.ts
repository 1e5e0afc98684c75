import { toasts } from '../../ui/toasts.svelte';
import type { Action } from '../action';

export default {
  id: 'save-panel',
  label: 'Save what is edited in the panel',
  keys: ['Mod+S'],
  run(desk) {
    if (desk.unsaved === null) toasts.say('Everything is saved');
    else void desk.unsaved.save();
  },
} satisfies Action;
