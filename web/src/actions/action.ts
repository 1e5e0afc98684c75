import type { Desk } from '../pages/desk.svelte';

/** Something that a person can do in the editor; menus, the palette and shortcuts read the list. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** Shortcuts such as `Mod+Shift+Z`; `Mod` is Command on a Mac and Control elsewhere. */
  readonly keys?: readonly string[];
  readonly isPossible?: (desk: Desk) => boolean;
  readonly run: (desk: Desk) => void;
}
