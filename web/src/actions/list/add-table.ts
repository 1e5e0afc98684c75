import type { Desk } from '../../pages/desk.svelte';
import type { Action } from '../action';

/** How many names are tried before giving up. */
const MOST = 1000;

export default {
  id: 'add-table',
  label: 'New table',
  keys: ['T'],
  run: (desk) => desk.leave(() => add(desk)),
} satisfies Action;

function add(desk: Desk): void {
  for (let n = 1; n <= MOST; n += 1) {
    const name = n === 1 ? 'new_table' : `new_table_${n}`;
    if (desk.editor.tableRows({ text: name }, 0, 50).rows.some((it) => it.name === name)) continue;
    const outcome = desk.editor.run({ do: 'createTable', fields: { name } });
    if (!outcome.ok) {
      desk.did(outcome);
      return;
    }
    const [id] = outcome.done.created.tables;
    if (id !== undefined) desk.openNewTable(id);
    return;
  }
}
