import type { PointerAt, PointerState } from './state';

/** How far a finger may tremble in a tap, in CSS pixels. */
const TREMBLE = 8;
/** A finger that rests for so long takes hold of what lies under it. */
const HOLD = 420;

/** What a finger can begin. */
export interface Touch {
  /** What follows if it moves on at once. */
  readonly pan: () => PointerState;
  /** What follows if it has rested before it moves. */
  readonly drag: () => PointerState;
  /** What a tap does, and what shows that it has taken hold. */
  readonly tap: () => void;
  readonly hold: () => void;
}

/**
 * A finger is down and has not moved yet: it becomes a tap, moves the view, or, once it has rested,
 * drags what lies under it.
 */
export class Touching implements PointerState {
  readonly cursor = 'default';
  readonly #start: PointerAt;
  readonly #rest: PointerState;
  readonly #touch: Touch;
  readonly #timer: ReturnType<typeof setTimeout>;
  #hasHold = false;

  constructor(start: PointerAt, rest: PointerState, touch: Touch) {
    this.#start = start;
    this.#rest = rest;
    this.#touch = touch;
    this.#timer = setTimeout(() => {
      this.#hasHold = true;
      touch.hold();
    }, HOLD);
  }

  moved(at: PointerAt): PointerState {
    const dx = at.screen.x - this.#start.screen.x;
    const dy = at.screen.y - this.#start.screen.y;
    if (Math.hypot(dx, dy) < TREMBLE) return this;
    clearTimeout(this.#timer);
    const next = this.#hasHold ? this.#touch.drag() : this.#touch.pan();
    return next.moved(at);
  }

  released(): PointerState {
    clearTimeout(this.#timer);
    if (!this.#hasHold) this.#touch.tap();
    return this.#rest;
  }

  cancelled(): PointerState {
    clearTimeout(this.#timer);
    return this.#rest;
  }
}
