import { leaveField } from '../../pages/table-draft.svelte';
import { toasts } from '../../ui/toasts.svelte';
import type { Action } from '../action';

export default {
  id: 'save-panel',
  label: 'Save what is edited in the panel',
  keys: ['Mod+S'],
  run(desk) {
    leaveField();
    if (desk.unsaved !== null) void desk.unsaved.save();
    else if (desk.status === 'saved') toasts.say('Everything is saved');
    else desk.editor.retryNow();
  },
} satisfies Action;
