import type { Look } from '../core/generated/model';
import { type Camera, type Extent, type Rect, grown } from './camera';
import { type Detail, type Frame, detailAt } from './paint/frame';
import { paintGround } from './paint/ground';
import { paintLines } from './paint/lines';
import { type Overlay, paintOverlay } from './paint/overlay';
import { paintTables } from './paint/tables';
import type { Palette } from './palette';
import type { LineShape, Scene } from './scene';

/** From this many tables and lines in view a zoom shows a scaled picture until it comes to rest. */
const HEAVY = 220;
/** A scaled picture that is further off than this is too coarse. */
const COARSE = 1.7;

/** Tables and lines that a gesture moves: drawn above the others, which stand still. */
export interface Live {
  readonly tables: ReadonlySet<number>;
  readonly lines: ReadonlySet<number>;
}

interface Painted {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The three canvases, and what of them has to be painted again. */
export class Layers {
  readonly #ground: CanvasRenderingContext2D;
  readonly #scene: CanvasRenderingContext2D;
  readonly #overlay: CanvasRenderingContext2D;
  readonly #look: Look;
  /** What the scene's canvas shows, while it can be moved along; null when it must be painted. */
  #painted: Painted | null = null;
  /** A picture of the scene to be scaled while zooming. */
  #kept: { readonly canvas: HTMLCanvasElement; readonly of: Painted } | null = null;
  #isHeavy = false;
  view: Extent = { width: 1, height: 1 };
  ratio = 1;

  constructor(container: HTMLElement, look: Look) {
    this.#look = look;
    this.#ground = layer(container, { alpha: false });
    this.#scene = layer(container, { alpha: true });
    this.#overlay = layer(container, { alpha: true });
  }

  resize(view: Extent, ratio: number): void {
    this.view = view;
    this.ratio = ratio;
    for (const { canvas } of [this.#ground, this.#scene, this.#overlay]) {
      canvas.width = Math.max(1, Math.round(view.width * ratio));
      canvas.height = Math.max(1, Math.round(view.height * ratio));
    }
    this.#painted = null;
    this.#kept = null;
  }

  get #device(): Extent {
    const { width, height } = this.#scene.canvas;
    return { width, height };
  }

  /** The picture of the scene is good no more. */
  spoil(): void {
    this.#painted = null;
    this.#kept = null;
  }

  detail(camera: Camera): Detail {
    return detailAt(camera.zoom);
  }

  paintGround(scene: Scene, camera: Camera, palette: Palette): void {
    paintGround(this.#frame(this.#ground, scene, camera, palette), this.#device);
  }

  /**
   * Brings the scene's picture up to the camera. While `isZooming`, a heavy scene is shown by a
   * scaled picture; returns whether it has to be painted in earnest later.
   */
  paintScene(
    scene: Scene,
    camera: Camera,
    palette: Palette,
    live: Live,
    isZooming: boolean,
  ): boolean {
    const ctx = this.#scene;
    const frame = this.#frame(ctx, scene, camera, palette);
    const before = this.#painted;
    if (before !== null && before.scale === frame.scale) {
      this.#kept = null;
      this.#shift(frame, before, live);
      return false;
    }
    if (isZooming && this.#isHeavy && this.#stretch(frame, before)) return true;

    this.#kept = null;
    ctx.clearRect(0, 0, this.#device.width, this.#device.height);
    this.#isHeavy = paintParts(frame, live) > HEAVY;
    this.#painted = at(frame);
    return false;
  }

  paintOverlay(scene: Scene, camera: Camera, palette: Palette, live: Live, overlay: Overlay): void {
    const ctx = this.#overlay;
    ctx.clearRect(0, 0, this.#device.width, this.#device.height);
    const frame = this.#frame(ctx, scene, camera, palette);
    if (live.tables.size > 0 || live.lines.size > 0) {
      paintLines(frame, shapes(scene, live.lines));
      paintTables(frame, [...live.tables]);
    }
    paintOverlay(frame, overlay);
  }

  /** Moves the picture by whole pixels and paints what came into view. */
  #shift(frame: Frame, before: Painted, live: Live): void {
    const dx = frame.offsetX - before.offsetX;
    const dy = frame.offsetY - before.offsetY;
    if (dx === 0 && dy === 0) return;
    const ctx = this.#scene;
    const { width, height } = this.#device;
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) {
      ctx.clearRect(0, 0, width, height);
      paintParts(frame, live);
    } else {
      ctx.globalCompositeOperation = 'copy';
      ctx.drawImage(ctx.canvas, -dx, -dy);
      ctx.globalCompositeOperation = 'source-over';
      if (dx !== 0) this.#strip(frame, live, dx > 0 ? width - dx : 0, 0, Math.abs(dx), height);
      if (dy !== 0) this.#strip(frame, live, 0, dy > 0 ? height - dy : 0, width, Math.abs(dy));
    }
    this.#painted = at(frame);
  }

  #strip(frame: Frame, live: Live, x: number, y: number, w: number, h: number): void {
    const ctx = this.#scene;
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, y, w, h);
    ctx.clip();
    ctx.clearRect(x, y, w, h);
    const world = {
      x: (x + frame.offsetX) / frame.scale,
      y: (y + frame.offsetY) / frame.scale,
      w: w / frame.scale,
      h: h / frame.scale,
    };
    paintParts({ ...frame, shown: world }, live);
    ctx.restore();
  }

