import type { RefId, TableId } from '../core/generated/model';
import type { Scene } from './scene';

/** A stop of the walk by Tab. */
export type Stop =
  { readonly kind: 'table'; readonly id: TableId } | { readonly kind: 'ref'; readonly id: RefId };

/** How far apart two tables may stand in a row that one reads from left to right. */
const ROW = 120;

/** All tables as one reads them, each followed by the refs that start at it. */
export function walk(scene: Scene): Stop[] {
  const refs = new Map<number, RefId[]>();
  for (const line of scene.lines) {
    if (line === undefined) continue;
    const of = refs.get(line.fromTable) ?? [];
    of.push(scene.lineId(line.slot));
    refs.set(line.fromTable, of);
  }
  const tables = [...Array(scene.nTables).keys()].filter((slot) => scene.isTable(slot));
  const place = (slot: number) => {
    const { x, y } = scene.rect(slot);
    return { row: Math.floor(y / ROW), x };
  };
  tables.sort((a, b) => {
    const [p, q] = [place(a), place(b)];
    return p.row - q.row || p.x - q.x || a - b;
  });
  return tables.flatMap((slot): Stop[] => [
    { kind: 'table', id: scene.tableId(slot) },
    ...(refs.get(slot) ?? []).map((id): Stop => ({ kind: 'ref', id })),
  ]);
}
