import type { Editor } from '../core/editor';
import type {
  ColumnId,
  GroupFace,
  HitFace,
  LineFace,
  NoteFace,
  RefId,
  TableFace,
  TableId,
} from '../core/generated/model';
import type { Rect } from './camera';

/** Numbers that stand for a table in `boxes`: x, y, width, height, rows, header colour or -1. */
const STRIDE = 6;

/** A figure of an end notation: its kind and numbers, as the core's stream has them. */
export interface MarkFigure {
  readonly kind: 0 | 1 | 2 | 3 | 4 | 5;
  readonly at: Float32Array;
}

/** The texts of marks by their number in the core's stream. */
export const MARK_TEXTS = ['*', '0..1', '1', 'Z'] as const;

/** A line as it is drawn. Replaced and never changed in place. */
export interface LineShape {
  readonly slot: number;
  readonly fromTable: number;
  readonly toTable: number;
  /** Its colour in each theme: 0xrrggbb, or -1 for that of all lines. */
  readonly light: number;
  readonly dark: number;
  /** Which of the look's patterns it has. */
  readonly pattern: number;
  readonly isBold: boolean;
  /** x and y in turn. */
  readonly points: Float32Array;
  /** The same without the fans that lead to its notations, for where these are not drawn. */
  readonly way: Float32Array;
  /** x0, y0, x1, y1 of each branch in turn. */
  readonly forks: Float32Array;
  readonly marks: readonly MarkFigure[];
}

/**
 * The core's scene as the painters read it. Texts are fetched for tables that come close enough to
 * be read, and kept until the table changes.
 */
export class Scene {
  readonly editor: Editor;
  boxes: Int32Array = new Int32Array();
  lines: (LineShape | undefined)[] = [];
  groups: readonly GroupFace[] = [];
  notes: readonly NoteFace[] = [];
  /** Counts the changes of lines and of tables, for pictures that are kept. */
  linesVersion = 0;
  tablesVersion = 0;
  #tableIds: string[] = [];
  #titles: string[] | null = null;
  #bounds: { readonly version: string; readonly rect: Rect | null } | null = null;
  #lineIds: string[] = [];
  #tableSlots = new Map<TableId, number>();
  #lineSlots = new Map<RefId, number>();
  #faces = new Map<number, TableFace>();
  /** Texts and ids are good for as long. */
  #isMovingOnly = false;

  constructor(editor: Editor) {
    this.editor = editor;
    this.#readAll();
    editor.core.take_scene_changes();
  }

  get nTables(): number {
    return this.boxes.length / STRIDE;
  }

  /** Takes over what changed in the core. Tells which slots did; `null` for all. */
  refresh(): { readonly tables: number[]; readonly lines: number[] } | null {
    const [isRebuilt = 0, nTables = 0, ...slots] = this.editor.core.take_scene_changes();
    if (isRebuilt === 1) {
      this.#readAll();
      return null;
    }
    const tables = slots.slice(0, nTables);
    const lines = slots.slice(nTables);
    if (tables.length > 0) this.#readTables(tables);
    if (lines.length > 0) this.#readLines(lines);
    return { tables, lines };
  }

  /** The same while a gesture moves tables: they show what they showed. */
  refreshMoved(): { readonly tables: number[]; readonly lines: number[] } | null {
    this.#isMovingOnly = true;
    const changed = this.refresh();
    this.#isMovingOnly = false;
    return changed;
  }

  /** Shows tables elsewhere than the core has them, and their lines as it sketches them there. */
  sketchMoved(tables: readonly number[], homes: readonly Rect[], dx: number, dy: number): void {
    this.tablesVersion += 1;
    this.linesVersion += 1;
    tables.forEach((slot, i) => {
      const home = homes[i];
      if (home !== undefined) this.boxes.set([home.x + dx, home.y + dy], slot * STRIDE);
    });
    this.#decode(this.editor.core.sketch_move(Uint32Array.from(tables), dx, dy));
  }

