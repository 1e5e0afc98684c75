/** A place in pixels of the diagram at zoom 1. */
export interface WorldPoint {
  readonly x: number;
  readonly y: number;
}

/** A place in CSS pixels from the canvas's corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** How much of a view bars cover at its upper and lower edge. */
export interface Covered {
  readonly top: number;
  readonly bottom: number;
}

export const MIN_ZOOM = 0.01;
export const MAX_ZOOM = 4;

/** Which part of the diagram is shown: the world's place in the corner, and the zoom. */
export class Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;

  constructor(x: number, y: number, zoom: number) {
    this.x = x;
    this.y = y;
    this.zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
  }

  toWorld(at: ScreenPoint): WorldPoint {
    return { x: this.x + at.x / this.zoom, y: this.y + at.y / this.zoom };
  }

  toScreen(at: WorldPoint): ScreenPoint {
    return { x: (at.x - this.x) * this.zoom, y: (at.y - this.y) * this.zoom };
  }

  /** Moves the view by so many CSS pixels. */
  panned(dx: number, dy: number): Camera {
    return new Camera(this.x + dx / this.zoom, this.y + dy / this.zoom, this.zoom);
  }

  /** Zooms so that what lies at `at` stays there. */
  zoomedAt(at: ScreenPoint, zoom: number): Camera {
    const world = this.toWorld(at);
    const next = new Camera(0, 0, zoom);
    return new Camera(world.x - at.x / next.zoom, world.y - at.y / next.zoom, next.zoom);
  }

  /** The part of the world that a view of that size shows. */
  shown(view: Extent): Rect {
    return { x: this.x, y: this.y, w: view.width / this.zoom, h: view.height / this.zoom };
  }

  /** The camera that shows all of a rectangle, in the middle, at zoom 1 at most. */
  static fitting(rect: Rect, view: Extent, margin = 40, maxZoom = 1): Camera {
    const room = {
      width: Math.max(1, view.width - 2 * margin),
      height: Math.max(1, view.height - 2 * margin),
    };
    const zoom = Math.min(room.width / Math.max(1, rect.w), room.height / Math.max(1, rect.h));
    return Camera.centredOn(rect, view, Math.min(maxZoom, zoom));
  }

  /** The same where bars lie over the view's upper and lower edge. */
  static fittingBetween(rect: Rect, view: Extent, { top, bottom }: Covered): Camera {
    const { width, height } = view;
    const { x, y, zoom } = Camera.fitting(rect, { width, height: height - top - bottom });
    return new Camera(x, y - top / zoom, zoom);
  }

  /** The camera that has the middle of a rectangle in the middle of the view. */
  static centredOn(rect: Rect, view: Extent, zoom: number): Camera {
    const { zoom: z } = new Camera(0, 0, zoom);
    const x = rect.x + rect.w / 2 - view.width / 2 / z;
    const y = rect.y + rect.h / 2 - view.height / 2 / z;
    return new Camera(x, y, z);
  }

  /** A camera on the way to another one; 0 is this one and 1 the other. */
  towards(other: Camera, t: number): Camera {
    // Zoom is felt by ratio, so it goes by ratio.
    const zoom = this.zoom * (other.zoom / this.zoom) ** t;
    // The place goes so that what both see moves straight across the view.
    const far = Math.abs(other.zoom - this.zoom) > 1e-6 * this.zoom;
    const share = far ? (1 / zoom - 1 / this.zoom) / (1 / other.zoom - 1 / this.zoom) : t;
    return new Camera(
      this.x + (other.x - this.x) * share,
      this.y + (other.y - this.y) * share,
      zoom,
    );
  }

  equals(other: Camera): boolean {
    return this.x === other.x && this.y === other.y && this.zoom === other.zoom;
  }
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Whether all of the inner rectangle lies in the outer one. */
export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

/** The rectangle between two opposite corners. */
export function spanning(a: WorldPoint, b: WorldPoint): Rect {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    w: Math.abs(a.x - b.x),
    h: Math.abs(a.y - b.y),
  };
}

export function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, w: rect.w + 2 * by, h: rect.h + 2 * by };
}

/** The smallest rectangle around both. */
export function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const w = Math.max(a.x + a.w, b.x + b.w) - x;
  return { x, y, w, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
