import type { Action } from '../action';

export default {
  id: 'delete-selection',
  label: 'Delete the selection',
  keys: ['Delete', 'Backspace'],
  isPossible: ({ selection }) =>
    selection.tables.length + selection.refs.length + selection.notes.length > 0,
  run(desk) {
    const { tables, refs, notes } = desk.selection;
    const outcome = desk.editor.run({
      do: 'delete',
      things: { tables: [...tables], refs: [...refs], notes: [...notes] },
    });
    if (!desk.did(outcome) || !outcome.ok) return;
    desk.select({});
    const { description } = outcome.done;
    desk.sayUndoable(description.charAt(0).toUpperCase() + description.slice(1));
  },
} satisfies Action;
