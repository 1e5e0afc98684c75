import type { WasmEditor } from './wasm/crowfoot_wasm.js';

/** What of the core is needed here. */
export type RoutingCore = Pick<WasmEditor, 'is_routed' | 'route_more'>;

/** So long at a stretch may the page wait, in milliseconds. */
const SLICE = 16;

/** So long after it waits first: what was just opened is to be seen before. */
const FIRST = 60;

/**
 * Has the lines of a large diagram routed in slices, between which the page goes on. Until all are
 * routed they are not drawn, or drawn where they were.
 */
export class Routing {
  readonly #core: RoutingCore;
  readonly #done: () => void;
  #next: ReturnType<typeof setTimeout> | undefined;
  #isUnderWay = false;
  /** How many lines are routed in about a quarter of a slice, as far as is known. */
  #pace = 16;

  /** `done` hears when all are routed. */
  constructor(core: RoutingCore, done: () => void) {
    this.#core = core;
    this.#done = done;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** The diagram is there, or has changed. */
  look(): void {
    if (this.#isUnderWay || this.#core.is_routed()) return;
    this.#isUnderWay = true;
    this.#later(FIRST);
  }

  close(): void {
    clearTimeout(this.#next);
  }

  #later(delay: number): void {
    this.#next = setTimeout(() => this.#route(), delay);
  }

  #route(): void {
    const start = performance.now();
    let took = 0;
    let isDone = false;
    while (!isDone && took < SLICE) {
      isDone = this.#core.route_more(this.#pace);
      const now = performance.now() - start;
      // Short lines take a tenth of the time of long ones.
      if (now - took < SLICE / 8) this.#pace = Math.min(this.#pace * 2, 4096);
      else if (now - took > SLICE / 2) this.#pace = Math.max(1, this.#pace >> 1);
      took = now;
    }
    if (!isDone) {
      this.#later(0);
      return;
    }
    this.#isUnderWay = false;
    this.#done();
  }
}
