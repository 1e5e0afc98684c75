import { Selection } from '../selection';
import { DraggingThings } from './dragging-things';
import { DrawingRef } from './drawing-ref';
import { Framing } from './framing';
import { Panning } from './panning';
import { Pressing } from './pressing';
import type { PointerAt, PointerState, Stage } from './state';

/** Nothing is held: what lies under the pointer lights up. */
export class Resting implements PointerState {
  readonly #stage: Stage;
  #cursor = 'default';

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get cursor(): string {
    return this.#cursor;
  }

  moved(at: PointerAt): PointerState {
    const hit = this.#stage.hit(at);
    this.#stage.hover(hit, at);
    this.#cursor = at.isPanning ? 'grab' : cursorOver(hit?.kind, this.#stage.hasRows);
    return this;
  }

  /** What a press begins. */
  pressed(at: PointerAt): PointerState {
    const stage = this.#stage;
    if (at.isPanning) return new Panning(stage, at, this);
    const hit = stage.hit(at);
    stage.hover(null, at);
    const frame = () => new Framing(stage, at, this);
    const pan = () => new Panning(stage, at, this);
    if (hit === null) {
      return new Pressing(at, this, at.isAdding ? frame : pan, () => {
        if (!at.isAdding) stage.select(Selection.none);
      });
    }

    switch (hit.kind) {
      case 'handle':
        if (!stage.hasRows) return this.#grab(new Selection([hit.table]), at);
        return new Pressing(
          at,
          this,
          () => new DrawingRef(stage, hit, at, this),
          () => this.#click(new Selection([hit.table]), at),
        );
      case 'row':
      case 'header':
        return this.#grab(new Selection([hit.table]), at);
      case 'note':
        return this.#grab(new Selection([], [], [hit.id]), at);
      case 'group': {
        const tables = new Selection(stage.groupTables(hit.id));
        if (at.isAdding) return new Pressing(at, this, frame, () => this.#click(tables, at));
        return this.#grab(tables, at);
      }
      case 'line':
        return new Pressing(at, this, at.isAdding ? frame : pan, () =>
          this.#click(new Selection([], [hit.id]), at),
        );
      default:
        hit satisfies never;
        return this;
    }
  }

  released(): PointerState {
    return this;
  }

  cancelled(): PointerState {
    return this;
  }

  /** Takes hold of something that can be moved. */
  #grab(thing: Selection, at: PointerAt): PointerState {
    const stage = this.#stage;
    const before = stage.selection;
    const drag = () => {
      if (!before.has(thing)) stage.select(at.isAdding ? before.with(thing) : thing);
      return new DraggingThings(stage, at, this);
    };
    return new Pressing(at, this, drag, () => this.#click(thing, at));
  }

  #click(thing: Selection, at: PointerAt): void {
    const { selection } = this.#stage;
    this.#stage.select(at.isAdding ? selection.toggled(thing) : thing);
  }
}

function cursorOver(kind: string | undefined, hasRows: boolean): string {
  switch (kind) {
    case 'handle':
      return hasRows ? 'crosshair' : 'pointer';
    case 'row':
    case 'header':
    case 'line':
    case 'note':
      return 'pointer';
    default:
      return 'default';
  }
}
