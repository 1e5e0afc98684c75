import { Camera, type ScreenPoint, type WorldPoint } from '../camera';
import type { Stage } from './state';

/** Two fingers: what lies under them stays under them. */
export class Pinching {
  readonly #stage: Stage;
  readonly #zoom: number;
  readonly #reach: number;
  readonly #grip: WorldPoint;

  constructor(stage: Stage, a: ScreenPoint, b: ScreenPoint) {
    this.#stage = stage;
    this.#zoom = stage.camera.zoom;
    this.#reach = Math.max(1, distance(a, b));
    this.#grip = stage.camera.toWorld(middle(a, b));
  }

  moved(a: ScreenPoint, b: ScreenPoint): void {
    const { zoom } = new Camera(0, 0, (this.#zoom * distance(a, b)) / this.#reach);
    const at = middle(a, b);
    this.#stage.setCamera(new Camera(this.#grip.x - at.x / zoom, this.#grip.y - at.y / zoom, zoom));
  }
}

function distance(a: ScreenPoint, b: ScreenPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: ScreenPoint, b: ScreenPoint): ScreenPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