  /** Shows a scaled picture. Returns whether there is one that is good enough. */
  #stretch(frame: Frame, before: Painted | null): boolean {
    if (this.#kept === null) {
      if (before === null) return false;
      const canvas = document.createElement('canvas');
      canvas.width = this.#device.width;
      canvas.height = this.#device.height;
      canvas.getContext('2d')?.drawImage(this.#scene.canvas, 0, 0);
      this.#kept = { canvas, of: before };
    }
    const { canvas, of } = this.#kept;
    const factor = frame.scale / of.scale;
    if (factor > COARSE || factor < 1 / COARSE) return false;
    const ctx = this.#scene;
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(
      canvas,
      of.offsetX * factor - frame.offsetX,
      of.offsetY * factor - frame.offsetY,
      canvas.width * factor,
      canvas.height * factor,
    );
    this.#painted = null;
    return true;
  }

  #frame(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, palette: Palette): Frame {
    const scale = camera.zoom * this.ratio;
    return {
      ctx,
      scene,
      camera,
      look: this.#look,
      palette,
      scale,
      ratio: this.ratio,
      offsetX: Math.round(camera.x * scale),
      offsetY: Math.round(camera.y * scale),
      detail: detailAt(camera.zoom),
      shown: camera.shown(this.view),
    };
  }
}

function at(frame: Frame): Painted {
  return { scale: frame.scale, offsetX: frame.offsetX, offsetY: frame.offsetY };
}

/** Paints the lines and tables in the frame's part of the world. Returns how many there are. */
function paintParts(frame: Frame, live: Live): number {
  const { scene, scale } = frame;
  const shown: Rect = grown(frame.shown, 24 + 4 / scale);
  const lines = scene.linesIn(shown).filter((slot) => !live.lines.has(slot));
  const tables = scene.tablesIn(shown).filter((slot) => !live.tables.has(slot));
  paintLines(frame, shapes(scene, lines));
  paintTables(frame, tables);
  return lines.length + tables.length;
}

function shapes(scene: Scene, slots: Iterable<number>): LineShape[] {
  const found: LineShape[] = [];
  for (const slot of slots) {
    const line = scene.lines[slot];
    if (line !== undefined) found.push(line);
  }
  return found;
}

function layer(
  container: HTMLElement,
  settings: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
  });
  container.append(canvas);
  const ctx = canvas.getContext('2d', settings);
  if (ctx === null) throw new Error('this browser has no 2D canvas');
  return ctx;
}
