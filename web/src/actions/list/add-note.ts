import type { Desk } from '../../pages/desk.svelte';
import type { Action } from '../action';

/** From the middle of a new note to its corner. */
const CORNER = { x: -110, y: -60 };

export default {
  id: 'add-note',
  label: 'New note',
  keys: ['N'],
  run: (desk) => desk.leave(() => add(desk)),
} satisfies Action;

/** Puts a note into the middle of what is seen, and opens it to be written. */
function add(desk: Desk): void {
  const middle = desk.canvas?.centre ?? { x: 0, y: 0 };
  const position = { x: Math.round(middle.x + CORNER.x), y: Math.round(middle.y + CORNER.y) };
  const outcome = desk.editor.run({ do: 'createNote', fields: { position } });
  if (!outcome.ok) {
    desk.did(outcome);
    return;
  }
  const [id] = outcome.done.created.notes;
  if (id !== undefined) desk.openNote(id);
}
