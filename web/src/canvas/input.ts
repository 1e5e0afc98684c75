import type { Camera, Extent, ScreenPoint } from './camera';
import { Panning } from './pointer/panning';
import { Pinching } from './pointer/pinching';
import { Resting } from './pointer/resting';
import type { PointerAt, PointerState, Stage } from './pointer/state';

/** What input asks of the drawing besides what pointer states may do. */
export interface InputHost {
  readonly stage: Stage;
  readonly view: Extent;
  /** Before anything is pressed or turned: animations and steps by key come to their end. */
  settle(): void;
  opened(at: PointerAt): void;
  keyPressed(event: KeyboardEvent): boolean;
  keyReleased(event: KeyboardEvent): void;
  left(): void;
}

/** Pointers, wheel and keys of the drawing's element; holds the state of the pointer. */
export class Input {
  readonly #root: HTMLElement;
  readonly #host: InputHost;
  readonly #resting: Resting;
  #state: PointerState;
  #pinch: Pinching | null = null;
  readonly #fingers = new Map<number, ScreenPoint>();
  #isSpaceHeld = false;

  constructor(root: HTMLElement, host: InputHost) {
    this.#root = root;
    this.#host = host;
    this.#resting = new Resting(host.stage);
    this.#state = this.#resting;
    const on = <K extends keyof HTMLElementEventMap>(
      kind: K,
      listener: (event: HTMLElementEventMap[K]) => void,
      options?: AddEventListenerOptions,
    ) => root.addEventListener(kind, listener, options);
    on('pointerdown', (event) => this.#pressed(event));
    on('pointermove', (event) => this.#moved(event));
    on('pointerup', (event) => this.#released(event));
    on('pointercancel', (event) => this.#lost(event));
    on('pointerleave', (event) => {
      if (this.isResting) host.stage.hover(null, this.#at(event));
    });
    on('dblclick', (event) => host.opened(this.#at(event)));
    on('wheel', (event) => this.#wheeled(event), { passive: false });
    on('keydown', (event) => this.#keyed(event));
    on('keyup', (event) => {
      if (event.key === ' ') this.#isSpaceHeld = false;
      host.keyReleased(event);
    });
    on('blur', () => {
      this.#isSpaceHeld = false;
      host.left();
    });
    on('contextmenu', (event) => event.preventDefault());
  }

  /** Whether no gesture is under way. */
  get isResting(): boolean {
    return this.#state === this.#resting;
  }

  /** Ends a gesture without trace. Returns whether there was one. */
  cancel(): boolean {
    if (this.isResting) return false;
    this.#become(this.#state.cancelled());
    return true;
  }

  #at(event: MouseEvent): PointerAt {
    const box = this.#root.getBoundingClientRect();
    const screen = { x: event.clientX - box.left, y: event.clientY - box.top };
    return {
      screen,
      world: this.#host.stage.camera.toWorld(screen),
      isAdding: event.shiftKey || event.metaKey || event.ctrlKey,
      isPanning: this.#isSpaceHeld || (event.buttons & 4) !== 0,
      isTouch: event instanceof PointerEvent && event.pointerType === 'touch',
    };
  }

  #pressed(event: PointerEvent): void {
    if (event.button > 1) return;
    event.preventDefault();
    this.#root.focus({ preventScroll: true });
    this.#host.settle();
    const at = this.#at(event);
    this.#root.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, at.screen);
    // A third finger changes nothing: a press of its own would never be let go.
    if (this.#pinch !== null && this.#fingers.size > 2) return;
    if (this.#fingers.size === 2) {
      // The second finger goes on from where the first one has moved the view to.
      if (this.#state instanceof Panning) this.#become(this.#state.released());
      this.cancel();
      const [a, b] = [...this.#fingers.values()] as [ScreenPoint, ScreenPoint];
      this.#pinch = new Pinching(this.#host.stage, a, b);
      return;
    }
    this.#become(this.#resting.pressed(at));
  }

  #moved(event: PointerEvent): void {
    const at = this.#at(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, at.screen);
    if (this.#pinch === null) {
      this.#become(this.#state.moved(at));
      return;
    }
    const [a, b] = [...this.#fingers.values()];
    if (a !== undefined && b !== undefined) this.#pinch.moved(a, b);
  }

  #released(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#pinch === null) {
      this.#become(this.#state.released(this.#at(event)));
      return;
    }
    if (this.#fingers.size > 1) return;
    this.#pinch = null;
    const [screen] = this.#fingers.values();
    if (screen === undefined) return;
    // The finger that stays moves the view on.
    const { stage } = this.#host;
    const at = { ...this.#at(event), screen, world: stage.camera.toWorld(screen) };
    this.#become(new Panning(stage, at, this.#resting));
  }

  #lost(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#pinch = null;
    this.#become(this.#state.cancelled());
  }

  #become(state: PointerState): void {
    this.#state = state;
    this.#root.style.cursor = state.cursor;
  }

  #wheeled(event: WheelEvent): void {
    event.preventDefault();
    this.#host.settle();
    const { stage, view } = this.#host;
    const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? view.height : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    stage.setCamera(wheeled(stage.camera, event, this.#at(event).screen, dx, dy));
    if (this.isResting) this.#become(this.#state.moved(this.#at(event)));
  }

  #keyed(event: KeyboardEvent): void {
    if (event.target !== this.#root) return;
    if (event.key === ' ') {
      event.preventDefault();
      this.#isSpaceHeld = true;
      if (this.isResting) this.#root.style.cursor = 'grab';
      return;
    }
    if (this.#host.keyPressed(event)) event.preventDefault();
  }
}

/** What the wheel makes of the view: it pans, and zooms at the pointer with Ctrl or a pinch. */
function wheeled(
  camera: Camera,
  event: WheelEvent,
  at: ScreenPoint,
  dx: number,
  dy: number,
): Camera {
  if (event.ctrlKey || event.metaKey) {
    // A pinch on a touchpad comes in small steps, a wheel in steps of a hundred.
    const step = Math.max(-60, Math.min(60, dy));
    return camera.zoomedAt(at, camera.zoom * Math.exp(-step * 0.006));
  }
  return event.shiftKey && dx === 0 ? camera.panned(dy, 0) : camera.panned(dx, dy);
}
