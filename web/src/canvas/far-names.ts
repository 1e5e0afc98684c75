import type { Rect } from './camera';
import { detailAt } from './paint/frame';
import { fitName } from './paint/names';
import type { Scene } from './scene';

/** The size of names, in CSS pixels. */
const SIZE = 11;
/** About how wide a letter is, by its size. */
const LETTER = 0.6;
/** More letters than this are cut. */
const LONGEST = 22;
/** How far names that cover their neighbours are apart, in CSS pixels: between them tables are seen. */
const APART_X = 14;
const APART_Y = 12;
/** How far names stick out to the sides of all tables, in CSS pixels: as far as is seen of what fits. */
const OUT = 34;
/** A diagram that is drawn narrower than this has free room beside it, in CSS pixels. */
const NARROW = 300;
/** How high the rows are in which names are looked up that may be in the way. */
const ROW = 16;

/** A name that is larger than its table, as it is drawn over it. */
export interface FarName {
  readonly slot: number;
  readonly text: string;
  /** How wide it is at most, in CSS pixels. */
  readonly width: number;
  /** How far its middle is right of its table's, in CSS pixels. */
  readonly aside: number;
}

/** How high a name is with what lies under it, in CSS pixels. */
export const NAME_HEIGHT = SIZE + 4;
export const NAME_SIZE = SIZE;

/**
 * Which tables show their names over their neighbours, where none fits into its own table: those with
 * the most refs first, as far as there is room. It is made once for each zoom, so that parts of the
 * picture that are painted one after another go together.
 */
export class FarNames {
  names: readonly FarName[] = [];
  #madeFor = '';
  #order: readonly number[] = [];
  #orderedFor = '';

  /** Brings them up to the scene; `isStill` is false while tables are being moved. */
  update(scene: Scene, zoom: number, isStill: boolean): void {
    const version = isStill ? `${scene.tablesVersion} ${scene.linesVersion}` : this.#orderedFor;
    const wanted = `${version} ${zoom}`;
    if (wanted === this.#madeFor) return;
    this.#madeFor = wanted;
    if (version !== this.#orderedFor || this.#order.length === 0) {
      this.#orderedFor = version;
      this.#order = byImportance(scene);
    }
    this.names = chosen(scene, this.#order, zoom);
  }
}

/** The slots of tables, those with the most refs first, then the largest. */
function byImportance(scene: Scene): readonly number[] {
  const slots = [...Array(scene.nTables).keys()].filter((slot) => scene.isTable(slot));
  const nLines = scene.weights();
  const weight = (slot: number) => (nLines[slot] ?? 0) + scene.nRows(slot) / 10_000;
  return slots.toSorted((a, b) => weight(b) - weight(a) || a - b);
}

/** Those that have room, in the order of the slots that are given. */
function chosen(scene: Scene, order: readonly number[], zoom: number): readonly FarName[] {
  const detail = detailAt(zoom);
  if (detail === 'full') return [];
  const room = new Room();
  const names: FarName[] = [];
  const [first, last] = sides(scene, order, zoom);
  for (const slot of order) {
    const { x, y, w, h } = scene.rect(slot);
    const title = scene.title(slot);
    // What fits into its table is there already.
    if (detail === 'names' && fitsInside(title, w * zoom, h * zoom, zoom)) {
      room.take(x * zoom, y * zoom, w * zoom, h * zoom);
      continue;
    }
    const text = title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title;
    const width = text.length * SIZE * LETTER + 8;
    const left = (x + w / 2) * zoom - width / 2;
    const top = (y + h / 2) * zoom - NAME_HEIGHT / 2;
    const [wide, high] = [width + APART_X, NAME_HEIGHT + APART_Y];
    const inside = Math.max(first, Math.min(left, last - width));
    if (room.isFree(inside - APART_X / 2, top - APART_Y / 2, wide, high)) {
      room.take(inside - APART_X / 2, top - APART_Y / 2, wide, high);
      names.push({ slot, text, width, aside: inside - left });
    }
  }
  return names;
}

/** Between which sides names have to be, in CSS pixels from the diagram's origin. */
function sides(scene: Scene, slots: readonly number[], zoom: number): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const slot of slots) {
    const { x, w } = scene.rect(slot);
    first = Math.min(first, x * zoom);
    last = Math.max(last, (x + w) * zoom);
  }
  return last - first < NARROW ? [-Infinity, Infinity] : [first - OUT, last + OUT];
}

/** Where a name is in the diagram. */
export function placeOf(scene: Scene, { slot, width, aside }: FarName, zoom: number): Rect {
  const { x, y, w, h } = scene.rect(slot);
  const [wide, high] = [width / zoom, NAME_HEIGHT / zoom];
  return { x: x + (w - wide) / 2 + aside / zoom, y: y + (h - high) / 2, w: wide, h: high };
}

/** The size of names that stand in their tables, in CSS pixels. */
export function insideSize(zoom: number): number {
  return Math.min(12, 8 + zoom * 10);
}

/** Whether a name is drawn in a table of that size, in CSS pixels. */
export function fitsInside(title: string, width: number, height: number, zoom: number): boolean {
  return fitName(title, width - 4, height, insideSize(zoom)).length > 0;
}

/** What is taken of the picture, by rows. */
class Room {
  readonly #rows = new Map<number, number[]>();

  isFree(x: number, y: number, w: number, h: number): boolean {
    for (let row = Math.floor(y / ROW); row <= Math.floor((y + h) / ROW); row++) {
      const taken = this.#rows.get(row) ?? [];
      for (let i = 0; i < taken.length; i += 2) {
        if ((taken[i] as number) < x + w && x < (taken[i + 1] as number)) return false;
      }
    }
    return true;
  }

  take(x: number, y: number, w: number, h: number): void {
    for (let row = Math.floor(y / ROW); row <= Math.floor((y + h) / ROW); row++) {
      const taken = this.#rows.get(row);
      if (taken === undefined) this.#rows.set(row, [x, x + w]);
      else taken.push(x, x + w);
    }
  }
}
