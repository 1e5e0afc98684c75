import type { WorldPoint } from '../camera';
import type { PointerAt, PointerState, Stage } from './state';

/** What is selected follows the pointer; it is placed once, when the pointer lets go. */
export class DraggingThings implements PointerState {
  readonly cursor = 'grabbing';
  readonly #stage: Stage;
  readonly #start: WorldPoint;
  readonly #rest: PointerState;

  constructor(stage: Stage, start: PointerAt, rest: PointerState) {
    this.#stage = stage;
    this.#start = start.world;
    this.#rest = rest;
  }

  moved(at: PointerAt): PointerState {
    const [dx, dy] = this.#way(at);
    this.#stage.preview(dx, dy);
    return this;
  }

  released(at: PointerAt): PointerState {
    const [dx, dy] = this.#way(at);
    this.#stage.place(dx, dy);
    return this.#rest;
  }

  cancelled(): PointerState {
    this.#stage.dropPreview();
    return this.#rest;
  }

  #way(at: PointerAt): [number, number] {
    return [Math.round(at.world.x - this.#start.x), Math.round(at.world.y - this.#start.y)];
  }
}
