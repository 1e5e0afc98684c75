import { Camera, type Extent, type Rect, contains, grown } from './camera';
import { type Palette, css } from './palette';
import type { Scene } from './scene';

const WIDTH = 184;
const HEIGHT = 124;
const MARGIN = 8;
/** In a narrower view it stands above the bar, which would cover it. */
const NARROW = 560;
const [LOW, HIGH] = [12, 66];

/** The whole diagram in a corner, with a frame around what is shown that can be dragged. */
export class Minimap {
  readonly element: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #onMove: (camera: Camera) => void;
  /** The tables, drawn once for each version of the scene. */
  #picture: HTMLCanvasElement | undefined;
  #drawnFor = '';
  /** From world to the minimap's CSS pixels. */
  #map = new Camera(0, 0, 1);
  #camera = new Camera(0, 0, 1);
  #view: Extent = { width: 1, height: 1 };
  #grip: { dx: number; dy: number } | null = null;

  constructor(container: HTMLElement, onMove: (camera: Camera) => void) {
    this.element = document.createElement('canvas');
    this.element.className = 'canvas-minimap';
    this.element.setAttribute('aria-hidden', 'true');
    Object.assign(this.element.style, {
      position: 'absolute',
      right: '12px',
      bottom: '12px',
      width: `${WIDTH}px`,
      height: `${HEIGHT}px`,
      borderRadius: '8px',
      touchAction: 'none',
      cursor: 'pointer',
    });
    container.append(this.element);
    const ctx = this.element.getContext('2d');
    if (ctx === null) throw new Error('this browser has no 2D canvas');
    this.#ctx = ctx;
    this.#onMove = onMove;
    this.element.addEventListener('pointerdown', (event) => this.#pressed(event));
    this.element.addEventListener('pointermove', (event) => this.#moved(event));
    for (const end of ['pointerup', 'pointercancel'] as const) {
      this.element.addEventListener(end, () => (this.#grip = null));
    }
  }

  set isShown(isShown: boolean) {
    this.element.style.display = isShown ? 'block' : 'none';
  }

  get isShown(): boolean {
    return this.element.style.display !== 'none';
  }

  paint(scene: Scene, palette: Palette, camera: Camera, view: Extent, ratio: number): void {
    if (!this.isShown) return;
    this.#camera = camera;
    this.#view = view;
    this.element.style.bottom = `${view.width < NARROW ? HIGH : LOW}px`;
    // Where all is in view there is nothing to find, and it would only cover tables.
    const bounds = scene.bounds();
    const isNeeded =
      this.#grip !== null || (bounds !== null && !contains(camera.shown(view), bounds));
    this.element.style.visibility = isNeeded ? 'visible' : 'hidden';
    if (!isNeeded) return;
    const [width, height] = [Math.round(WIDTH * ratio), Math.round(HEIGHT * ratio)];
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;

    const version = `${scene.tablesVersion} ${ratio} ${palette.ground}`;
    if (version !== this.#drawnFor) {
      this.#drawnFor = version;
      this.#picture = this.#draw(scene, palette, width, height, ratio);
    }
    const ctx = this.#ctx;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    if (this.#picture !== undefined) ctx.drawImage(this.#picture, 0, 0);

    const shown = this.#frame();
    const [x, y] = [Math.round(shown.x * ratio), Math.round(shown.y * ratio)];
    const [w, h] = [Math.round(shown.w * ratio), Math.round(shown.h * ratio)];
    ctx.fillStyle = palette.accent;
    ctx.globalAlpha = 0.1;
    ctx.fillRect(x, y, w, h);
    ctx.globalAlpha = 0.85;
    ctx.strokeStyle = palette.accent;
    ctx.lineWidth = Math.max(1, Math.round(1.5 * ratio));
    ctx.strokeRect(x + 0.5, y + 0.5, w, h);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = palette.outline;
    ctx.lineWidth = 2 * Math.round(ratio);
    ctx.beginPath();
    ctx.roundRect(0, 0, width, height, 8 * ratio);
    ctx.stroke();
  }

  #draw(scene: Scene, palette: Palette, width: number, height: number, ratio: number) {
    const picture = document.createElement('canvas');
    picture.width = width;
    picture.height = height;
    const ctx = picture.getContext('2d');
    if (ctx === null) return undefined;
    ctx.globalAlpha = 0.94;
    ctx.fillStyle = palette.table;
    ctx.fillRect(0, 0, width, height);
    ctx.globalAlpha = 1;
    const bounds = scene.bounds();
    if (bounds === null) return picture;
    this.#map = Camera.fitting(grown(bounds, 40), { width: WIDTH, height: HEIGHT }, MARGIN);
    for (let slot = 0; slot < scene.nTables; slot++) {
      if (!scene.isTable(slot)) continue;
      const { x, y, w, h } = scene.rect(slot);
      const at = this.#map.toScreen({ x, y });
      const color = scene.headerColor(slot);
      ctx.fillStyle = color < 0 ? palette.muted : css(color);
      ctx.globalAlpha = color < 0 ? 0.5 : 0.75;
      const scale = this.#map.zoom * ratio;
      ctx.fillRect(
        at.x * ratio,
        at.y * ratio,
        Math.max(1, w * scale - 0.5),
        Math.max(1, h * scale - 0.5),
      );
    }
    return picture;
  }

  /** The frame around what is shown, in the minimap's CSS pixels. */
  #frame(): Rect {
    const shown = this.#camera.shown(this.#view);
    const { x, y } = this.#map.toScreen(shown);
    return { x, y, w: shown.w * this.#map.zoom, h: shown.h * this.#map.zoom };
  }

  #pressed(event: PointerEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.element.setPointerCapture(event.pointerId);
    const at = { x: event.offsetX, y: event.offsetY };
    const { x, y, w, h } = this.#frame();
    const isInside = at.x >= x && at.x <= x + w && at.y >= y && at.y <= y + h;
    // Outside of the frame, its middle jumps to the pointer.
    this.#grip = isInside ? { dx: at.x - x, dy: at.y - y } : { dx: w / 2, dy: h / 2 };
    this.#moved(event);
  }

  #moved(event: PointerEvent): void {
    if (this.#grip === null) return;
    const corner = { x: event.offsetX - this.#grip.dx, y: event.offsetY - this.#grip.dy };
    const { x, y } = this.#map.toWorld(corner);
    this.#onMove(new Camera(x, y, this.#camera.zoom));
  }
}
