import type { Desk } from '../pages/desk.svelte';
import type { MenuItem } from '../ui/menu';
import { isSingle, keysInWords } from './keys';
import { action } from './registry';
import { singleKeys } from './single-keys.svelte';

/** An action as an entry of a menu. */
export function menuItem(desk: Desk, id: string): MenuItem {
  const it = action(id);
  const keys = it.keys?.find((key) => singleKeys.isOn || !isSingle(key));
  return {
    label: it.label,
    keys: keysInWords(keys),
    isDisabled: !(it.isPossible?.(desk) ?? true),
    run: () => it.run(desk),
  };
}
