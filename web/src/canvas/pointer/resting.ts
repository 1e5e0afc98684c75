import type { HitFace } from '../../core/generated/model';
import { Selection } from '../selection';
import { DraggingThings } from './dragging-things';
import { DrawingRef } from './drawing-ref';
import { Framing } from './framing';
import { Panning } from './panning';
import { Pressing } from './pressing';
import { Touching } from './touching';
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
    if (at.isTouch) return this.#touched(at);
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

  /** A finger moves the view, and drags what it has rested on or what is selected. */
  #touched(at: PointerAt): PointerState {
    const stage = this.#stage;
    const hit = stage.hit(at);
    const thing = thingOf(stage, hit);
    const isLoose = hit === null || hit.kind === 'line';
    const drag = () => {
      if (isLoose) return new Framing(stage, at, this);
      if (hit.kind === 'handle' && stage.hasRows) return new DrawingRef(stage, hit, at, this);
      return new DraggingThings(stage, at, this);
    };
    const select = () => {
      if (!stage.selection.has(thing) || thing.isEmpty) stage.select(thing);
    };
    const isHeld = !isLoose && hit.kind !== 'group' && stage.selection.has(thing);
    return new Touching(at, this, {
      pan: () => (isHeld ? new DraggingThings(stage, at, this) : new Panning(stage, at, this)),
      drag,
      tap: () => stage.select(thing),
      hold: () => {
        select();
        stage.tookHold();
      },
    });
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

/** What is selected by a tap there. */
function thingOf(stage: Stage, hit: HitFace | null): Selection {
  switch (hit?.kind) {
    case 'handle':
    case 'row':
    case 'header':
      return new Selection([hit.table]);
    case 'line':
      return new Selection([], [hit.id]);
    case 'note':
      return new Selection([], [], [hit.id]);
    case 'group':
      return new Selection(stage.groupTables(hit.id));
    default:
      return Selection.none;
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
