import type { Action } from '../action';

export default {
  id: 'tidy-selection',
  label: 'Tidy the selected tables',

  isPossible: ({ selection }) => selection.tables.length > 1,
  run: (desk) => void desk.did(desk.editor.run({ do: 'tidy', tables: [...desk.selection.tables] })),
} satisfies Action;