  /** Reads again what was sketched. */
  dropSketch(tables: readonly number[], lines: Iterable<number>): void {
    this.tablesVersion += 1;
    this.linesVersion += 1;
    const { core } = this.editor;
    for (const slot of tables) this.boxes.set(core.table_box(slot), slot * STRIDE);
    this.#decode(core.line_stream(Uint32Array.from(lines)));
  }

  /** The line that dropping a column on another one would make, if it makes one. */
  draftLine(fromTable: TableId, from: ColumnId, toTable: TableId, to: ColumnId): LineShape | null {
    const stream = this.editor.core.draft_line(fromTable, from, toTable, to);
    const [first] = decoded(stream);
    return first?.[1] ?? null;
  }

  /** Groups and notes are few and are read again whenever anything changes. */
  refreshGround(): void {
    this.#bounds = null;
    this.groups = read<GroupFace[]>(this.editor.core.group_faces());
    this.notes = read<NoteFace[]>(this.editor.core.note_faces());
  }

  rect(slot: number): Rect {
    const at = slot * STRIDE;
    const b = this.boxes;
    return { x: b[at] ?? 0, y: b[at + 1] ?? 0, w: b[at + 2] ?? 0, h: b[at + 3] ?? 0 };
  }

  nRows(slot: number): number {
    return this.boxes[slot * STRIDE + 4] ?? 0;
  }

  headerColor(slot: number): number {
    return this.boxes[slot * STRIDE + 5] ?? -1;
  }

  /** Whether a table stands in the slot. */
  isTable(slot: number): boolean {
    return (this.boxes[slot * STRIDE + 2] ?? 0) > 0;
  }

  tableSlot(id: TableId): number | undefined {
    return this.#tableSlots.get(id);
  }

  tableId(slot: number): TableId {
    return this.#tableIds[slot] ?? '';
  }

  /** The name of a table, without its schema. */
  title(slot: number): string {
    this.#titles ??= this.editor.core.table_titles();
    return this.#titles[slot] ?? '';
  }

  /** How many lines each table has, by slot. */
  weights(): Uint32Array {
    return this.editor.core.table_weights();
  }

  lineSlot(id: RefId): number | undefined {
    return this.#lineSlots.get(id);
  }

  lineId(slot: number): RefId {
    return this.#lineIds[slot] ?? '';
  }

  lineFace(slot: number): LineFace | null {
    return read<LineFace | null>(this.editor.core.line_face(slot));
  }

  linesOf(table: number): Uint32Array {
    return this.editor.core.lines_of(table);
  }

  /** What the tables show, in the order of the slots; fetches what is not known yet. */
  faces(slots: ArrayLike<number>): (TableFace | undefined)[] {
    const unknown: number[] = [];
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number;
      if (!this.#faces.has(slot)) unknown.push(slot);
    }
    if (unknown.length > 0) {
      const faces = read<(TableFace | null)[]>(
        this.editor.core.table_faces(Uint32Array.from(unknown)),
      );
      unknown.forEach((slot, i) => {
        const face = faces[i];
        if (face) this.#faces.set(slot, face);
      });
    }
    return Array.from(slots, (slot) => this.#faces.get(slot));
  }

  face(slot: number): TableFace | undefined {
    return this.faces([slot])[0];
  }

  tablesIn(rect: Rect): Uint32Array {
    const [x, y, w, h] = outward(rect);
    return this.editor.core.tables_in(x, y, w, h);
  }

  linesIn(rect: Rect): Uint32Array {
    const [x, y, w, h] = outward(rect);
    return this.editor.core.lines_in(x, y, w, h);
  }

  hit(x: number, y: number, tolerance: number): HitFace | null {
    return read<HitFace | null>(this.editor.core.hit(x, y, tolerance));
  }

  /** The smallest rectangle around everything; null if there is nothing. */
  bounds(): Rect | null {
    const version = `${this.tablesVersion} ${this.linesVersion}`;
    if (this.#bounds?.version === version) return this.#bounds.rect;
    const [x, y, w, h] = this.editor.core.bounds();
    const isThere = x !== undefined && y !== undefined && w !== undefined && h !== undefined;
    const rect = isThere ? { x, y, w, h } : null;
    this.#bounds = { version, rect };
    return rect;
  }

  #readAll(): void {
    const { core } = this.editor;
    this.boxes = core.table_boxes();
    this.#readIds();
    this.#faces.clear();
    this.lines = [];
    const n = core.n_line_slots();
    this.#decode(core.line_stream(Uint32Array.from({ length: n }, (_, slot) => slot)));
    this.refreshGround();
    this.linesVersion += 1;
    this.tablesVersion += 1;
  }

  #readIds(): void {
    const { core } = this.editor;
    this.#titles = null;
    this.#tableIds = core.table_ids();
    this.#lineIds = core.line_ids();
    this.#tableSlots = new Map(this.#tableIds.map((id, slot) => [id, slot]));
    this.#lineSlots = new Map(this.#lineIds.map((id, slot) => [id, slot]));
    this.#tableSlots.delete('');
    this.#lineSlots.delete('');
  }

