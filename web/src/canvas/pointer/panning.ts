import type { Camera } from '../camera';
import type { PointerAt, PointerState, Stage } from './state';

/** The view follows the pointer. */
export class Panning implements PointerState {
  readonly cursor = 'grabbing';
  readonly #stage: Stage;
  readonly #start: Camera;
  readonly #grip: PointerAt;
  readonly #rest: PointerState;

  constructor(stage: Stage, grip: PointerAt, rest: PointerState) {
    this.#stage = stage;
    this.#start = stage.camera;
    this.#grip = grip;
    this.#rest = rest;
  }

  moved(at: PointerAt): PointerState {
    const dx = this.#grip.screen.x - at.screen.x;
    const dy = this.#grip.screen.y - at.screen.y;
    this.#stage.setCamera(this.#start.panned(dx, dy));
    return this;
  }

  released(): PointerState {
    return this.#rest;
  }

  cancelled(): PointerState {
    this.#stage.setCamera(this.#start);
    return this.#rest;
  }
}
