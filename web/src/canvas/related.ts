import { overlaps, type Rect } from './camera';
import type { LineShape, Scene } from './scene';
import type { Selection } from './selection';

/** With more selected than this there is nothing to point out. */
const MANY = 200;

/** Slots of tables and lines that stand out while the others are dimmed. */
export interface Related {
  readonly tables: ReadonlySet<number>;
  readonly lines: ReadonlySet<number>;
}

/**
 * What belongs to the selection: the selected tables with their lines and the tables at the other
 * ends, and the selected lines with both their tables. Null if nothing should be dimmed.
 */
export function related(scene: Scene, selection: Selection): Related | null {
  const n = selection.tables.size + selection.refs.size;
  if (n === 0 || n > MANY) return null;
  const tables = new Set<number>();
  const lines = new Set<number>();
  for (const id of selection.tables) {
    const slot = scene.tableSlot(id);
    if (slot === undefined) continue;
    tables.add(slot);
    for (const line of scene.linesOf(slot)) lines.add(line);
  }
  for (const id of selection.refs) {
    const slot = scene.lineSlot(id);
    if (slot !== undefined) lines.add(slot);
  }
  for (const slot of lines) {
    const line = scene.lines[slot];
    if (line !== undefined) tables.add(line.fromTable).add(line.toTable);
  }
  return { tables, lines };
}

/** Whether any piece of a line may be seen in a rectangle. */
export function crosses({ points }: LineShape, rect: Rect): boolean {
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [
      points[i],
      points[i + 1],
      points[i + 2],
      points[i + 3],
    ];
    const piece = {
      x: Math.min(x0, x1) - 1,
      y: Math.min(y0, y1) - 1,
      w: Math.abs(x1 - x0) + 2,
      h: Math.abs(y1 - y0) + 2,
    };
    if (overlaps(piece, rect)) return true;
  }
  return false;
}

/** Whether all of a line lies in a part of the world. */
export function isInside(line: LineShape, rect: Rect): boolean {
  for (let i = 0; i + 1 < line.points.length; i += 2) {
    const [x, y] = [line.points[i] as number, line.points[i + 1] as number];
    if (x < rect.x || x > rect.x + rect.w || y < rect.y || y > rect.y + rect.h) return false;
  }
  return true;
}
