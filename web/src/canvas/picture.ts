import type { Extent, Rect } from './camera';
import type { FarName } from './far-names';
import { type Frame, isPlain } from './paint/frame';
import { paintLines } from './paint/lines';
import { type Window, paintPixels } from './paint/pixels';
import { paintFarNames } from './paint/far-names';
import { paintNames, paintTables } from './paint/tables';
import type { LineShape } from './scene';

/** From this many tables and lines in view a zoom shows a scaled picture until it comes to rest. */
const HEAVY = 220;
/** A scaled picture that is further off than this is too coarse. */
const COARSE = 1.7;

/** What a part of the world shows: lines, the slots of tables, and names that cover these. */
export interface Parts {
  readonly lines: readonly LineShape[];
  readonly tables: readonly number[];
  readonly names: readonly FarName[];
}

interface Painted {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/**
 * A canvas of lines and tables that is painted once and then moved along: a pan paints what comes
 * into view, a zoom scales the picture until it comes to rest.
 */
export class Picture {
  readonly ctx: CanvasRenderingContext2D;
  /** What the canvas shows, while it can be moved along; null when it must be painted. */
  #painted: Painted | null = null;
  /** A copy to be scaled while zooming. */
  #kept: { readonly canvas: HTMLCanvasElement; readonly of: Painted } | null = null;
  #isHeavy = false;

  constructor(ctx: CanvasRenderingContext2D) {
    this.ctx = ctx;
  }

  get canvas(): HTMLCanvasElement {
    return this.ctx.canvas;
  }

  /** The picture is good no more. */
  spoil(): void {
    this.#painted = null;
    this.#kept = null;
  }

  /**
   * Brings the picture up to the camera. While `isZooming`, a heavy one is scaled; returns whether
   * it has to be painted in earnest later.
   */
  paint(frame: Frame, partsIn: (shown: Rect) => Parts, isZooming: boolean): boolean {
    const before = this.#painted;
    if (before !== null && before.scale === frame.scale) {
      this.#kept = null;
      this.#shift(frame, before, partsIn);
      return false;
    }
    if (isZooming && this.#isHeavy && this.#stretch(frame, before)) return true;

    this.#kept = null;
    this.#isHeavy = paintWindow(frame, whole(this.canvas), partsIn) > HEAVY;
    this.#painted = at(frame);
    return false;
  }

  /** Moves the picture by whole pixels and paints what came into view. */
  #shift(frame: Frame, before: Painted, partsIn: (shown: Rect) => Parts): void {
    const dx = frame.offsetX - before.offsetX;
    const dy = frame.offsetY - before.offsetY;
    if (dx === 0 && dy === 0) return;
    const ctx = this.ctx;
    const { width, height } = this.canvas;
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) {
      paintWindow(frame, whole(this.canvas), partsIn);
    } else {
      ctx.globalCompositeOperation = 'copy';
      ctx.drawImage(ctx.canvas, -dx, -dy);
      ctx.globalCompositeOperation = 'source-over';
      if (dx !== 0) {
        const x = dx > 0 ? width - dx : 0;
        paintWindow(frame, { x, y: 0, w: Math.abs(dx), h: height }, partsIn);
      }
      if (dy !== 0) {
        const y = dy > 0 ? height - dy : 0;
        paintWindow(frame, { x: 0, y, w: width, h: Math.abs(dy) }, partsIn);
      }
    }
    this.#painted = at(frame);
  }

  /** Shows a scaled picture. Returns whether there is one that is good enough. */
  #stretch(frame: Frame, before: Painted | null): boolean {
    const ctx = this.ctx;
    if (this.#kept === null) {
      if (before === null) return false;
      this.#kept = { canvas: copyOf(ctx.canvas), of: before };
    }
    const { canvas, of } = this.#kept;
    const factor = frame.scale / of.scale;
    if (factor > COARSE || factor < 1 / COARSE) return false;
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
}

/** Paints the parts in a window of the canvas anew. Returns how many there are. */
function paintWindow(frame: Frame, window: Window, partsIn: (shown: Rect) => Parts): number {
  const { ctx, scale } = frame;
  const { x, y, w, h } = window;
  // What sticks out of a table or a line, such as a mark, may come in from beside the window.
  const reach = 24 + 4 / scale;
  const shown: Rect = {
    x: (x + frame.offsetX) / scale - reach,
    y: (y + frame.offsetY) / scale - reach,
    w: w / scale + 2 * reach,
    h: h / scale + 2 * reach,
  };
  const parts = partsIn(shown);
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  ctx.clearRect(x, y, w, h);
  paintParts({ ...frame, shown }, window, parts);
  ctx.restore();
  return parts.lines.length + parts.tables.length;
}

/** Paints into a window that is empty. */
export function paintParts(frame: Frame, window: Window, { lines, tables, names }: Parts): void {
  if (isPlain(frame)) {
    paintPixels(frame, window, lines, tables);
    if (frame.detail !== 'blocks') paintNames(frame, tables);
  } else {
    paintLines(frame, lines);
    paintTables(frame, tables);
  }
  paintFarNames(frame, names);
}

/** All of the canvas. */
export function whole({ width, height }: Extent): Window {
  return { x: 0, y: 0, w: width, h: height };
}

function at(frame: Frame): Painted {
  return { scale: frame.scale, offsetX: frame.offsetX, offsetY: frame.offsetY };
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}
