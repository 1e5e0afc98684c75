import type { SuggestionRow, TableId } from '../core/generated/model';

/** From which confidence on suggestions are shown. */
export const LEVELS = [
  { id: '0', label: 'All', title: 'All that are likelier than not' },
  { id: '0.7', label: '0.7', title: 'The likely ones' },
  { id: '0.9', label: '0.9', title: 'Those that are nearly certain' },
] as const;

export type Level = (typeof LEVELS)[number]['id'];

/** A line of the review: a table that is referred to, or a suggestion below it. */
export type Item =
  | {
      readonly kind: 'target';
      readonly key: string;
      readonly table: TableId;
      readonly label: string;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'suggestion'; readonly key: string; readonly row: SuggestionRow };

/** The rows that hold all words of the text, are that sure, and touch the table if one is given. */
export function shownOf(
  rows: readonly SuggestionRow[],
  text: string,
  least: number,
  table?: TableId,
): readonly SuggestionRow[] {
  const words = text.toLowerCase().split(/\s+/);
  return rows.filter((it) => {
    if (it.confidence < least) return false;
    if (table !== undefined && it.fromTable !== table) return false;
    const line = `${it.from} ${it.to} ${it.reason}`.toLowerCase();
    return words.every((word) => line.includes(word));
  });
}

/** Rows, which come by target, each target's below its name. */
export function grouped(rows: readonly SuggestionRow[]): readonly Item[] {
  const items: Item[] = [];
  for (let from = 0; from < rows.length;) {
    const table = rows[from]?.toTable ?? '';
    let end = from;
    while (rows[end]?.toTable === table) end += 1;
    const members = rows.slice(from, end);
    const label = tableOf(rows[from]?.to ?? '');
    const keys = members.map((it) => it.key);
    items.push({ kind: 'target', key: `to ${table}`, table, label, keys });
    items.push(...members.map((row): Item => ({ kind: 'suggestion', key: row.key, row })));
    from = end;
  }
  return items;
}

/** The table in the label of its columns: `sales.orders` of `sales.orders.(a, b)`. */
function tableOf(columns: string): string {
  const at = columns.endsWith(')') ? columns.lastIndexOf('.(') : columns.lastIndexOf('.');
  return at < 0 ? columns : columns.slice(0, at);
}
