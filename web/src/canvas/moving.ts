import type { NoteId } from '../core/generated/model';
import type { Rect } from './camera';
import type { Live } from './layers';
import type { Scene } from './scene';
import type { Selection } from './selection';

const NOTHING: Live = { tables: new Set(), lines: new Set() };

/** If routing takes longer than this, in milliseconds, lines are sketched until there is time. */
const SLOW = 9;
/** With more lines than this it is not even tried while the pointer moves. */
const MANY = 60;
/** With more lines than this it waits for the drop, too. */
const TOO_MANY = 400;

/** Where things were put. */
export interface Placed {
  readonly tables: { id: string; position: { x: number; y: number } }[];
  readonly notes: { id: string; position: { x: number; y: number } }[];
}

interface Held {
  readonly tables: readonly number[];
  readonly homes: readonly Rect[];
  readonly notes: readonly NoteId[];
  /** All lines of the tables. */
  readonly lines: readonly number[];
}

/**
 * Tables and notes on the move: shown elsewhere until they are placed or put back. Their lines are
 * routed at each step while the core keeps up, and sketched while it does not.
 */
export class Moving {
  readonly #scene: Scene;
  #held: Held | null = null;
  #live: Live = NOTHING;
  #isSlow = false;
  #isSketched = false;
  #way = { dx: 0, dy: 0 };

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  /** What is drawn above everything else meanwhile. */
  get live(): Live {
    return this.#live;
  }

  /** Whether lines are shown as sketches that should be routed when the pointer rests. */
  get isRough(): boolean {
    return this.#isSketched && (this.#held?.lines.length ?? 0) <= TOO_MANY;
  }

  /**
   * Shows what is selected moved by so much, lines included. Returns whether the picture of what
   * stands still is good no more.
   */
  preview(selection: Selection, dx: number, dy: number): boolean {
    const isFirst = this.#held === null;
    const held = this.#held ?? this.#take(selection);
    this.#way = { dx, dy };
    let isSpoilt = isFirst;
    if (this.#isSlow) {
      this.#scene.sketchMoved(held.tables, held.homes, dx, dy);
      this.#isSketched = true;
    } else {
      const start = performance.now();
      isSpoilt = this.#route(held) || isFirst;
      this.#isSlow = performance.now() - start > SLOW;
    }
    this.#moveGround(selection, held);
    return isSpoilt;
  }

  /** Routes what was sketched. Returns as {@link preview} does. */
  refine(): boolean {
    return this.#held !== null && this.isRough && this.#route(this.#held);
  }

  /** Where everything is shown now, to be made lasting. */
  placed(): Placed {
    const [tables, notes] = [this.#held?.tables ?? [], this.#held?.notes ?? []];
    const scene = this.#scene;
    return {
      tables: tables.map((slot) => {
        const { x, y } = scene.rect(slot);
        return { id: scene.tableId(slot), position: { x, y } };
      }),
      notes: scene.notes
        .filter((it) => notes.includes(it.id))
        .map(({ id, rect }) => ({ id, position: { x: rect.x, y: rect.y } })),
    };
  }

  /** Puts everything back. */
  drop(): void {
    this.#scene.editor.core.drop_preview();
    this.end();
    this.#scene.refreshMoved();
    this.#scene.refreshGround();
  }

  /** Lets go without putting anything back: the diagram has changed. */
  end(): void {
    if (this.#held !== null && this.#isSketched) {
      this.#scene.dropSketch(this.#held.tables, this.#held.lines);
    }
    this.#held = null;
    this.#live = NOTHING;
    this.#isSketched = false;
  }

  #take(selection: Selection): Held {
    const scene = this.#scene;
    const tables = [...selection.tables]
      .map((id) => scene.tableSlot(id))
      .filter((slot) => slot !== undefined);
    const lines = new Set<number>();
    for (const slot of tables) for (const line of scene.linesOf(slot)) lines.add(line);
    this.#live = { tables: new Set(tables), lines };
    this.#isSlow = lines.size > MANY;
    this.#held = {
      tables,
      homes: tables.map((slot) => scene.rect(slot)),
      notes: [...selection.notes],
      lines: [...lines],
    };
    return this.#held;
  }

  /** Returns whether lines move that did not before. */
  #route({ tables, lines }: Held): boolean {
    const scene = this.#scene;
    const { dx, dy } = this.#way;
    scene.editor.core.preview_move(Uint32Array.from(tables), dx, dy);
    const changed = scene.refreshMoved();
    if (this.#isSketched) scene.dropSketch(tables, lines);
    this.#isSketched = false;
    // A line that makes way for a table moves, too.
    const others = changed?.lines.filter((slot) => !this.#live.lines.has(slot)) ?? [];
    if (others.length === 0) return false;
    this.#live = { ...this.#live, lines: new Set([...this.#live.lines, ...others]) };
    return true;
  }

  /** Groups and notes follow what is moved. */
  #moveGround(selection: Selection, { notes }: Held): void {
    const scene = this.#scene;
    const { dx, dy } = this.#way;
    if (scene.groups.length === 0 && scene.notes.length === 0) return;
    scene.refreshGround();
    const moved = <T extends { readonly rect: Rect }>(it: T): T => ({
      ...it,
      rect: { ...it.rect, x: it.rect.x + dx, y: it.rect.y + dy },
    });
    scene.notes = scene.notes.map((it) => (notes.includes(it.id) ? moved(it) : it));
    scene.groups = scene.groups.map((it) =>
      it.tables.every((id) => selection.tables.has(id)) ? moved(it) : it,
    );
  }
}
