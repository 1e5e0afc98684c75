import type { Desk } from '../pages/desk.svelte';
import type { MenuItem } from '../ui/menu';
import { keysInWords } from './keys';
import { action } from './registry';

/** An action as an entry of a menu. */
export function menuItem(desk: Desk, id: string): MenuItem {
  const it = action(id);
  return {
    label: it.label,
    keys: keysInWords(it.keys?.[0]),
    isDisabled: !(it.isPossible?.(desk) ?? true),
    run: () => it.run(desk),
  };
}
