import { spanning } from '../camera';
import type { Selection } from '../selection';
import type { PointerAt, PointerState, Stage } from './state';

/** A frame is drawn around what is to be selected. */
export class Framing implements PointerState {
  readonly cursor = 'crosshair';
  readonly #stage: Stage;
  readonly #start: PointerAt;
  readonly #before: Selection;
  readonly #rest: PointerState;

  constructor(stage: Stage, start: PointerAt, rest: PointerState) {
    this.#stage = stage;
    this.#start = start;
    this.#before = stage.selection;
    this.#rest = rest;
  }

  moved(at: PointerAt): PointerState {
    const rect = spanning(this.#start.world, at.world);
    this.#stage.drawMarquee(rect);
    this.#stage.select(this.#before.with(this.#stage.within(rect)));
    return this;
  }

  released(): PointerState {
    this.#stage.drawMarquee(null);
    return this.#rest;
  }

  cancelled(): PointerState {
    this.#stage.drawMarquee(null);
    this.#stage.select(this.#before);
    return this.#rest;
  }
}
