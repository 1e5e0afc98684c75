import type { Scene } from './scene';
import { Selection } from './selection';
import { type Stop, walk } from './walk';

/** What keys do to the drawing. */
export interface Keys {
  selection(): Selection;
  select(selection: Selection): void;
  /** Brings it into view. */
  show(stop: Stop): void;
  open(): void;
  remove(): void;
  /** Returns whether there was anything to end. */
  escape(): boolean;
  pan(dx: number, dy: number): void;
  preview(dx: number, dy: number): void;
  place(dx: number, dy: number): void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** After this long without another step, what arrows moved is placed. */
const REST = 600;

/** The drawing from the keyboard: Tab walks, arrows move, Enter opens, Delete deletes. */
export class Keyboard {
  readonly #scene: Scene;
  readonly #keys: Keys;
  #stops: Stop[] | null = null;
  /** Escape with nothing selected lets the next Tab leave the drawing. */
  #isLeaving = false;
  #way = { dx: 0, dy: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(scene: Scene, keys: Keys) {
    this.#scene = scene;
    this.#keys = keys;
  }

  /** Returns whether the key meant something here. */
  pressed(event: KeyboardEvent): boolean {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key !== 'Tab' && key !== 'Shift') this.#isLeaving = false;
    const arrow = ARROWS[key];
    if (arrow !== undefined) {
      this.#step(arrow, event.shiftKey);
      return true;
    }
    switch (key) {
      case 'Tab':
        return this.#walk(event.shiftKey ? -1 : 1);
      case 'Enter':
        this.finish();
        this.#keys.open();
        return !this.#keys.selection().isEmpty;
      case 'Delete':
      case 'Backspace':
        this.finish();
        this.#keys.remove();
        return true;
      case 'Escape': {
        const hadWay = this.#abandon();
        const hadMore = this.#keys.escape();
        this.#isLeaving = !hadWay && !hadMore;
        return hadWay || hadMore;
      }
      default:
        return false;
    }
  }

  released(event: KeyboardEvent): void {
    if (ARROWS[event.key] === undefined || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.finish(), REST);
  }

  /** Places what arrows have moved. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { dx, dy } = this.#way;
    this.#way = { dx: 0, dy: 0 };
    if (dx !== 0 || dy !== 0) this.#keys.place(dx, dy);
  }

  /** The diagram changed: the walk is planned anew. */
  forget(): void {
    this.#stops = null;
  }

  /** Puts back what arrows have moved. Returns whether there was any. */
  #abandon(): boolean {
    const isMoved = this.#way.dx !== 0 || this.#way.dy !== 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#way = { dx: 0, dy: 0 };
    if (isMoved) this.#keys.place(0, 0);
    return isMoved;
  }

  #step([x, y]: readonly [number, number], isFine: boolean): void {
    const { tables, notes } = this.#keys.selection();
    if (tables.size + notes.size === 0) {
      this.#keys.pan(x * 60, y * 60);
      return;
    }
    const by = isFine ? 1 : 10;
    this.#way = { dx: this.#way.dx + x * by, dy: this.#way.dy + y * by };
    this.#keys.preview(this.#way.dx, this.#way.dy);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.finish(), REST);
  }

  #walk(by: 1 | -1): boolean {
    if (this.#isLeaving) return false;
    this.finish();
    this.#stops ??= walk(this.#scene);
    const stops = this.#stops;
    const selection = this.#keys.selection();
    const here = stops.findIndex((it) =>
      it.kind === 'table' ? selection.tables.has(it.id) : selection.refs.has(it.id),
    );
    const next = here < 0 ? (by > 0 ? 0 : stops.length - 1) : here + by;
    const stop = stops[next];
    // Beyond the last stop the keyboard goes on to what follows the drawing.
    if (stop === undefined) return false;
    const one = stop.kind === 'table' ? new Selection([stop.id]) : new Selection([], [stop.id]);
    this.#keys.select(one);
    this.#keys.show(stop);
    return true;
  }
}
