import type { Look } from '../core/generated/model';
import { type Camera, type Extent, type Rect, overlaps } from './camera';
import { type FarName, FarNames, placeOf } from './far-names';
import { type Detail, type Frame, detailAt } from './paint/frame';
import { paintGround } from './paint/ground';
import { type Overlay, paintOverlay } from './paint/overlay';
import type { Palette } from './palette';
import { Picture, type Parts, paintParts, whole } from './picture';
import { type Related, crosses } from './related';
import type { LineShape, Scene } from './scene';

/** How much of what is not related to the selection is left. */
const DIM = 0.26;

/** Tables and lines that a gesture moves: drawn above the others, which stand still. */
export interface Live {
  readonly tables: ReadonlySet<number>;
  readonly lines: ReadonlySet<number>;
}

/** The four canvases, and what of them has to be painted again. */
export class Layers {
  readonly #ground: CanvasRenderingContext2D;
  /** All lines and tables; and above them, while these are dimmed, those that are not. */
  readonly #scene: Picture;
  readonly #focus: Picture;
  readonly #overlay: CanvasRenderingContext2D;
  readonly #look: Look;
  #related: Related | null = null;
  readonly #names = new FarNames();
  view: Extent = { width: 1, height: 1 };
  ratio = 1;

  constructor(container: HTMLElement, look: Look) {
    this.#look = look;
    this.#ground = layer(container, { alpha: false });
    this.#scene = new Picture(layer(container, { alpha: true }));
    this.#focus = new Picture(layer(container, { alpha: true }));
    this.#overlay = layer(container, { alpha: true });
    this.#focus.canvas.style.display = 'none';
    this.#scene.canvas.style.transition = 'opacity 120ms';
  }

  resize(view: Extent, ratio: number): void {
    this.view = view;
    this.ratio = ratio;
    const canvases = [this.#ground.canvas, this.#scene.canvas, this.#focus.canvas];
    for (const canvas of [...canvases, this.#overlay.canvas]) {
      canvas.width = Math.max(1, Math.round(view.width * ratio));
      canvas.height = Math.max(1, Math.round(view.height * ratio));
    }
    this.spoil();
  }

  get #device(): Extent {
    const { width, height } = this.#scene.canvas;
    return { width, height };
  }

  /** The pictures of the scene are good no more. */
  spoil(): void {
    this.#scene.spoil();
    this.#focus.spoil();
  }

  /** Dims all but these; nothing for null. */
  focusOn(related: Related | null): void {
    this.#related = related;
    this.#focus.spoil();
    this.#scene.canvas.style.opacity = related === null ? '1' : `${DIM}`;
    this.#focus.canvas.style.display = related === null ? 'none' : 'block';
  }

  detail(camera: Camera): Detail {
    return detailAt(camera.zoom);
  }

  paintGround(scene: Scene, camera: Camera, palette: Palette): void {
    paintGround(this.#frame(this.#ground, scene, camera, palette), this.#device);
  }

  /**
   * Brings the scene's pictures up to the camera. While `isZooming`, heavy ones are scaled; returns
   * whether they have to be painted in earnest later.
   */
  paintScene(
    scene: Scene,
    camera: Camera,
    palette: Palette,
    live: Live,
    isZooming: boolean,
  ): boolean {
    this.#names.update(scene, camera.zoom, live.tables.size === 0);
    const namesIn = (shown: Rect) => this.#namesIn(scene, camera, shown);
    const frameOf = ({ ctx }: Picture) => this.#frame(ctx, scene, camera, palette);
    const isRough = this.#scene.paint(
      frameOf(this.#scene),
      (shown) => partsIn(scene, live, shown, namesIn(shown)),
      isZooming,
    );
    const related = this.#related;
    if (related === null) return isRough;
    const isFocusRough = this.#focus.paint(
      frameOf(this.#focus),
      (shown) => relatedIn(scene, related, live, shown, namesIn(shown)),
      isZooming,
    );
    return isRough || isFocusRough;
  }

  paintOverlay(scene: Scene, camera: Camera, palette: Palette, live: Live, overlay: Overlay): void {
    const ctx = this.#overlay;
    ctx.clearRect(0, 0, this.#device.width, this.#device.height);
    const frame = this.#frame(ctx, scene, camera, palette);
    if (live.tables.size > 0 || live.lines.size > 0) {
      const names = this.#names.names.filter(({ slot }) => live.tables.has(slot));
      const parts = { lines: shapes(scene, live.lines), tables: [...live.tables], names };
      paintParts(frame, whole(this.#device), parts);
    }
    paintOverlay(frame, overlay);
  }

  #namesIn(scene: Scene, camera: Camera, shown: Rect): readonly FarName[] {
    return this.#names.names.filter((it) => overlaps(placeOf(scene, it, camera.zoom), shown));
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

/** The lines and tables in a part of the world that stand still. */
function partsIn(scene: Scene, live: Live, shown: Rect, names: readonly FarName[]): Parts {
  const lines = scene.linesIn(shown).filter((slot) => !live.lines.has(slot));
  const tables = scene.tablesIn(shown).filter((slot) => !live.tables.has(slot));
  return {
    lines: shapes(scene, lines),
    tables: [...tables],
    names: names.filter(({ slot }) => !live.tables.has(slot)),
  };
}

function relatedIn(
  scene: Scene,
  related: Related,
  live: Live,
  shown: Rect,
  names: readonly FarName[],
): Parts {
  const lines = [...related.lines].filter((slot) => !live.lines.has(slot));
  const tables = [...related.tables].filter((slot) => !live.tables.has(slot));
  return {
    lines: shapes(scene, lines).filter((line) => crosses(line, shown)),
    tables: tables.filter((slot) => overlaps(scene.rect(slot), shown)),
    names: names.filter(({ slot }) => related.tables.has(slot) && !live.tables.has(slot)),
  };
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
