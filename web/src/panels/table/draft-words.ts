import type { DraftColumn, DraftProblem, DraftView, RowState } from '../../core/generated/model';

/** What fields of a row are called where it is told what they were. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  schema: 'schema',
  alias: 'alias',
  note: 'note',
  color: 'colour',
  group: 'group',
  type: 'type',
  place: 'place',
  isPrimary: 'primary key',
  isNotNull: 'not null',
  isUnique: 'unique',
  increment: 'increment',
  default: 'default',
  generated: 'generated',
  parts: 'columns',
  uniqueness: 'uniqueness',
  method: 'method',
  predicate: 'condition',
  expr: 'expression',
  toTable: 'table',
  pairs: 'columns',
  cardinality: 'relationship',
  keySide: 'side of the key',
  onDelete: 'on delete',
  onUpdate: 'on update',
  inactive: 'inactive',
  deferrable: 'deferrable',
};

export function fieldInWords(field: string): string {
  return FIELDS[field] ?? field;
}

/** What the fields of a row held before, a line for each. */
export function wasInWords(was: Readonly<Record<string, string>>): string {
  return Object.entries(was)
    .map(([field, value]) => `${fieldInWords(field)} was ${value === '' ? 'empty' : value}`)
    .join('\n');
}

/** A row of the draft, of whatever kind. */
interface Row {
  readonly id: string;
  readonly state: RowState;
}

/** Rows that will be there after the save. */
export function staying<T extends Row>(rows: readonly T[]): T[] {
  return rows.filter((it) => it.state !== 'removed');
}

/** The row that an edit added. */
export function addedTo(before: readonly Row[], after: readonly Row[]): string | undefined {
  const known = new Set(before.map((it) => it.id));
  return after.findLast((it) => !known.has(it.id))?.id;
}

/** What is said about one field of a row. */
export function problemsAt(
  problems: readonly DraftProblem[],
  ...fields: readonly string[]
): readonly DraftProblem[] {
  return problems.filter((it) => it.field !== undefined && fields.includes(it.field));
}

export function hasError(problems: readonly DraftProblem[], ...fields: readonly string[]): boolean {
  return problemsAt(problems, ...fields).some((it) => it.severity === 'error');
}

/** A message as a sentence of its own. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a column stands, for being read aloud: `place 2 of 5`. */
export function placeOf(view: DraftView, column: DraftColumn['id']): string {
  const rows = staying(view.columns);
  return `place ${rows.findIndex((it) => it.id === column) + 1} of ${rows.length}`;
}
