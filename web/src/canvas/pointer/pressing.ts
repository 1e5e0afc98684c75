import type { PointerAt, PointerState } from './state';

/** How far the pointer may tremble in a click, in CSS pixels. */
const TREMBLE = 4;

/** Pressed and not moved yet: it becomes a click or a drag. */
export class Pressing implements PointerState {
  readonly cursor = 'default';
  readonly #start: PointerAt;
  readonly #rest: PointerState;
  readonly #drag: () => PointerState;
  readonly #click: () => void;

  constructor(start: PointerAt, rest: PointerState, drag: () => PointerState, click: () => void) {
    this.#start = start;
    this.#rest = rest;
    this.#drag = drag;
    this.#click = click;
  }

  moved(at: PointerAt): PointerState {
    const dx = at.screen.x - this.#start.screen.x;
    const dy = at.screen.y - this.#start.screen.y;
    if (Math.hypot(dx, dy) < TREMBLE) return this;
    return this.#drag().moved(at);
  }

  released(): PointerState {
    this.#click();
    return this.#rest;
  }

  cancelled(): PointerState {
    return this.#rest;
  }
}
