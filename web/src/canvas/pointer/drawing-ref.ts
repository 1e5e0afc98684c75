import type { HitFace } from '../../core/generated/model';
import type { PointerAt, PointerState, RefDraft, Stage } from './state';

type Handle = Extract<HitFace, { kind: 'handle' }>;

/** A ref is dragged out of a column; it is made in the ref editor, once dropped. */
export class DrawingRef implements PointerState {
  readonly cursor = 'crosshair';
  readonly #stage: Stage;
  readonly #rest: PointerState;
  #draft: RefDraft;

  constructor(stage: Stage, from: Handle, at: PointerAt, rest: PointerState) {
    this.#stage = stage;
    this.#rest = rest;
    this.#draft = {
      fromTable: from.table,
      fromColumn: from.column,
      side: from.side,
      at: at.world,
      toTable: null,
      toColumn: null,
    };
  }

  moved(at: PointerAt): PointerState {
    const hit = this.#stage.hit(at);
    let [toTable, toColumn]: [string | null, string | null] = [null, null];
    if (hit?.kind === 'handle' || hit?.kind === 'row')
      [toTable, toColumn] = [hit.table, hit.column];
    else if (hit?.kind === 'header') toTable = hit.table;
    this.#draft = { ...this.#draft, at: at.world, toTable, toColumn };
    this.#stage.draftRef(this.#draft);
    return this;
  }

  released(at: PointerAt): PointerState {
    this.moved(at);
    this.#stage.draftRef(null);
    const { fromTable, fromColumn, toTable, toColumn } = this.#draft;
    const isItself = toTable === fromTable && toColumn === fromColumn;
    if (toTable !== null && !isItself) {
      const to = toColumn === null ? { toTable } : { toTable, toColumn };
      this.#stage.newRef({ fromTable, fromColumn, ...to });
    }
    return this.#rest;
  }

  cancelled(): PointerState {
    this.#stage.draftRef(null);
    return this.#rest;
  }
}
