import type { NoteId } from '../core/generated/model';
import type { Rect } from './camera';
import type { Live } from './layers';
import type { Scene } from './scene';
import type { Selection } from './selection';

const NOTHING: Live = { tables: new Set(), lines: new Set() };

/** Where things were put. */
export interface Placed {
  readonly tables: { id: string; position: { x: number; y: number } }[];
  readonly notes: { id: string; position: { x: number; y: number } }[];
}

/** Tables and notes on the move: shown elsewhere until they are placed or put back. */
export class Moving {
  readonly #scene: Scene;
  #held: { readonly tables: number[]; readonly notes: readonly NoteId[] } | null = null;
  #live: Live = NOTHING;

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

  /**
   * Shows what is selected moved by so much, lines included. Returns whether the picture of what
   * stands still is good no more.
   */
  preview(selection: Selection, dx: number, dy: number): boolean {
    const scene = this.#scene;
    let isSpoilt = false;
    if (this.#held === null) {
      const tables = [...selection.tables]
        .map((id) => scene.tableSlot(id))
        .filter((slot) => slot !== undefined);
      this.#held = { tables, notes: [...selection.notes] };
      const lines = new Set<number>();
      for (const slot of tables) for (const line of scene.linesOf(slot)) lines.add(line);
      this.#live = { tables: new Set(tables), lines };
      isSpoilt = true;
    }
    const { tables, notes } = this.#held;
    scene.editor.core.preview_move(Uint32Array.from(tables), dx, dy);
    const changed = scene.refreshMoved();
    // A line that makes way for a table moves, too.
    const others = changed?.lines.filter((slot) => !this.#live.lines.has(slot)) ?? [];
    if (others.length > 0) {
      this.#live = { ...this.#live, lines: new Set([...this.#live.lines, ...others]) };
      isSpoilt = true;
    }

    scene.refreshGround();
    const moved = <T extends { readonly rect: Rect }>(it: T): T => ({
      ...it,
      rect: { ...it.rect, x: it.rect.x + dx, y: it.rect.y + dy },
    });
    scene.notes = scene.notes.map((it) => (notes.includes(it.id) ? moved(it) : it));
    scene.groups = scene.groups.map((it) =>
      it.tables.every((id) => selection.tables.has(id)) ? moved(it) : it,
    );
    return isSpoilt;
  }

  /** Where everything is shown now, to be made lasting. */
  placed(): Placed {
    const { tables, notes } = this.#held ?? { tables: [], notes: [] };
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
    this.#held = null;
    this.#live = NOTHING;
  }
}
