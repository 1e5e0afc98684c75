import type { Look } from '../../core/generated/model';
import type { Camera, Rect } from '../camera';
import type { Palette } from '../palette';
import type { Scene } from '../scene';

/** How much of a table is drawn: its rows, its name alone, or a block. */
export type Detail = 'full' | 'names' | 'blocks';

/**
 * Everything that a painter reads. Painters draw in device pixels: a world place `p` is at
 * `Math.round(p * scale) - offset`, so that edges fall on whole pixels and moving the view by whole
 * pixels moves the picture without changing it.
 */
export interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly camera: Camera;
  readonly look: Look;
  readonly palette: Palette;
  /** Device pixels for a pixel of the world. */
  readonly scale: number;
  /** Device pixels for a CSS pixel. */
  readonly ratio: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly detail: Detail;
  /** The part of the world that is to be painted. */
  readonly shown: Rect;
}

/** Below this zoom rows cannot be read. */
const FULL_FROM = 0.42;
/** Below this zoom not even names that fill their table can. */
const NAMES_FROM = 0.1;

export function detailAt(zoom: number): Detail {
  if (zoom >= FULL_FROM) return 'full';
  return zoom >= NAMES_FROM ? 'names' : 'blocks';
}

/** Below this zoom lines have no bends and no marks that could be seen. */
const PLAIN_UNTIL = 0.16;

/** Whether lines and tables are nothing but level and upright bars. */
export function isPlain(frame: Frame): boolean {
  return frame.camera.zoom < PLAIN_UNTIL;
}

/** How many device pixels wide a thin line is: whole, and at least one. */
export function hair(frame: Frame): number {
  return Math.max(1, Math.round(frame.ratio));
}

export function px(frame: Frame, x: number): number {
  return Math.round(x * frame.scale) - frame.offsetX;
}

export function py(frame: Frame, y: number): number {
  return Math.round(y * frame.scale) - frame.offsetY;
}
