import type { ColumnId, HitFace, RefId, TableId } from '../core/generated/model';
import type { Overlay } from './paint/overlay';
import type { Scene } from './scene';
import type { Selection } from './selection';

/** A column with more lines than this does not light them: it would only be noise. */
const MANY = 40;

type Lights = Pick<
  Overlay,
  'lit' | 'rows' | 'selectedTables' | 'hoveredTable' | 'selectedNotes' | 'handles'
>;

/** What lights up: a line with both its columns, a column with its lines, what is selected. */
export function lights(
  scene: Scene,
  selection: Selection,
  hover: HitFace | null,
  highlighted: RefId | null,
  hasRows: boolean,
): Lights {
  const lit = new Map<number, boolean>();
  const rows: { table: number; column: ColumnId }[] = [];
  const light = (slot: number | undefined, isSelected: boolean, withRows: boolean) => {
    if (slot === undefined) return;
    lit.set(slot, isSelected || (lit.get(slot) ?? false));
    const face = withRows ? scene.lineFace(slot) : null;
    if (face === null) return;
    for (const [table, columns] of [
      [face.fromTable, face.fromColumns],
      [face.toTable, face.toColumns],
    ] as const) {
      const at = scene.tableSlot(table);
      if (at !== undefined) rows.push(...columns.map((column) => ({ table: at, column })));
    }
  };

  for (const id of selection.refs) light(scene.lineSlot(id), true, selection.refs.size <= MANY);
  if (hover?.kind === 'line') light(scene.lineSlot(hover.id), false, true);
  if (highlighted !== null) light(scene.lineSlot(highlighted), false, true);
  const row = hasRows && (hover?.kind === 'row' || hover?.kind === 'handle') ? hover : null;
  if (row !== null) {
    for (const line of linesOf(scene, row.table, row.column)) light(line, false, true);
  }

  const selectedTables = [...selection.tables]
    .map((id) => scene.tableSlot(id))
    .filter((slot) => slot !== undefined);
  const hovered = hover !== null && 'table' in hover ? scene.tableSlot(hover.table) : undefined;
  return {
    lit: [...lit].flatMap(([slot, isSelected]) => {
      const line = scene.lines[slot];
      return line === undefined ? [] : [{ line, isSelected }];
    }),
    rows,
    selectedTables,
    hoveredTable: hovered === undefined || selectedTables.includes(hovered) ? null : hovered,
    selectedNotes: scene.notes.filter((it) => selection.notes.has(it.id)).map((it) => it.rect),
    handles: row !== null && hovered !== undefined ? { table: hovered, column: row.column } : null,
  };
}

/** The lines that end at a column. */
function linesOf(scene: Scene, table: TableId, column: ColumnId): number[] {
  const slot = scene.tableSlot(table);
  if (slot === undefined) return [];
  const lines = scene.linesOf(slot);
  if (lines.length > MANY) return [];
  return [...lines].filter((line) => {
    const face = scene.lineFace(line);
    if (face === null) return false;
    return (
      (face.fromTable === table && face.fromColumns.includes(column)) ||
      (face.toTable === table && face.toColumns.includes(column))
    );
  });
}
