import type { Action } from './action';

const modules = import.meta.glob<{ default: Action }>('./list/*.ts', { eager: true });

/** All actions: a file in `list` is one. */
export const actions: readonly Action[] = Object.values(modules).map((it) => it.default);

/** The action of that id. */
export function action(id: string): Action {
  const found = actions.find((it) => it.id === id);
  if (!found) throw new Error(`no action is called ${id}`);
  return found;
}