  #readTables(slots: number[]): void {
    this.tablesVersion += 1;
    if (slots.some((slot) => slot >= this.nTables)) this.boxes = this.editor.core.table_boxes();
    let isOther = false;
    for (const slot of slots) {
      const before = this.rect(slot);
      const box = this.editor.core.table_box(slot);
      const moved = box[2] === before.w && box[3] === before.h;
      this.boxes.set(box, slot * STRIDE);
      // A table that only moved shows what it showed, and is who it was.
      if (!moved || !this.#isMovingOnly) {
        this.#faces.delete(slot);
        isOther = true;
      }
    }
    if (isOther) this.#readIds();
  }

  #readLines(slots: number[]): void {
    this.linesVersion += 1;
    if (!this.#isMovingOnly) this.#readIds();
    this.#decode(this.editor.core.line_stream(Uint32Array.from(slots)));
  }

  #decode(stream: Float32Array): void {
    for (const [slot, line] of decoded(stream)) this.lines[slot] = line;
  }
}

/** The lines of a stream of the core by their slots; an empty one stands where none is drawn. */
export function* decoded(stream: Float32Array): Generator<[number, LineShape | undefined]> {
  let at = 0;
  const next = () => stream[at++] as number;
  while (at < stream.length) {
    const slot = next();
    const fromTable = next();
    const toTable = next();
    const light = next();
    const dark = next();
    const pattern = next();
    const isBold = next() === 1;
    const [fromAside, toAside] = [next(), next()];
    const nPoints = next();
    const points = stream.slice(at, (at += 2 * nPoints));
    const way = withoutFans(points, fromAside, toAside);
    const nForks = next();
    const forks = stream.slice(at, (at += 4 * nForks));
    const marks: MarkFigure[] = [];
    const nMarks = next();
    for (let i = 0; i < nMarks; i++) {
      const kind = next() as MarkFigure['kind'];
      marks.push({ kind, at: stream.slice(at, (at += kind === 0 || kind === 5 ? 4 : 3)) });
    }
    const ink = { light, dark, pattern, isBold };
    const line = { slot, fromTable, toTable, ...ink, points, way, forks, marks };
    yield [slot, nPoints === 0 ? undefined : line];
  }
}

function outward(rect: Rect): [number, number, number, number] {
  const x = Math.floor(rect.x);
  const y = Math.floor(rect.y);
  return [x, y, Math.ceil(rect.x + rect.w) - x, Math.ceil(rect.y + rect.h) - y];
}

/** What the core answered; it is no fault of anybody's input if it could not. */
export function read<T>(answer: string): T {
  const result = JSON.parse(answer) as { ok: T } | { error: { message: string } };
  if ('error' in result) throw new Error(result.error.message);
  return result.ok;
}

/** The points of a line whose first two and last two lie so far below its way. */
function withoutFans(points: Float32Array, fromAside: number, toAside: number): Float32Array {
  if (fromAside === 0 && toAside === 0) return points;
  const way = points.slice();
  const n = way.length;
  for (const [at, aside] of [
    [1, fromAside],
    [3, fromAside],
    [n - 3, toAside],
    [n - 1, toAside],
  ] as const) {
    way[at] = (way[at] as number) - aside;
  }
  return way;
}
