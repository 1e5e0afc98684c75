import type { LineShape } from '../scene';
import { type Frame, hair, px, py } from './frame';
import { lineColor } from './lines';
import { headerFill } from './tables';

/**
 * How strong lines are when all that is to be seen is where they run: where hundreds of them run side
 * by side, they must not be louder than the tables.
 */
const FAINT = 0.6;

/** A picture that is kept between frames, so that painting one allocates nothing. */
let kept: ImageData | null = null;

/** The part of a picture that is painted, in device pixels. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * Paints lines and tables as blocks, pixel by pixel, and puts them in place of what is in the window. From far
 * all lines are level or upright runs of whole pixels and tables are rectangles: with ten thousand
 * of them, setting pixels is many times faster than strokes and paths.
 */
export function paintPixels(
  frame: Frame,
  window: Window,
  lines: Iterable<LineShape>,
  tables: ArrayLike<number>,
): void {
  const image = imageOf(window);
  const pixels = new Pixels(new Uint32Array(image.data.buffer), window);
  const thin = hair(frame);
  for (const line of lines)
    pixels.line(frame, line, packed(lineColor(frame.palette, line), FAINT), thin);
  for (let i = 0; i < tables.length; i++) pixels.table(frame, tables[i] as number, thin);
  frame.ctx.putImageData(image, window.x, window.y, 0, 0, window.w, window.h);
}

function imageOf({ w, h }: Window): ImageData {
  if (kept === null || kept.width !== w || kept.height !== h) kept = new ImageData(w, h);
  else new Uint32Array(kept.data.buffer).fill(0);
  return kept;
}

class Pixels {
  readonly #at: Uint32Array;
  readonly #window: Window;

  constructor(at: Uint32Array, window: Window) {
    this.#at = at;
    this.#window = window;
  }

  line(frame: Frame, { way: points }: LineShape, color: number, thin: number): void {
    let x0 = px(frame, points[0] as number);
    let y0 = py(frame, points[1] as number);
    for (let i = 2; i + 1 < points.length; i += 2) {
      const x1 = px(frame, points[i] as number);
      const y1 = py(frame, points[i + 1] as number);
      this.rect(
        Math.min(x0, x1),
        Math.min(y0, y1),
        Math.abs(x1 - x0) + thin,
        Math.abs(y1 - y0) + thin,
        color,
      );
      [x0, y0] = [x1, y1];
    }
  }

  table(frame: Frame, slot: number, thin: number): void {
    const { scene, look, palette } = frame;
    const { x, y, w, h } = scene.rect(slot);
    const [left, top] = [px(frame, x), py(frame, y)];
    const width = Math.max(1, px(frame, x + w) - left);
    const height = Math.max(1, py(frame, y + h) - top);
    const inset = width > 3 * thin ? thin : 0;
    this.rect(left, top, width, height, packed(palette.outline, 1));
    if (inset > 0) {
      // The body of a table is hardly lighter than the dark ground: from far it would be lost.
      const body = packed(palette.isDark ? palette.header : palette.table, 1);
      this.rect(left + inset, top + inset, width - 2 * inset, height - 2 * inset, body);
    }
    const bottom = py(frame, y + look.headerHeight);
    const header = packed(headerFill(frame, scene.headerColor(slot)), 1);
    const deep = Math.min(height, Math.max(1, bottom - top)) - inset;
    this.rect(left + inset, top + inset, width - 2 * inset, Math.max(1, deep), header);
  }

  rect(left: number, top: number, width: number, height: number, color: number): void {
    const { x, y, w, h } = this.#window;
    const x0 = Math.max(0, left - x);
    const x1 = Math.min(w, left - x + width);
    const y0 = Math.max(0, top - y);
    const y1 = Math.min(h, top - y + height);
    if (x0 >= x1) return;
    for (let row = y0; row < y1; row++) {
      const start = row * w + x0;
      // A loop is faster than `fill` for the few pixels of an upright line.
      if (x1 - x0 > 8) this.#at.fill(color, start, start + x1 - x0);
      else for (let i = start; i < start + x1 - x0; i++) this.#at[i] = color;
    }
  }
}

const known = new Map<string, number>();

/** A colour as four bytes of a picture: `#rrggbb` or `rgb(r, g, b)`. */
function packed(color: string, alpha: number): number {
  const key = alpha === 1 ? color : `${color} ${alpha}`;
  let value = known.get(key);
  if (value === undefined) {
    const [r = 0, g = 0, b = 0] = color.startsWith('#')
      ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
      : (color.match(/\d+/g) ?? []).map(Number);
    const bytes = Uint8Array.of(r, g, b, Math.round(alpha * 255));
    value = new Uint32Array(bytes.buffer)[0] ?? 0;
    if (known.size > 1000) known.clear();
    known.set(key, value);
  }
  return value;
}
