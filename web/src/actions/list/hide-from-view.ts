import type { Action } from '../action';

export default {
  id: 'hide-from-view',
  label: 'Hide the selected tables from the view',
  keys: ['H'],
  isPossible: ({ view, selection }) => view.view !== null && selection.tables.length > 0,
  run(desk) {
    const id = desk.view.view;
    if (id === null) return;
    const tables = [...desk.selection.tables];
    if (!desk.did(desk.editor.run({ do: 'setViewed', id, tables, isShown: false }))) return;
    desk.closePanel();
    const n = tables.length;
    desk.sayUndoable(`${n === 1 ? 'A table is' : `${n} tables are`} hidden from the view`);
  },
} satisfies Action;
